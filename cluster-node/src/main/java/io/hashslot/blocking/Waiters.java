package io.hashslot.blocking;

import io.hashslot.keyspace.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The clients that wait for keys, in order of arrival for each key.
 *
 * <p>A client is added by the execution that found its keys empty, under the locks of all of them;
 * who changes a key holds the lock of its shard. So a writer sees everybody who came before it, and
 * whoever comes later sees what it has written: no wake-up is lost. Waiters are removed from any
 * thread, without locks: they are found ended, or not at all.
 *
 * <p>Every write asks whether somebody waits for its key. A filter of counters answers that with
 * one read and no garbage, as long as nobody waits for a key of the same bucket.
 */
public final class Waiters {
  private static final int BUCKETS = 1 << 14;

  private final AtomicIntegerArray filter = new AtomicIntegerArray(BUCKETS);
  private final Map<WaitedKey, Line> lines = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final Reach reach = new Reach();

  /** Those who wait for one key. Made, emptied and dropped within the map's own steps. */
  private static final class Line {
    private final ConcurrentSkipListMap<Long, Waiter> byTicket = new ConcurrentSkipListMap<>();

    /** How many of them end with the key. */
    private final AtomicInteger endingWithKey = new AtomicInteger();
  }

  static int bucket(Key key) {
    return (int) key.hash() & BUCKETS - 1;
  }

  /** Tells at once that nobody waits for a key; false if somebody may. */
  public boolean surelyNone(Key key) {
    return filter.getOpaque(bucket(key)) == 0;
  }

  /** Returns the key of a database as somebody waits for it, or null. */
  public @Nullable WaitedKey find(int database, Key key) {
    if (surelyNone(key)) {
      return null;
    }
    WaitedKey waited = WaitedKey.of(database, key);
    return lines.containsKey(waited) ? waited : null;
  }

  /** Names a key that somebody is going to wait for. */
  public WaitedKey name(int database, Key key) {
    return WaitedKey.of(database, key);
  }

  /** Lets a client wait, behind all who do already; under the locks of all its keys. */
  public void add(Waiter waiter) {
    waiter.ticket = tickets.incrementAndGet();
    reach.add(waiter);
    for (WaitedKey key : waiter.keys()) {
      lines.compute(
          key,
          (_, old) -> {
            Line line = old == null ? new Line() : old;
            line.byTicket.put(waiter.ticket, waiter);
            line.endingWithKey.addAndGet(waiter.endsWithKey() ? 1 : 0);
            return line;
          });
      filter.incrementAndGet(key.bucket());
    }
  }

  /** Lets a client wait no more; nothing happens the second time. */
  void remove(Waiter waiter) {
    for (WaitedKey key : waiter.keys()) {
      lines.computeIfPresent(
          key,
          (_, line) -> {
            if (line.byTicket.remove(waiter.ticket) != null) {
              line.endingWithKey.addAndGet(waiter.endsWithKey() ? -1 : 0);
              filter.decrementAndGet(key.bucket());
              reach.remove(waiter, key);
            }
            return line.byTicket.isEmpty() ? null : line;
          });
    }
  }

  /** Returns who comes next in the line of a key after a ticket, or null; 0 for the first. */
  public @Nullable Waiter next(WaitedKey key, long afterTicket) {
    Line line = lines.get(key);
    if (line == null) {
      return null;
    }
    Map.Entry<Long, Waiter> next = line.byTicket.higherEntry(afterTicket);
    return next == null ? null : next.getValue();
  }

  /** Returns the ticket that was given last. */
  public long lastTicket() {
    return tickets.get();
  }

  /** Tells whether somebody waits for the key who ends with it. */
  public boolean anyEndsWith(WaitedKey key) {
    Line line = lines.get(key);
    return line != null && line.endingWithKey.get() > 0;
  }

  /**
   * A key has been deleted outside of any execution, as by expiry; under the lock of its shard.
   * Those who end with it learn of it soon.
   */
  public void removed(int database, Key key) {
    WaitedKey waited = find(database, key);
    if (waited != null && anyEndsWith(waited)) {
      lookAgain(waited);
    }
  }

  /**
   * Looks at a key again, soon, for whoever comes first: something has happened to it outside of
   * any execution. Any thread; under the lock of its shard, or after that.
   */
  public void lookAgain(WaitedKey key) {
    Waiter first = next(key, 0);
    if (first != null) {
      first.lookAgain(key);
    }
  }

  /** Looks at all keys again, soon: the data is other data now. Any thread. */
  public void lookAgain() {
    lines.keySet().forEach(this::lookAgain);
  }

  /** Returns the keys of a database that somebody waits for, in no order. */
  public List<WaitedKey> keysOf(int database) {
    List<WaitedKey> found = new ArrayList<>();
    for (WaitedKey key : lines.keySet()) {
      if (key.database() == database) {
        found.add(key);
      }
    }
    return found;
  }

  /** Returns everybody who waits, each once, in no order. */
  public List<Waiter> all() {
    return lines.values().stream()
        .flatMap(line -> line.byTicket.values().stream())
        .distinct()
        .toList();
  }

  /** Returns the number of keys that somebody waits for. */
  public int keyCount() {
    return lines.size();
  }

  /** Returns the number of keys that somebody waits for who ends with the key. */
  public int endingKeyCount() {
    return (int) lines.values().stream().filter(line -> line.endingWithKey.get() > 0).count();
  }

  /**
   * Adds to the shards of an execution those that serving clients may need who wait for keys in
   * them, and so on. Under the locks of the plan the answer holds until they are left, but may get
   * smaller.
   */
  public long widened(long plan) {
    return reach.of(plan);
  }
}
