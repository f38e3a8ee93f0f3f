package io.hashslot.session;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All clients that are connected, by id. Any thread may read it. */
public final class Sessions {
  private final ConcurrentHashMap<Long, Session> byId = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong goneIn = new AtomicLong();
  private final AtomicLong goneOut = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();

  /** Returns an id that no client has had yet. */
  public long nextId() {
    return lastId.incrementAndGet();
  }

  /** Notes that a client has connected. */
  public void add(Session session) {
    accepted.incrementAndGet();
    byId.put(session.id(), session);
  }

  /** Notes that a client was turned away because there are too many. */
  public void reject() {
    rejected.incrementAndGet();
  }

  /** Notes that a client is gone. */
  public void remove(Session session) {
    if (byId.remove(session.id()) != null) {
      goneIn.addAndGet(session.link().bytesIn());
      goneOut.addAndGet(session.link().bytesOut());
    }
  }

  /** Returns the client of an id, or null. */
  public @Nullable Session find(long id) {
    return byId.get(id);
  }

  /** Returns the clients, in no order; a live view. */
  public Collection<Session> all() {
    return byId.values();
  }

  /** Returns the number of clients. */
  public int count() {
    return byId.size();
  }

  /** Returns how many clients have connected so far. */
  public long accepted() {
    return accepted.get();
  }

  /** Returns how many clients were turned away so far. */
  public long rejected() {
    return rejected.get();
  }

  /** Returns the bytes that clients sent who are gone. */
  public long bytesInOfGone() {
    return goneIn.get();
  }

  /** Returns the bytes that clients got who are gone. */
  public long bytesOutOfGone() {
    return goneOut.get();
  }

  /** Starts the counters anew. */
  public void resetStatistics() {
    accepted.set(0);
    rejected.set(0);
  }
}
