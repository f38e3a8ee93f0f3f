package io.hashslot.keyspace;

import io.hashslot.time.Clock;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.UnsafeApi;

/**
 * The keys to which clients of a replica that lets them write have given an expiry. Their primary
 * does not know of it and will never delete them, so the replica does; all others are left to the
 * primary. Noting and looking is for all threads, {@link #cycle} for one.
 */
public final class OwnExpiries {
  /** Longest time that a cycle takes, about. */
  private static final long BUDGET_NS = 1_000_000;

  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private record Name(int database, ByteBuffer key) {}

  private final Set<Name> names = ConcurrentHashMap.newKeySet();

  /** Where the last cycle has come to. */
  private Iterator<Name> next = Collections.emptyIterator();

  OwnExpiries() {}

  /** Notes which keys of an execution expire by now; their shards are held. */
  public void note(int database, Keys keys) {
    for (int i = 0; i < keys.keyCount(); i++) {
      Key key = keys.keyAt(i);
      if (keys.expireAtMs(key) >= 0) {
        byte[] bytes = new byte[key.length()];
        UnsafeApi.copyMemory(null, key.address(), bytes, BYTES, bytes.length);
        names.add(new Name(database, ByteBuffer.wrap(bytes)));
      }
    }
  }

  /** How many keys are known; some of them may be gone. */
  public int size() {
    return names.size();
  }

  /** Forgets all: this is no such replica any more. */
  public void clear() {
    if (!names.isEmpty()) {
      names.clear();
    }
  }

  /** Deletes some of those whose time has come, and forgets those that are gone. */
  void cycle(Keys keys, Shards shards, Clock clock) {
    long untilNs = clock.monotonicNs() + BUDGET_NS;
    if (!next.hasNext()) {
      next = names.iterator();
    }
    while (next.hasNext() && clock.monotonicNs() - untilNs < 0) {
      Name name = next.next();
      keys.begin(name.database(), ExpiryMode.DELETE);
      keys.at(clock.wallMs());
      Key key = keys.key(name.key().array(), -1);
      if (shards.tryEnter(key.shardMask()) != Shards.ENTERED) {
        continue;
      }
      try {
        if (keys.expireAtMs(key) < 0) {
          names.remove(name);
        }
      } finally {
        shards.leave(key.shardMask());
      }
    }
  }
}
