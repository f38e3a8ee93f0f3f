package io.hashslot.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAheadTest {
  @ParameterizedTest
  @CsvSource({"1, false", "64, false", "1, true", "64, true"})
  void changesNothingAndLeavesAllShards(int shards, boolean cluster) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (var fixture = new KeyspaceFixture(shards, 2, cluster)) {
      for (int i = 0; i < 3000; i++) {
        String value = "v".repeat(random.nextInt(random.nextBoolean() ? 20 : 4000));
        long expireAtMs = random.nextBoolean() ? Keys.NO_EXPIRY : fixture.nowMs + i - 1000;
        fixture.put(i & 1, "key" + i, value, expireAtMs);
      }
      // Expired keys are not deleted either: nobody sees a look.
      fixture.mode = ExpiryMode.IGNORE;
      Map<String, String> first = fixture.contents(0);
      Map<String, String> second = fixture.contents(1);
      fixture.mode = ExpiryMode.DELETE;
      fixture.events.clear();
      LookAhead ahead = fixture.keyspace.newLookAhead();
      for (int round = 0; round < 500; round++) {
        fixture.begin(0);
        int keys = random.nextInt(LookAhead.KEYS + 3);
        for (int i = 0; i < keys; i++) {
          Key key = fixture.key("key" + random.nextInt(4000));
          ahead.add(key.address(), key.length());
        }
        ahead.fetch(round & 1);
      }
      assertThat(fixture.events).isEmpty();
      Shards all = fixture.keyspace.shards();
      assertThat(all.tryEnter(all.all())).isEqualTo(Shards.ENTERED);
      all.leave(all.all());
      fixture.mode = ExpiryMode.IGNORE;
      assertThat(fixture.contents(0)).as("seed %d", seed).isEqualTo(first);
      assertThat(fixture.contents(1)).as("seed %d", seed).isEqualTo(second);
    }
  }

  @Test
  void leavesOutShardsThatAreBusy() {
    try (var fixture = new KeyspaceFixture(8, 1, false)) {
      Shards shards = fixture.keyspace.shards();
      fixture.put("key", "value");
      LookAhead ahead = fixture.keyspace.newLookAhead();
      Key key = fixture.key("key");
      assertThat(shards.tryEnter(key.shardMask())).isEqualTo(Shards.ENTERED);
      ahead.add(key.address(), key.length());
      ahead.fetch(0);
      assertThat(shards.tryEnter(key.shardMask())).as("still held").isEqualTo(key.shard());
      shards.leave(key.shardMask());
    }
  }

  @Test
  void tellsThoseWhoParkedMeanwhile() {
    try (var fixture = new KeyspaceFixture(8, 1, false)) {
      Shards shards = fixture.keyspace.shards();
      assertThat(shards.enterFree(0b0110)).isEqualTo(0b0110);
      assertThat(shards.enterFree(0b1111)).isEqualTo(0b1001);
      boolean[] told = new boolean[1];
      assertThat(shards.park(1, () -> told[0] = true)).isTrue();
      shards.leave(0b1111);
      assertThat(told).containsExactly(true);
    }
  }

  @Test
  void isWorthwhileOnlyWithManyKeys() {
    try (var fixture = new KeyspaceFixture(8, 2, false)) {
      LookAhead ahead = fixture.keyspace.newLookAhead();
      assertThat(ahead.worthwhile(0)).isFalse();
      for (int i = 0; i < 20_000; i++) {
        fixture.put("key" + i, "");
      }
      assertThat(ahead.worthwhile(1)).isFalse();
      assertThat(ahead.worthwhile(0)).isTrue();
      assertThat(ahead.worthwhile(1)).isFalse();
      fixture.keyspace.flush(0, true);
      boolean said = ahead.worthwhile(0);
      for (int i = 0; i < 1000; i++) {
        said = ahead.worthwhile(0);
      }
      assertThat(said).isFalse();
    }
  }
}
