package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A command of the primary that fails here is counted, and ends the server if it is told so. */
class StreamErrorsTest {
  private final AtomicInteger ended = new AtomicInteger();
  private final StreamErrors errors = new StreamErrors();

  StreamErrorsTest() {
    errors.end(ended::incrementAndGet);
  }

  @Test
  void failuresAreCountedAndTheServerGoesOn() {
    errors.failed("lpush", "WRONGTYPE ...");
    errors.failed("nonsense", "ERR unknown command");
    assertThat(errors.count()).isEqualTo(2);
    assertThat(ended).hasValue(0);
  }

  @Test
  void aFailureEndsTheServerIfThatIsWanted() {
    errors.fatal(true);
    errors.failed("lpush", "WRONGTYPE ...");
    assertThat(ended).hasValue(1);
  }

  @Test
  void aWriteThatCannotBePersistedEndsTheServerUnlessThatIsIgnored() {
    errors.notPersisted("set", 0);
    assertThat(ended).hasValue(1);
    errors.diskErrorsFatal(false);
    errors.notPersisted("set", 0);
    assertThat(ended).hasValue(1);
    assertThat(errors.count()).isZero();
  }

  @Test
  void whatFailedWhenFilesWereLoadedCountsToo() {
    errors.replayed(3);
    errors.failed("lpush", "WRONGTYPE ...");
    assertThat(errors.count()).isEqualTo(4);
  }
}
