package io.hashslot.bus.core;

import java.util.HashSet;
import java.util.Set;

/** The election this replica stands in, or stood in last. */
final class Campaign {
  /** When votes are to be asked for; {@link Cluster#NEVER} if no attempt was made yet. */
  long startAtMs = Cluster.NEVER;

  /** Whether they were. */
  boolean asked;

  /** The epoch they were asked in. */
  long epoch;

  /** How many siblings were fresher when last looked at. */
  int rank;

  final Set<Node> voters = new HashSet<>();

  /** No attempt was made: the next one need not wait for the last to run out. */
  void reset() {
    startAtMs = Cluster.NEVER;
    asked = false;
    voters.clear();
  }
}
