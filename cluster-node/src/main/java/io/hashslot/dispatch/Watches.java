package io.hashslot.dispatch;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Which transactions bet on which keys ({@code WATCH}). Entries of a key change only under the lock
 * of its shard; so a change and an {@code EXEC} never miss each other.
 */
public final class Watches {
  /**
   * One watched key.
   *
   * @param database its database
   * @param name its bytes, a character each
   */
  public record Watched(int database, String name) {
    /** Returns the key's bytes. */
    public byte[] bytes() {
      return name.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private final Map<Watched, List<Transaction.Stake>> watchers = new ConcurrentHashMap<>();

  /** Lets writers pass in one read when nobody watches anything, as is usual. */
  private final AtomicInteger count = new AtomicInteger();

  /** Lets a transaction watch a key; under the lock of its shard. */
  public void watch(Transaction transaction, int database, Key key, Keys keys) {
    // Looked at first: a key whose time has come goes now, and is not seen as changed later.
    boolean present = keys.has(key);
    Watched watched = new Watched(database, new String(key.bytes(), StandardCharsets.ISO_8859_1));
    for (Transaction.Bet bet : transaction.watched()) {
      if (bet.key().equals(watched)) {
        return;
      }
    }
    transaction.watched().add(new Transaction.Bet(watched, present));
    watchers.compute(
        watched,
        (_, old) -> {
          List<Transaction.Stake> all = old == null ? new ArrayList<>(1) : new ArrayList<>(old);
          all.add(transaction.stake());
          return all;
        });
    count.incrementAndGet();
  }

  /** Lets a transaction watch nothing any more. */
  public void unwatch(Transaction transaction) {
    for (Transaction.Bet bet : transaction.watched()) {
      watchers.computeIfPresent(
          bet.key(),
          (_, old) -> {
            List<Transaction.Stake> rest = new ArrayList<>(old);
            rest.remove(transaction.stake());
            return rest.isEmpty() ? null : rest;
          });
      count.decrementAndGet();
    }
    transaction.watched().clear();
  }

  /**
   * Tells whether a watched key has gone because its time has come; under the locks of all of them.
   * Leaves the database of {@code keys} as it was.
   */
  public boolean anyExpired(Transaction transaction, Keys keys) {
    if (transaction.watched().isEmpty()) {
      return false;
    }
    int database = keys.database();
    Request names = new Request();
    try {
      names.copyFrom(transaction.watched().stream().map(bet -> bet.key().bytes()).toList());
      for (int i = 0; i < names.count(); i++) {
        Transaction.Bet bet = transaction.watched().get(i);
        keys.select(bet.key().database());
        if (!keys.has(keys.key(names.address(i), names.length(i), -1)) && bet.present()) {
          return true;
        }
      }
      return false;
    } finally {
      keys.select(database);
      names.release();
    }
  }

  /** A key was changed; under the lock of its shard. */
  public void changed(int database, Key key) {
    if (count.get() == 0) {
      return;
    }
    List<Transaction.Stake> all =
        watchers.get(new Watched(database, new String(key.bytes(), StandardCharsets.ISO_8859_1)));
    if (all != null) {
      all.forEach(Transaction.Stake::lose);
    }
  }

  /** Returns how many transactions watch something. */
  public int watchers() {
    return (int) watchers.values().stream().flatMap(List::stream).distinct().count();
  }

  /** Returns the number of watched keys, counted once per watcher. */
  public int count() {
    return count.get();
  }

  /**
   * All keys of a database are about to be removed; under the locks of all shards. Whoever watches
   * a key that is not there does not lose.
   */
  public void flushing(int database, Keys keys) {
    touch(watched -> watched.database() == database && has(keys, database, watched));
  }

  /** Two databases are about to be exchanged; under the locks of all shards. */
  public void swapping(int one, int other, Keys keys) {
    touch(
        watched ->
            (watched.database() == one || watched.database() == other)
                && (has(keys, one, watched) || has(keys, other, watched)));
  }

  /** Other data is about to take the place of all there is; under the locks of all shards. */
  public void replacing(Keyspace keyspace) {
    if (count.get() == 0) {
      return;
    }
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    keys.begin(0, ExpiryMode.IGNORE);
    for (int db = 0; db < keyspace.databases(); db++) {
      flushing(db, keys);
    }
  }

  private void touch(Predicate<Watched> lost) {
    if (count.get() == 0) {
      return;
    }
    watchers.forEach(
        (watched, all) -> {
          if (lost.test(watched)) {
            all.forEach(Transaction.Stake::lose);
          }
        });
  }

  private static boolean has(Keys keys, int database, Watched watched) {
    int selected = keys.database();
    keys.select(database);
    boolean present = keys.has(keys.key(watched.bytes(), -1));
    keys.select(selected);
    return present;
  }
}
