package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.ManualClock;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.Arena;
import org.junit.jupiter.api.Test;

class ShardWatchTest {
  private final ManualClock clock = new ManualClock();
  private final Shards shards =
      new Keyspace(new KeyspaceSettings(4, 1, true, 1, Arena::new)).shards();
  private final ShardWatch watch = new ShardWatch(shards, clock);

  private long after(long ms) {
    clock.advanceMs(ms);
    return watch.stalledForMs();
  }

  @Test
  void aLongStayOfTheSlowLaneIsMeasuredFromWhenItWasFirstSeen() {
    assertThat(watch.stalledForMs()).isZero();
    shards.enterSlow(0b0100);
    assertThat(after(100)).isZero();
    assertThat(after(100)).isEqualTo(100);
    assertThat(after(1_000)).isEqualTo(1_100);
    shards.leave(0b0100);
    assertThat(after(100)).isZero();
  }

  @Test
  void manyShortStaysAreNoStall() {
    for (int i = 0; i < 50; i++) {
      shards.enterSlow(shards.all());
      assertThat(after(100)).isZero();
      shards.leave(shards.all());
    }
  }

  @Test
  void theLongestStayCounts() {
    shards.enterSlow(0b0001);
    assertThat(after(100)).isZero();
    shards.enterSlow(0b1000);
    assertThat(after(100)).isEqualTo(100);
    shards.leave(0b0001);
    assertThat(after(100)).isEqualTo(100);
  }

  @Test
  void executionsOfEventLoopsAreLeftToTheWatchOverThose() {
    assertThat(shards.tryEnter(shards.all())).isEqualTo(Shards.ENTERED);
    assertThat(after(1_000)).isZero();
    assertThat(after(1_000)).isZero();
  }
}
