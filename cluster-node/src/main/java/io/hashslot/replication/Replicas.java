package io.hashslot.replication;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The replicas of this server, in the order they came. Any thread may look. */
final class Replicas {
  private final List<Replica> all = new CopyOnWriteArrayList<>();

  void add(Replica replica) {
    all.add(replica);
  }

  void remove(Replica replica) {
    all.remove(replica);
  }

  List<Replica> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Replicas that are online and acknowledged {@code offset} or more. */
  int acknowledged(long offset) {
    int count = 0;
    for (Replica replica : all) {
      if (replica.online() && replica.acknowledgedOffset() >= offset) {
        count++;
      }
    }
    return count;
  }

  /** Replicas that are online and have {@code offset} or more on disk. */
  int durable(long offset) {
    int count = 0;
    for (Replica replica : all) {
      if (replica.online() && replica.durableOffset() >= offset) {
        count++;
      }
    }
    return count;
  }

  /** Replicas that are online and acknowledged anything within {@code lagSeconds}. */
  int good(long lagSeconds, long nowNs) {
    int count = 0;
    for (Replica replica : all) {
      if (replica.online() && replica.lagSeconds(nowNs) <= lagSeconds) {
        count++;
      }
    }
    return count;
  }

  /** The one that is known by this address and port, null if there is none. */
  @Nullable Replica find(PrimaryEndpoint endpoint) {
    for (Replica replica : all) {
      if (replica.ip().equals(endpoint.host()) && replica.port() == endpoint.port()) {
        return replica;
      }
    }
    return null;
  }

  /** None of them is sent what the journal gets from this position on. */
  void endStreamsAt(long position) {
    for (Replica replica : all) {
      replica.endStreamAt(position);
    }
  }

  void disconnectAll(String reason) {
    for (Replica replica : all) {
      replica.disconnect(reason);
    }
  }
}
