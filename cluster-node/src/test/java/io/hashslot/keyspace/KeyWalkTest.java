package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyWalkTest {

  private Keyspace keyspace;
  private Keys keys;
  private long nowMs = 1000;
  private final List<String> expired = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = ',',
      value = {"1,false", "64,false", "1,true", "4,true"})
  void scanShowsEveryKeyThatStaysWhileOthersComeAndGo(int shards, boolean cluster) {
    open(shards, cluster);
    for (int i = 0; i < 1000; i++) {
      put("stay:" + i, Keys.NO_EXPIRY);
    }
    Set<String> seen = new HashSet<>();
    long cursor = 0;
    int churn = 0;
    do {
      begin();
      cursor = keys.scan(cursor, 10, (_, entry) -> seen.add(name(entry)));
      for (int i = 0; i < 30; i++, churn++) {
        if (churn < 3000) {
          put("come:" + churn, Keys.NO_EXPIRY);
        } else {
          begin();
          keys.remove(key("come:" + (churn - 3000)));
        }
      }
    } while (cursor != 0);
    for (int i = 0; i < 1000; i++) {
      assertThat(seen).contains("stay:" + i);
    }
  }

  @Test
  void scanTakesAnyCursor() {
    open(4, true);
    put("a", Keys.NO_EXPIRY);
    for (long cursor : new long[] {-1, 1, 77777, Long.MAX_VALUE, Long.MIN_VALUE}) {
      begin();
      long next = cursor;
      do {
        next = keys.scan(next, 1000, (_, _) -> {});
      } while (next != 0);
    }
  }

  @Test
  void scanDeletesExpiredKeysOnAPrimaryAndHidesThemOnAReplica() {
    open(4, false);
    put("old", 500);
    put("new", 5000);
    List<String> seen = new ArrayList<>();
    keys.begin(0, ExpiryMode.HIDE);
    keys.at(nowMs);
    keys.scan(0, 100, (_, entry) -> seen.add(name(entry)));
    assertThat(seen).containsExactly("new");
    assertThat(keyspace.size(0)).isEqualTo(2);
    begin();
    keys.scan(0, 100, (_, entry) -> seen.add(name(entry)));
    assertThat(keyspace.size(0)).isEqualTo(1);
    assertThat(expired).containsExactly("old");
  }

  @ParameterizedTest
  @CsvSource({"1,false", "64,false", "4,true"})
  void randomKeysAreFair(int shards, boolean cluster) {
    open(shards, cluster);
    for (int i = 0; i < 50; i++) {
      put("{same}" + i, Keys.NO_EXPIRY);
      put("other" + i, Keys.NO_EXPIRY);
    }
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      begin();
      assertThat(keys.random((_, entry) -> drawn.merge(name(entry), 1, Integer::sum))).isTrue();
    }
    assertThat(drawn).hasSize(100);
    assertThat(drawn.values()).allSatisfy(times -> assertThat(times).isBetween(350, 650));
  }

  @Test
  void randomFindsNothingWhenAllKeysHaveExpired() {
    open(4, false);
    put("a", 10);
    put("b", 10);
    begin();
    assertThat(keys.random((_, _) -> {})).isFalse();
    assertThat(expired).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void slotsAreCountedAndListed() {
    open(4, true);
    for (int i = 0; i < 40; i++) {
      put("{a}" + i, Keys.NO_EXPIRY);
    }
    put("b", Keys.NO_EXPIRY);
    int slot = Slots.of("a".getBytes(ISO_8859_1));
    begin();
    assertThat(keys.countInSlot(slot)).isEqualTo(40);
    Set<String> seen = new HashSet<>();
    keys.inSlot(slot, 17, (_, entry) -> seen.add(name(entry)));
    assertThat(seen).hasSize(17).allMatch(name -> name.startsWith("{a}"));
    keys.inSlot(slot, 100, (_, entry) -> seen.add(name(entry)));
    assertThat(seen).hasSize(40);
    assertThat(keys.countInSlot(slot + 1)).isZero();
  }

  @AfterEach
  void nothingLeaks() {
    keyspace.close();
  }

  private void open(int shards, boolean cluster) {
    keyspace = new Keyspace(new KeyspaceSettings(shards, 1, cluster, 11, CheckingArena::new));
    keys =
        keyspace.newKeys(
            new KeyspaceEvents() {
              @Override
              public void expired(int database, Key key) {
                expired.add(new String(key.bytes(), ISO_8859_1));
              }

              @Override
              public void created(int database, Key key) {}

              @Override
              public void missed(int database, Key key) {}
            });
  }

  private void begin() {
    keys.begin(0, ExpiryMode.DELETE);
    keys.held(keyspace.shards().all());
    keys.at(nowMs);
  }

  private void put(String name, long expireAtMs) {
    keys.begin(0, ExpiryMode.IGNORE);
    Key key = key(name);
    keys.put(key, key.address(), key.length(), expireAtMs);
  }

  private Key key(String name) {
    return keys.key(name.getBytes(ISO_8859_1), -1);
  }

  private static String name(Entry entry) {
    return new String(Memory.bytes(entry.keyAddress(), entry.keyLength()), ISO_8859_1);
  }
}
