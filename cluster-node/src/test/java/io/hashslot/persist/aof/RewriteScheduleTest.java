package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RewriteScheduleTest {
  private static final long MINUTE_MS = 60_000;

  private final RewriteSchedule schedule = new RewriteSchedule();

  @Test
  void growthCountsFromTheLastRewrite() {
    assertThat(RewriteSchedule.growth(200, 100, 100, 10)).isEqualTo(100);
    assertThat(RewriteSchedule.growth(199, 100, 100, 10)).isNegative();
    assertThat(RewriteSchedule.growth(1000, 0, 100, 10)).as("nothing before").isPositive();
  }

  @Test
  void smallFilesAndNoPercentageAreNeverRewritten() {
    assertThat(RewriteSchedule.growth(200, 100, 100, 200)).isNegative();
    assertThat(RewriteSchedule.growth(Long.MAX_VALUE / 2, 1, 0, 0)).isNegative();
  }

  @Test
  void afterThreeFailuresRewritesWaitLongerAndLongerUpToAnHour() {
    long nowMs = 0;
    schedule.failed(nowMs);
    schedule.failed(nowMs);
    assertThat(schedule.limited(nowMs)).isFalse();
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      schedule.failed(nowMs);
      assertThat(schedule.limited(nowMs + minutes * MINUTE_MS - 1)).isTrue();
      nowMs += minutes * MINUTE_MS;
      assertThat(schedule.limited(nowMs)).isFalse();
    }
  }

  @Test
  void aWishOrASuccessForgives() {
    for (int i = 0; i < 5; i++) {
      schedule.failed(0);
    }
    schedule.forgive();
    assertThat(schedule.limited(0)).isFalse();
    assertThat(schedule.failures()).isZero();
  }
}
