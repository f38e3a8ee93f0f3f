package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WriteDelayTest {
  private static final long MS = 1_000_000;
  private static final long LONG_AGO = -7_000_000_000_000L; // such clocks begin anywhere

  private final WriteDelay delay = new WriteDelay();

  @Test
  void theFirstWriteIsAtOnceAndTheNextAMillisecondLater() {
    assertThat(delay.ns(FsyncPolicy.EVERYSEC, false, true, LONG_AGO)).isZero();
    delay.wrote(LONG_AGO);

    assertThat(delay.ns(FsyncPolicy.EVERYSEC, false, true, LONG_AGO + MS / 4))
        .isEqualTo(MS * 3 / 4);
    assertThat(delay.ns(FsyncPolicy.NO, false, true, LONG_AGO + MS)).isLessThanOrEqualTo(0);
  }

  @Test
  void alwaysWaitsForNothing() {
    delay.wrote(0);

    assertThat(delay.ns(FsyncPolicy.ALWAYS, true, true, 1)).isZero();
  }

  @Test
  void aSyncUnderWayPostponesWritesForTwoSecondsThenTheyAreCounted() {
    long from = 10_000 * MS;
    assertThat(delay.ns(FsyncPolicy.EVERYSEC, true, true, from)).isEqualTo(2000 * MS);
    assertThat(delay.ns(FsyncPolicy.EVERYSEC, true, true, from + 500 * MS)).isEqualTo(1500 * MS);
    assertThat(delay.delayedSyncs()).isZero();

    assertThat(delay.ns(FsyncPolicy.EVERYSEC, true, true, from + 2000 * MS)).isLessThanOrEqualTo(0);
    assertThat(delay.delayedSyncs()).isEqualTo(1);

    assertThat(delay.ns(FsyncPolicy.EVERYSEC, true, true, from + 2001 * MS)).isEqualTo(2000 * MS);
  }

  @Test
  void theTimeIsCountedAnewWhenASyncHasEnded() {
    long from = 10_000 * MS;
    delay.ns(FsyncPolicy.EVERYSEC, true, true, from);
    delay.ns(FsyncPolicy.EVERYSEC, false, true, from + 1000 * MS);

    assertThat(delay.ns(FsyncPolicy.EVERYSEC, true, true, from + 1500 * MS)).isEqualTo(2000 * MS);
    assertThat(delay.ns(FsyncPolicy.NO, true, true, from + 1500 * MS)).isZero();
  }
}
