package io.hashslot.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void looksIntoCollectionsOfAllForms(int shards) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (var fixture = new KeyspaceFixture(shards, 1, false)) {
      for (int i = 0; i < 90; i++) {
        fixture.begin(0);
        Key key = fixture.key("key" + i);
        int members = random.nextInt(random.nextBoolean() ? 20 : 2000);
        for (int m = 0; m <= members; m++) {
          Key member = fixture.key(member(random.nextInt(3000)));
          Values values = fixture.keys.values();
          switch (i % 4) {
            case 0 -> values.setOrNew(key).add(member.address(), member.length());
            case 1 ->
                values
                    .hashOrNew(key)
                    .put(member.address(), member.length(), member.address(), member.length());
            case 2 -> values.sortedSetOrNew(key).put(m, member.address(), member.length());
            default -> {
              ListValue list = values.listOrNew(key);
              list.expect(member.length(), 1);
              list.push(ListSide.RIGHT, member.address(), member.length());
            }
          }
        }
      }
      LookAhead ahead = fixture.keyspace.newLookAhead();
      for (int round = 0; round < 500; round++) {
        fixture.begin(0);
        for (int i = random.nextInt(LookAhead.KEYS + 3); i >= 0; i--) {
          Key key = fixture.key("key" + random.nextInt(100));
          ahead.add(key.address(), key.length());
          for (int guess = random.nextInt(4); guess > 0; guess--) {
            Key member = fixture.key(member(random.nextInt(6000)));
            ahead.guessMember(member.address(), random.nextInt(9) == 0 ? -1 : member.length());
          }
        }
        ahead.fetch(0);
        ahead.fetch(fixture.keys);
      }
      Shards all = fixture.keyspace.shards();
      assertThat(all.tryEnter(all.all())).as("seed %d", seed).isEqualTo(Shards.ENTERED);
      all.leave(all.all());
    }
  }

  /** A number, a short text or a long one. */
  private static String member(int number) {
    return switch (number % 3) {
      case 0 -> "" + number;
      case 1 -> "m" + number % 1000;
      default -> "member of no few bytes " + number;
    };
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
  void isWorthwhileOnlyWithMuchData() {
    try (var fixture = new KeyspaceFixture(8, 2, false)) {
      LookAhead ahead = fixture.keyspace.newLookAhead();
      assertThat(ahead.worthwhile()).isFalse();
      for (int i = 0; i < 50_000; i++) {
        fixture.put("key" + i, "");
      }
      assertThat(saysAfterAWhile(ahead)).isTrue();
      fixture.keyspace.flush(0, true);
      assertThat(saysAfterAWhile(ahead)).isFalse();
    }
  }

  private static boolean saysAfterAWhile(LookAhead ahead) {
    boolean said = false;
    for (int i = 0; i < 1000; i++) {
      said = ahead.worthwhile();
    }
    return said;
  }
}
