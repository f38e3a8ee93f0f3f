package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.sim.Seeds;
import org.junit.jupiter.api.Test;

/** See {@link Seeds} for replaying one history or running more of them. */
class ClusterHistoryTest {
  private static final int HISTORIES = 200;

  @Test
  void clustersStaySafeUnderFaultsAndBecomeWholeAfterwards() {
    Seeds.forEach(HISTORIES, seed -> History.run(seed, null));
  }

  @Test
  void sameSeedTellsTheSameStoryByteForByte() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(History.run(seed, null)).isEqualTo(History.run(seed, null));
    }
  }
}
