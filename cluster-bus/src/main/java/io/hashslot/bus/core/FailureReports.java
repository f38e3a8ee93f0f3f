package io.hashslot.bus.core;

import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;

/** Which primaries said lately that a node does not answer. One instance belongs to one node. */
final class FailureReports {
  private final Object2LongOpenHashMap<Node> reportedAtMs = new Object2LongOpenHashMap<>();

  /** Adds or refreshes the report of this node. */
  void add(Node reporter, long nowMs) {
    reportedAtMs.put(reporter, nowMs);
  }

  /** Takes the report of this node back; true if there was one. */
  boolean remove(Node reporter) {
    boolean present = reportedAtMs.containsKey(reporter);
    reportedAtMs.removeLong(reporter);
    return present;
  }

  /** Reports not older than {@code validityMs}; older ones are dropped. */
  int count(long nowMs, long validityMs) {
    reportedAtMs.values().removeIf(at -> nowMs - at > validityMs);
    return reportedAtMs.size();
  }
}
