package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElectionDelayTest {
  private static long delay(int rank, int failedBefore, boolean agreed, long nodeTimeoutMs) {
    return ElectionDelay.ms(new Standing(rank, failedBefore, agreed), nodeTimeoutMs, 0.5);
  }

  @Test
  void whoIsCertainToBeTheBestDoesNotWait() {
    assertThat(delay(0, 0, true, 15_000)).isZero();
    assertThat(delay(0, 0, true, 100)).isZero();
  }

  @Test
  void whoDoesNotKnowItsSiblingsWaitsAsTheServersOfOthersDo() {
    assertThat(delay(0, 0, false, 15_000)).isEqualTo(750);
    assertThat(delay(0, 0, false, 2_000)).isEqualTo(750);
    assertThat(delay(1, 0, false, 2_000)).isEqualTo(1_750);
    assertThat(delay(0, 2, false, 2_000)).isEqualTo(1_750);
  }

  @Test
  void certainRanksAreKeptApartByAThirtiethOfTheNodeTimeout() {
    assertThat(delay(1, 0, true, 3_000)).isEqualTo(350);
    assertThat(delay(2, 0, true, 3_000)).isEqualTo(550);
    assertThat(delay(0, 1, true, 3_000)).isEqualTo(250);
    assertThat(delay(1, 0, true, 60_000)).as("never more than 500 ms").isEqualTo(1_750);
    assertThat(delay(1, 0, true, 100)).as("never less than 20 ms").isEqualTo(70);
  }

  @Test
  void whatIsDoneAgainIsDoneSoonerThanTheNextRankBegins() {
    assertThat(ElectionDelay.againMs(15_000)).isEqualTo(50);
    assertThat(ElectionDelay.againMs(60_000)).isEqualTo(50);
    assertThat(ElectionDelay.againMs(2_000)).as("never less than 20 ms").isEqualTo(20);
  }

  @Test
  void chanceNeverMakesOneRankOvertakeTheNext() {
    for (int rank = 0; rank < 5; rank++) {
      for (boolean agreed : new boolean[] {true, false}) {
        long latest = ElectionDelay.ms(new Standing(rank, 0, agreed), 15_000, 0.999);
        long earliest = ElectionDelay.ms(new Standing(rank + 1, 0, agreed), 15_000, 0);
        assertThat(latest).isLessThan(earliest);
      }
    }
  }
}
