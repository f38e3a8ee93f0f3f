package io.hashslot.bus.core;

import java.util.HashSet;
import java.util.Set;

/** The election this replica stands in, or stood in last. */
final class Campaign {
  /** When the first attempt for the same failure was decided on. */
  long wantedAtMs = Cluster.NEVER;

  /** When this attempt was decided on. */
  long scheduledAtMs = Cluster.NEVER;

  /** When votes are to be asked for; {@link Cluster#NEVER} if no attempt was made yet. */
  long startAtMs = Cluster.NEVER;

  /** Whether they were. */
  boolean asked;

  /** The epoch they were asked in. */
  long epoch;

  /** When they were asked for first in this epoch. */
  long firstAskedAtMs;

  /** When they were last asked for, and how long to wait until it is done again. */
  long askedAtMs;

  long patienceMs;

  /** Whether somebody whose shard goes after mine asks in the same epoch. */
  boolean split;

  /** How many attempts for the same failure were lost, as far as known. */
  int lost;

  /** What the wait depends on, as last looked at. */
  Standing standing = Standing.ALONE;

  /** This attempt's draw, from 0 to below 1. */
  double chance;

  final Set<Node> voters = new HashSet<>();

  /**
   * Votes needed: a majority of the most voting primaries that were known at any moment of this
   * attempt. While news come in after a partition, some seem to have no slots for a moment; who
   * wins by a majority of the rest may not be the only one.
   */
  int quorum;

  /** Whether a majority voted, of those who may. */
  boolean won() {
    int votes = 0;
    for (Node voter : voters) {
      if (voter.isVotingPrimary()) votes++;
    }
    return votes >= quorum;
  }

  /** There is no failure to be answered by attempts any more. */
  void settle() {
    wantedAtMs = Cluster.NEVER;
    lost = 0;
  }

  /** No attempt was made: the next one need not wait for the last to run out. */
  void reset() {
    startAtMs = Cluster.NEVER;
    asked = false;
    split = false;
    quorum = 0;
    voters.clear();
  }
}
