package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** See {@link SeedLoop} for replaying one history or running more of them. */
class ClusterHistoryTest {
  private static final int HISTORIES = 150;

  @Test
  void clustersStaySafeUnderFaultsAndBecomeWholeAfterwards() {
    SeedLoop.forEachHistory(HISTORIES, Replay::expectSound);
  }

  @Test
  void sameSeedTellsTheSameStoryByteForByte() {
    for (long seed = 1; seed <= 5; seed++) {
      History.Outcome first = History.drawn(seed, null);
      History.Outcome again = History.drawn(seed, null);
      assertThat(again.digest()).isEqualTo(first.digest());
    }
  }

  @Test
  void scriptOfADrawnHistoryTellsTheSameStory() {
    for (long seed = 1; seed <= 5; seed++) {
      History.Outcome drawn = History.drawn(seed, null);
      Script written = Script.parse(drawn.script().toString());
      assertThat(written).isEqualTo(drawn.script());
      History.Outcome followed = History.scripted(written, null);
      assertThat(lines(followed.story())).as("seed %d", seed).isEqualTo(lines(drawn.story()));
    }
  }

  /** All but the one that says what the history is made of. */
  private static List<String> lines(String story) {
    return story.lines().filter(line -> !line.contains("trouble begins")).toList();
  }
}
