package io.hashslot.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AwaitedTest {
  private static final int ROUNDS = 500;

  private final List<String> late = new CopyOnWriteArrayList<>();
  private final Awaited<String> awaited = new Awaited<>();

  /** Each look at it finds it a while later. */
  private static final class Running implements Clock {
    private final long stepNs;
    private long nowNs;

    Running(long stepNs) {
      this.stepNs = stepNs;
    }

    @Override
    public long wallMs() {
      return 0;
    }

    @Override
    public long wallUs() {
      return 0;
    }

    @Override
    public long monotonicNs() {
      return nowNs += stepNs;
    }
  }

  @Test
  void anAnswerThatIsThereIsReturned() {
    awaited.answer("yes");
    assertThat(awaited.lookOut(new Running(1_000_000_000), late::add)).isEqualTo("yes");
    assertThat(late).isEmpty();
  }

  @Test
  void oneThatIsNotThereInTimeGoesToTheReceiver() {
    assertThat(awaited.lookOut(new Running(1_000_000_000), late::add)).isNull();
    assertThat(late).isEmpty();
    awaited.answer("yes");
    assertThat(late).containsExactly("yes");
  }

  @Test
  void oneThatComesAtAnyMomentIsToldOnce() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      Awaited<String> question = new Awaited<>();
      late.clear();
      Thread other = Thread.ofPlatform().start(() -> question.answer("yes"));
      String soon = question.lookOut(new Running(1 + round * 10L), late::add);
      other.join();
      assertThat(late).hasSize(soon == null ? 1 : 0);
    }
  }
}
