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

  @Test
  void shouldKnowWhatHasToBeThereFirst() {
    assertThat(LoadPlan.preloadFor("get")).isEqualTo("preload:set");
    assertThat(LoadPlan.preloadFor("hget")).isEqualTo("preload:hset");
    assertThat(LoadPlan.preloadFor("hget-one")).isEqualTo("preload:hset-one");
    assertThat(Workload.parse("preload:hset").first()).isEqualTo(RequestKind.HSET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"preload:x", "hget_one", "", "gets", "mixed", "mixed:", "mixed:101", "mixed:-1"})
  void shouldRefuseWhatIsNoWorkload(String name) {
    assertThatThrownBy(() -> Workload.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one of");
  }
}
