package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {

  @Test
  void shouldReadCpuTimeBehindANameWithSpacesAndParentheses() {
    String stat = "77 (a b) c) S 1 77 77 0 -1 4194560 1 2 3 4 250 75 30 5 20 0 1 0 100 200 300";

    assertThat(CpuTime.parseUs(stat, 2)).isEqualTo(3_250_000);
    assertThat(CpuTime.parseUs(stat, 4)).isEqualTo(3_600_000);
  }

  @Test
  void shouldReadTheTimeWaitedForAProcessor() {
    assertThat(RunQueueTime.parseNs("123456 789 12\n")).isEqualTo(789);
  }

  @Test
  void shouldKnowNothingOfProcessesThatAreGone() {
    assertThat(CpuTime.ofProcessUs(Integer.MAX_VALUE)).isZero();
    assertThat(CpuTime.ofTreeWithEndedUs(Integer.MAX_VALUE)).isZero();
    assertThat(RunQueueTime.ofProcessNs(Integer.MAX_VALUE)).isZero();
  }
}
