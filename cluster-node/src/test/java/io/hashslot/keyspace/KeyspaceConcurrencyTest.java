package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.time.Clock;
import io.hashslot.value.StringValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several threads over the same keys, each inside its locks, with expiry, cuts and flushes going
 * on: nothing is lost and nothing leaks.
 */
@Timeout(240)
class KeyspaceConcurrencyTest {
  private static final int THREADS = 4;
  private static final int STEPS = 4_000;
  private static final int ACCOUNTS = 64;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong cuts = new AtomicLong();

  @ParameterizedTest
  @CsvSource({"1,false", "8,false", "8,true"})
  void transfersNeverChangeTheSum(int shards, boolean cluster) throws InterruptedException {
    Keyspace keyspace =
        new Keyspace(new KeyspaceSettings(shards, 2, cluster, 3, CheckingArena::new));
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    keys.begin(0, ExpiryMode.DELETE);
    for (int i = 0; i < ACCOUNTS; i++) {
      keys.putLong(key(keys, "account" + i), 1000, Keys.NO_EXPIRY);
    }
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      workers.add(started(() -> transfers(keyspace, random)));
    }
    Thread cutter = started(() -> cutAgainAndAgain(keyspace));
    Thread expiring = started(() -> expireAgainAndAgain(keyspace));
    for (Thread worker : workers) {
      worker.join();
    }
    stopped.set(true);
    cutter.join();
    expiring.join();
    assertThat(failure.get()).isNull();
    assertThat(cuts.get()).isPositive();
    keys.begin(0, ExpiryMode.DELETE);
    long sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      sum += balance(keys, key(keys, "account" + i));
    }
    assertThat(sum).isEqualTo(ACCOUNTS * 1000L);
    keyspace.close();
  }

  private void transfers(Keyspace keyspace, Random random) {
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    Shards shards = keyspace.shards();
    Semaphore told = new Semaphore(0);
    for (int i = 0; i < STEPS; i++) {
      keys.begin(0, ExpiryMode.DELETE);
      Key from = key(keys, "account" + random.nextInt(ACCOUNTS));
      Key to = key(keys, "account" + random.nextInt(ACCOUNTS));
      Key noise = key(keys, "noise" + random.nextInt(500));
      long plan = from.shardMask() | to.shardMask() | noise.shardMask();
      enter(shards, plan, told);
      try {
        keys.at(Clock.system().wallMs());
        if (!from.sameAs(to)) {
          int amount = random.nextInt(10);
          keys.putLong(from, balance(keys, from) - amount, Keys.NO_EXPIRY);
          keys.putLong(to, balance(keys, to) + amount, Keys.NO_EXPIRY);
        }
        keys.edit(noise, random.nextInt(300));
        keys.expireAt(noise, keys.nowMs() + random.nextInt(20));
      } finally {
        shards.leave(plan);
      }
      if (i % 300 == 299) {
        shards.enterSlow(shards.all());
        keyspace.flush(1, random.nextBoolean());
        shards.leave(shards.all());
      }
    }
  }

  private static void enter(Shards shards, long plan, Semaphore told) {
    int busy = shards.tryEnter(plan);
    while (busy != Shards.ENTERED) {
      if (shards.park(busy, told::release)) {
        told.acquireUninterruptibly();
      }
      busy = shards.tryEnter(plan);
    }
  }

  /** Each cut must show balances that add up, although they are collected while transfers go on. */
  private void cutAgainAndAgain(Keyspace keyspace) {
    Shards shards = keyspace.shards();
    do {
      Map<String, Long> balances = new HashMap<>();
      shards.enterSlow(shards.all());
      CutObserver noting =
          (_, _, entry) -> {
            note(balances, entry);
            return null;
          };
      keyspace.openCut(noting);
      shards.leave(shards.all());
      for (int i = 0; i < shards.count(); i++) {
        Sweep sweep = new Sweep(shards.shard(i), noting);
        boolean more = true;
        while (more) {
          shards.enterSlow(1L << i);
          more = sweep.next(200, () -> false);
          if (!more) {
            keyspace.closeCut(shards.shard(i));
          }
          shards.leave(1L << i);
        }
      }
      assertThat(balances).hasSize(ACCOUNTS);
      assertThat(balances.values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(ACCOUNTS * 1000L);
      cuts.incrementAndGet();
    } while (!stopped.get());
  }

  private static void note(Map<String, Long> balances, Entry entry) {
    String name = KeyspaceFixture.name(entry);
    if (name.startsWith("account")) {
      synchronized (balances) {
        assertThat(balances.put(name, Long.parseLong(KeyspaceFixture.value(entry)))).isNull();
      }
    }
  }

  private void expireAgainAndAgain(Keyspace keyspace) {
    ActiveExpiry expiry = new ActiveExpiry(keyspace, KeyspaceEvents.NONE, Clock.system());
    while (!stopped.get()) {
      expiry.slowCycle(100);
      expiry.fastCycle();
      LockSupport.parkNanos(100_000);
    }
  }

  private Thread started(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
              }
            });
    thread.start();
    return thread;
  }

  private static Key key(Keys keys, String name) {
    return keys.key(name.getBytes(ISO_8859_1), -1);
  }

  private static long balance(Keys keys, Key key) {
    StringValue value = keys.string(key);
    assertThat(value).isNotNull();
    return Long.parseLong(new String(value.bytes(), ISO_8859_1));
  }
}
