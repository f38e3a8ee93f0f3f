package io.hashslot.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysTest {
  private final KeyspaceFixture db = new KeyspaceFixture(4, 2, false);

  @AfterEach
  void nothingLeaks() {
    db.close();
  }

  private long addressOf(String name) {
    return db.begin(0).string(db.key(name)).address();
  }

  @Test
  void sixteenBytesUnderAKeyOfSixteenTakeABlockOf48() {
    db.put("key:000000000001", "0123456789abcdef");
    db.begin(0);
    assertThat(db.keys.bytesOf(db.key("key:000000000001"))).isEqualTo(48 + Entry.INDEX_SHARE_BYTES);
  }

  @Test
  void aNewValueOfTheSameSizeClassIsWrittenInPlace() {
    db.put("key:000000000001", "0123456789abcdef");
    long before = addressOf("key:000000000001");
    db.put("key:000000000001", "fedcba98765432100000");
    assertThat(addressOf("key:000000000001")).isEqualTo(before);
    db.put("key:000000000001", "fedcba987654321000001");
    assertThat(addressOf("key:000000000001")).isNotEqualTo(before);
    assertThat(db.get("key:000000000001")).isEqualTo("fedcba987654321000001");
  }

  @Test
  void encodingsFollowHowAStringWasMade() {
    db.put("n", "-12345");
    assertThat(db.encoding("n")).isEqualTo("int");
    db.put("n", "012345");
    assertThat(db.encoding("n")).isEqualTo("embstr");
    db.put("n", "9223372036854775807");
    assertThat(db.encoding("n")).isEqualTo("int");
    db.put("n", "9223372036854775808");
    assertThat(db.encoding("n")).isEqualTo("embstr");
    db.put("n", "x".repeat(44));
    assertThat(db.encoding("n")).isEqualTo("embstr");
    db.put("n", "x".repeat(45));
    assertThat(db.encoding("n")).isEqualTo("raw");
    db.put("n", "1");
    db.append("n", "2");
    assertThat(db.encoding("n")).isEqualTo("raw");
    assertThat(db.get("n")).isEqualTo("12");
    db.append("fresh", "12");
    assertThat(db.encoding("fresh")).isEqualTo("int");
    db.begin(0).putLong(db.key("n"), Long.MIN_VALUE, Keys.KEEP_EXPIRY);
    assertThat(db.encoding("n")).isEqualTo("int");
    assertThat(db.get("n")).isEqualTo("-9223372036854775808");
  }

  @Test
  void editingFillsWithZeroBytesAndKeepsTheExpiry() {
    db.put(0, "k", "abc", db.nowMs + 100);
    StringValue edited = db.begin(0).edit(db.key("k"), 6);
    Memory.putByte(edited.address() + 5, 'z');
    assertThat(db.get("k")).isEqualTo("abc\0\0z");
    assertThat(db.encoding("k")).isEqualTo("raw");
    assertThat(db.begin(0).expireAtMs(db.key("k"))).isEqualTo(db.nowMs + 100);
    assertThat(db.begin(0).edit(db.key("k"), 2).length()).isEqualTo(6);
  }

  @Test
  void aStringGrowsByAppendingWithoutACopyEachTime() {
    db.put("k", "x".repeat(Entry.NEAR_LIMIT));
    int moves = 0;
    long at = addressOf("k");
    for (int i = 0; i < 2000; i++) {
      db.append("k", "0123456789");
      moves += addressOf("k") == at ? 0 : 1;
      at = addressOf("k");
    }
    assertThat(moves).isLessThan(6);
    assertThat(db.get("k")).hasSize(Entry.NEAR_LIMIT + 20_000).endsWith("9");
  }

  @Test
  void anExpiryIsKeptReplacedOrDroppedAsAsked() {
    db.put(0, "k", "a", db.nowMs + 100);
    db.put(0, "k", "b", Keys.KEEP_EXPIRY);
    assertThat(db.begin(0).expireAtMs(db.key("k"))).isEqualTo(db.nowMs + 100);
    db.put(0, "k", "c", db.nowMs + 200);
    assertThat(db.begin(0).expireAtMs(db.key("k"))).isEqualTo(db.nowMs + 200);
    assertThat(db.keyspace.expiring(0)).isEqualTo(1);
    db.put("k", "d");
    assertThat(db.begin(0).expireAtMs(db.key("k"))).isEqualTo(Keys.NO_EXPIRY);
    assertThat(db.keyspace.expiring(0)).isZero();
    assertThat(db.begin(0).expireAtMs(db.key("other"))).isEqualTo(Keys.NO_KEY);
    assertThat(db.begin(0).persist(db.key("k"))).isFalse();
    assertThat(db.begin(0).expireAt(db.key("k"), db.nowMs + 1)).isTrue();
    assertThat(db.begin(0).persist(db.key("k"))).isTrue();
    assertThat(db.get("k")).isEqualTo("d");
  }

  @Test
  void aKeyIsThereAtItsExpiryAndGoneAMillisecondLater() {
    db.put(0, "k", "a", db.nowMs + 100);
    db.nowMs += 100;
    assertThat(db.get("k")).isEqualTo("a");
    db.nowMs++;
    db.events.clear();
    assertThat(db.get("k")).isNull();
    assertThat(db.events).containsExactly("expired 0 k", "missed 0 k");
    assertThat(db.keyspace.size(0)).isZero();
  }

  @Test
  void aReplicaHidesExpiredKeysFromReadersAndLeavesThemToThePrimary() {
    db.put(0, "k", "a", db.nowMs + 100);
    db.nowMs += 101;
    db.events.clear();
    db.mode = ExpiryMode.HIDE;
    assertThat(db.get("k")).isNull();
    assertThat(db.begin(0).exists(db.key("k"))).isFalse();
    assertThat(db.keyspace.size(0)).isEqualTo(1);
    assertThat(db.events).doesNotContain("expired 0 k");
    db.mode = ExpiryMode.IGNORE;
    assertThat(db.get("k")).isEqualTo("a");
    db.mode = ExpiryMode.HIDE;
    assertThat(db.append("k", "new")).isEqualTo(3);
    assertThat(db.begin(0).expireAtMs(db.key("k"))).isEqualTo(Keys.NO_EXPIRY);
  }

  @Test
  void lookupsAreCountedAndReported() {
    db.put("k", "v");
    db.get("k");
    db.get("nope");
    db.begin(0).exists(db.key("nope"));
    db.begin(0).has(db.key("nope"));
    db.begin(0).stringForWrite(db.key("nope"));
    long hits = 0;
    long misses = 0;
    for (int i = 0; i < 4; i++) {
      hits += db.keyspace.shards().shard(i).stats().hits();
      misses += db.keyspace.shards().shard(i).stats().misses();
    }
    assertThat(hits).isEqualTo(1);
    assertThat(misses).isEqualTo(2);
    assertThat(db.events).containsExactly("created 0 k", "missed 0 nope", "missed 0 nope");
  }

  @Test
  void renamingCarriesExpiryAndEncodingOverWhatWasThere() {
    db.put(0, "a", "17", db.nowMs + 100);
    db.put("b", "old");
    assertThat(db.begin(0).rename(db.key("a"), db.key("b"))).isTrue();
    assertThat(db.contents(0)).hasSize(1).containsEntry("b", "17");
    assertThat(db.begin(0).expireAtMs(db.key("b"))).isEqualTo(db.nowMs + 100);
    assertThat(db.encoding("b")).isEqualTo("int");
    assertThat(db.begin(0).rename(db.key("a"), db.key("b"))).isFalse();
    assertThat(db.begin(0).rename(db.key("b"), db.key("b"))).isTrue();
  }

  @Test
  void copyingAndMovingReachOtherDatabases() {
    db.put("a", "x".repeat(5000));
    assertThat(db.begin(0).copy(db.key("a"), db.key("a"), 1)).isTrue();
    assertThat(db.contents(1)).isEqualTo(db.contents(0));
    assertThat(db.begin(0).move(db.key("a"), db.key("c"), 1)).isTrue();
    assertThat(db.contents(0)).isEmpty();
    assertThat(db.contents(1)).containsOnlyKeys("a", "c");
  }

  @Test
  void databasesAreSwappedWithAllTheyHold() {
    db.put(0, "a", "1", db.nowMs + 50);
    db.put(1, "b", "2", Keys.NO_EXPIRY);
    db.keyspace.swap(0, 1);
    assertThat(db.contents(0)).containsOnlyKeys("b");
    assertThat(db.contents(1)).containsOnlyKeys("a");
    assertThat(db.keyspace.expiring(1)).isEqualTo(1);
  }

  @Test
  void changesAreCounted() {
    db.begin(0);
    Key key = db.key("k");
    db.keys.putLong(key, 1, Keys.NO_EXPIRY);
    db.keys.string(key);
    assertThat(db.keys.changes()).isEqualTo(1);
    db.keys.expireAt(key, db.nowMs + 10);
    db.keys.remove(key);
    db.keys.remove(key);
    assertThat(db.keys.changes()).isEqualTo(3);
  }

  @Test
  void idleTimeAndFrequencyAreThoseOfRedis() {
    AccessClock clock = db.keyspace.accessClock();
    db.put("k", "v");
    db.nowMs += 5_000;
    db.begin(0);
    assertThat(clock.idleSeconds(db.keys.accessClock(db.key("k")), db.nowMs)).isEqualTo(5);
    db.keys.touching(false);
    db.keys.string(db.key("k"));
    assertThat(clock.idleSeconds(db.keys.accessClock(db.key("k")), db.nowMs)).isEqualTo(5);
    db.get("k");
    assertThat(clock.idleSeconds(db.keys.accessClock(db.key("k")), db.nowMs)).isZero();
    db.begin(0).setAccess(db.key("k"), 77, -1);
    assertThat(clock.idleSeconds(db.keys.accessClock(db.key("k")), db.nowMs)).isEqualTo(77);

    clock.lfu(true);
    db.put("f", "v");
    db.begin(0);
    assertThat(clock.frequency(db.keys.accessClock(db.key("f")), db.nowMs)).isEqualTo(5);
    db.get("f");
    assertThat(clock.frequency(db.begin(0).accessClock(db.key("f")), db.nowMs)).isEqualTo(6);
    for (int i = 0; i < 1000; i++) {
      db.get("f");
    }
    int often = clock.frequency(db.begin(0).accessClock(db.key("f")), db.nowMs);
    assertThat(often).isBetween(10, 40);
    db.put("f", "w");
    assertThat(clock.frequency(db.begin(0).accessClock(db.key("f")), db.nowMs))
        .isGreaterThanOrEqualTo(often);
    db.nowMs += 3 * 60_000;
    assertThat(clock.frequency(db.begin(0).accessClock(db.key("f")), db.nowMs))
        .isBetween(often - 3, often - 2);
  }
}
