package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveExpiryTest {
  /** Each reading of the monotonic clock costs a microsecond, so budgets run out. */
  private static final class TickingClock implements Clock {
    long wallMs = 100_000;
    long ns;

    @Override
    public long wallMs() {
      return wallMs;
    }

    @Override
    public long wallUs() {
      return wallMs * 1000;
    }

    @Override
    public long monotonicNs() {
      ns += 1000;
      return ns;
    }
  }

  private final TickingClock clock = new TickingClock();
  private final List<String> expired = new ArrayList<>();
  private Keyspace keyspace;
  private ActiveExpiry expiry;

  @AfterEach
  void nothingLeaks() {
    keyspace.close();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "64,false", "1,true", "16,true"})
  void expiredKeysGoWithoutBeingAskedForAndOthersStay(int shards, boolean cluster) {
    open(shards, cluster);
    for (int i = 0; i < 3000; i++) {
      put(i % 2, "short" + i, clock.wallMs + 10);
      put(i % 2, "long" + i, clock.wallMs + 60_000);
      put(i % 2, "ever" + i, Keys.NO_EXPIRY);
    }
    expiry.slowCycle(10);
    assertThat(expired).isEmpty();
    clock.wallMs += 11;
    for (int i = 0; i < 300 && expired.size() < 3000; i++) {
      expiry.slowCycle(10);
    }
    assertThat(expired).hasSize(3000).allMatch(key -> key.startsWith("short"));
    assertThat(keyspace.size(0) + keyspace.size(1)).isEqualTo(6000);
    assertThat(keyspace.expiring(0) + keyspace.expiring(1)).isEqualTo(3000);
    assertThat(expiry.averageTtlMs(0)).isBetween(30_000L, 60_000L);
  }

  @Test
  void effortFollowsWhatThereIsToFind() {
    open(4, false);
    for (int i = 0; i < 10_000; i++) {
      put(0, "k" + i, clock.wallMs + 10);
    }
    clock.wallMs += 11;
    expiry.slowCycle(10);
    assertThat(expired).hasSizeGreaterThan(5000);
  }

  @Test
  void aCycleThatRunsOutOfTimeIsCountedAndTheFastOneHelps() {
    open(1, false);
    for (int i = 0; i < 20_000; i++) {
      put(0, "k" + i, clock.wallMs + 10);
    }
    clock.wallMs += 11;
    expiry.fastCycle();
    assertThat(expired).isEmpty();
    expiry.slowCycle(500);
    assertThat(expiry.capReached()).isEqualTo(1);
    int afterSlow = expired.size();
    expiry.fastCycle();
    assertThat(expired).hasSizeGreaterThan(afterSlow);
    int afterFast = expired.size();
    expiry.fastCycle();
    assertThat(expired).hasSize(afterFast);
  }

  @Test
  void busyShardsAreSkipped() {
    open(2, false);
    for (int i = 0; i < 100; i++) {
      put(0, "k" + i, clock.wallMs + 10);
    }
    clock.wallMs += 11;
    assertThat(keyspace.shards().tryEnter(1)).isEqualTo(Shards.ENTERED);
    expiry.slowCycle(10);
    keyspace.shards().leave(1);
    assertThat(keyspace.size(0)).isPositive().isLessThan(100);
    expiry.slowCycle(10);
    assertThat(keyspace.size(0)).isZero();
  }

  @Test
  void nothingIsEnteredWhereNothingExpires() {
    open(2, false);
    put(0, "a", Keys.NO_EXPIRY);
    keyspace.shards().tryEnter(3);
    expiry.slowCycle(10);
    keyspace.shards().leave(3);
    assertThat(expiry.averageTtlMs(0)).isZero();
  }

  private void open(int shards, boolean cluster) {
    keyspace = new Keyspace(new KeyspaceSettings(shards, 2, cluster, 11, CheckingArena::new));
    KeyspaceEvents events =
        new KeyspaceEvents() {
          @Override
          public void expired(int database, Key key) {
            expired.add(new String(key.bytes(), ISO_8859_1));
          }

          @Override
          public void created(int database, Key key) {}

          @Override
          public void missed(int database, Key key) {}
        };
    expiry = new ActiveExpiry(keyspace, events, clock);
  }

  private void put(int database, String name, long expireAtMs) {
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    keys.begin(database, ExpiryMode.IGNORE);
    Key key = keys.key(name.getBytes(ISO_8859_1), -1);
    keys.put(key, key.address(), key.length(), expireAtMs);
  }
}
