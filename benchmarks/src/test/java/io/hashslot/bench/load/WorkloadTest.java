package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

  @Test
  void shouldMixAsAsked() {
    Workload mixed = Workload.parse("mixed:80");

    assertThat(IntStream.range(0, 100).filter(draw -> mixed.pick(draw) == RequestKind.GET).count())
        .isEqualTo(80);
  }

  @Test
  void shouldTakeEveryKeyOnceWhenPreloading() {
    assertThat(Workload.parse("preload").sequential()).isTrue();
    assertThat(Workload.parse("SET").sequential()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gets", "mixed", "mixed:", "mixed:101", "mixed:-1"})
  void shouldRefuseWhatIsNoWorkload(String name) {
    assertThatThrownBy(() -> Workload.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one of");
  }
}
