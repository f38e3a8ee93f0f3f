package io.hashslot.bus.core;

import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which primaries said lately that a node does not answer. One instance belongs to one node; hardly
 * any node has reports at any time, so the table is there only while it has.
 */
final class FailureReports {
  private @Nullable Object2LongOpenHashMap<Node> reportedAtMs;

  /** Adds or refreshes the report of this node. */
  void add(Node reporter, long nowMs) {
    if (reportedAtMs == null) reportedAtMs = new Object2LongOpenHashMap<>();
    reportedAtMs.put(reporter, nowMs);
  }

  /** Takes the report of this node back; true if there was one. */
  boolean remove(Node reporter) {
    Object2LongOpenHashMap<Node> reports = reportedAtMs;
    if (reports == null || !reports.containsKey(reporter)) return false;
    reports.removeLong(reporter);
    if (reports.isEmpty()) reportedAtMs = null;
    return true;
  }

  /**
   * Reports not older than {@code validityMs}; older ones are dropped. Who reported as a primary
   * and is none any more does not count: its successor may have reported, too, and a shard has one
   * voice.
   */
  int count(long nowMs, long validityMs) {
    Object2LongOpenHashMap<Node> reports = reportedAtMs;
    if (reports == null) return 0;
    reports.values().removeIf(at -> nowMs - at > validityMs);
    if (reports.isEmpty()) reportedAtMs = null;
    int voices = 0;
    for (Node reporter : reports.keySet()) {
      if (reporter.isVotingPrimary()) voices++;
    }
    return voices;
  }
}
