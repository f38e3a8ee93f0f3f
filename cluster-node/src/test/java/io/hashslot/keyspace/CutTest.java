package io.hashslot.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import io.hashslot.value.FrozenValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens while it is taken, a cut is what was there at its moment, each entry once. */
class CutTest {
  private final Map<String, String> picture = new HashMap<>();

  private @Nullable FrozenValue take(int shard, int database, Entry entry) {
    String line = KeyspaceFixture.value(entry) + "@" + entry.expireAtMs();
    assertThat(picture.put(database + ":" + KeyspaceFixture.name(entry), line))
        .as("shown twice")
        .isNull();
    return null;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aCutIsAPointInTime(long seed) {
    Random random = new Random(seed);
    try (KeyspaceFixture db = new KeyspaceFixture(2, 3, seed % 2 == 0)) {
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 500; i++) {
          change(db, random, false);
        }
        Map<String, String> expected = expected(db);
        picture.clear();
        db.keyspace.openCut(this::take);
        List<Sweep> sweeps = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          sweeps.add(new Sweep(db.keyspace.shards().shard(i), this::take));
        }
        while (!sweeps.isEmpty()) {
          for (int i = random.nextInt(30); i > 0; i--) {
            change(db, random, true);
          }
          sweeps.removeIf(sweep -> !sweep.next(20, () -> false));
        }
        for (int i = 0; i < 2; i++) {
          db.keyspace.closeCut(db.keyspace.shards().shard(i));
        }
        assertThat(picture).as("seed %d, round %d", seed, round).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 254, 255, 256, 257, 511, 1000})
  void cutsThatWereGivenUpDoNotHideEntriesFromALaterOne(int givenUp) {
    try (KeyspaceFixture db = new KeyspaceFixture(1, 1, false)) {
      Shard shard = db.keyspace.shards().shard(0);
      db.put("changed", "v");
      db.put("shown", "v");
      for (int i = 0; i < givenUp; i++) {
        db.keyspace.openCut(this::take);
        db.keyspace.closeCut(shard);
      }
      db.keyspace.openCut(this::take);
      db.put("changed", "w");
      assertThat(picture).containsOnlyKeys("0:changed");
      assertThat(new Sweep(shard, this::take).next(10, () -> false)).isFalse();
      assertThat(picture).containsOnlyKeys("0:changed", "0:shown");
    }
  }

  @Test
  void flushedEntriesAreFreedInSlicesAndCounted() {
    try (KeyspaceFixture db = new KeyspaceFixture(4, 1, true)) {
      for (int i = 0; i < 5000; i++) {
        db.put("k" + i, "v");
      }
      db.keyspace.flush(0, false);
      assertThat(db.keyspace.size(0)).isZero();
      assertThat(db.keyspace.pendingFrees()).isEqualTo(5000);
      db.put("k1", "new");
      DebrisCollector collector = new DebrisCollector(db.keyspace, Clock.system());
      while (collector.run(1)) {}
      assertThat(db.keyspace.flushedFrees()).isEqualTo(5000);
      assertThat(db.contents(0)).hasSize(1).containsEntry("k1", "new");
    }
  }

  private static Map<String, String> expected(KeyspaceFixture db) {
    Map<String, String> expected = new HashMap<>();
    for (int database = 0; database < 3; database++) {
      db.begin(database);
      long cursor = 0;
      do {
        cursor =
            db.keys.scan(
                cursor,
                1000,
                (index, entry) ->
                    expected.put(
                        index + ":" + KeyspaceFixture.name(entry),
                        KeyspaceFixture.value(entry) + "@" + entry.expireAtMs()));
      } while (cursor != 0);
    }
    return expected;
  }

  private static void change(KeyspaceFixture db, Random random, boolean wild) {
    int database = random.nextInt(3);
    String name = "k" + random.nextInt(400);
    switch (random.nextInt(wild ? 60 : 50)) {
      case 59 -> db.keyspace.flush(database, random.nextBoolean());
      case 58, 57 -> db.keyspace.swap(database, random.nextInt(3));
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> db.remove(database, name);
      case 10, 11, 12, 13 ->
          db.begin(database).expireAt(db.key(name), db.nowMs + random.nextInt(1000));
      case 14, 15, 16, 17 ->
          db.begin(database).rename(db.key(name), db.key("k" + random.nextInt(400)));
      case 18, 19 -> db.begin(database).edit(db.key(name), random.nextInt(4000));
      default -> db.put(database, name, "v".repeat(random.nextInt(100)), Keys.NO_EXPIRY);
    }
  }
}
