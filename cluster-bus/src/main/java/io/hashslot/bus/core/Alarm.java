package io.hashslot.bus.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries a fresh suspicion to those who will count it, at once and not with the next pings that
 * happen to be due: between the first suspicion and the agreement there would be up to half a node
 * timeout otherwise.
 *
 * <p>Everybody tells the same few: the replicas of the suspect, who wait for it, and those voting
 * primaries that come next after it in the order of ids. So one of them soon has a majority, and
 * the cost of a failure is a handful of frames for each primary, in clusters of any size. When very
 * many fail in the same moment, all of them are told to the first few voting primaries, else
 * everybody would have to tell everybody. The frame is a PONG as it is sent whenever something
 * changed; its gossip names the suspects.
 */
final class Alarm {
  private static final int COUNTERS = 3;
  private static final int MOST_AT_ONCE = 8;
  private static final int SUSPECTS_IN_A_FRAME = 200;

  private final Cluster cluster;
  private final Outbox outbox;
  private final List<Node> fresh = new ArrayList<>();

  Alarm(Cluster cluster, Outbox outbox) {
    this.cluster = cluster;
    this.outbox = outbox;
  }

  /** A node is suspected from now on. */
  void add(Node suspect) {
    fresh.add(suspect);
  }

  /** Tells what was added since the last call, if my voice counts. */
  void sound() {
    if (fresh.isEmpty()) return;
    if (cluster.self.isVotingPrimary()) {
      for (Node listener : listeners()) {
        if (listener.outbound == null || listener.isMyself()) continue;
        for (int from = 0; from < fresh.size(); from += SUSPECTS_IN_A_FRAME) {
          int to = Math.min(from + SUSPECTS_IN_A_FRAME, fresh.size());
          outbox.suspicions(listener.outbound, fresh.subList(from, to));
        }
      }
    }
    fresh.clear();
  }

  private Set<Node> listeners() {
    var primaries = new ArrayList<Node>();
    for (Node node : cluster.nodes) {
      if (node.isVotingPrimary() && !node.suspected() && !node.failed()) primaries.add(node);
    }
    if (fresh.size() > MOST_AT_ONCE) {
      return new LinkedHashSet<>(primaries.subList(0, Math.min(COUNTERS, primaries.size())));
    }
    var listeners = new LinkedHashSet<Node>();
    for (Node suspect : fresh) {
      listeners.addAll(suspect.replicas);
      int next = 0;
      while (next < primaries.size() && primaries.get(next).id.compareTo(suspect.id) < 0) next++;
      for (int i = 0; i < Math.min(COUNTERS, primaries.size()); i++) {
        listeners.add(primaries.get((next + i) % primaries.size()));
      }
    }
    return listeners;
  }
}
