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
  private final Traffic gone = new Traffic();
  private final Traffic goneReplicas = new Traffic();
  private final Traffic upstream = new Traffic();
  private Sums reset = new Sums(new Traffic(), new Traffic());
  private Traffic resetUpstream = new Traffic();
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

  /** Notes the link to our primary, which did not connect to us. */
  public void addUpstream(Session session) {
    byId.put(session.id(), session);
  }

  /** Notes that a client was turned away because there are too many. */
  public void reject() {
    rejected.incrementAndGet();
  }

  /** Notes that a client is gone. */
  public void remove(Session session) {
    if (byId.remove(session.id()) != null) {
      addGone(session);
    }
  }

  private synchronized void addGone(Session session) {
    (session.replicaLink() ? goneReplicas : gone).add(session.link().traffic());
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

  /**
   * What has gone over all links.
   *
   * @param clients those of clients, replicas apart
   * @param replicas those to replicas
   */
  public record Sums(Traffic clients, Traffic replicas) {}

  /** Returns what has gone over the links of clients and replicas since the last reset. */
  public synchronized Sums traffic() {
    Sums sums = trafficSinceStart();
    sums.clients.subtract(reset.clients);
    sums.replicas.subtract(reset.replicas);
    return sums;
  }

  private Sums trafficSinceStart() {
    Sums sums = new Sums(new Traffic(), new Traffic());
    sums.clients.add(gone);
    sums.replicas.add(goneReplicas);
    for (Session session : byId.values()) {
      (session.replicaLink() ? sums.replicas : sums.clients).add(session.link().traffic());
    }
    return sums;
  }

  /** Returns where the link to our primary counts. */
  public Traffic upstream() {
    return upstream;
  }

  /** Returns what has gone over links to our primary since the last reset. */
  public synchronized Traffic upstreamTraffic() {
    Traffic sum = new Traffic();
    sum.add(upstream);
    sum.subtract(resetUpstream);
    return sum;
  }

  /** Starts the counters anew. */
  public synchronized void resetStatistics() {
    reset = trafficSinceStart();
    resetUpstream = new Traffic();
    resetUpstream.add(upstream);
    accepted.set(0);
    rejected.set(0);
  }
}
