package io.hashslot.bus.core;

/**
 * What only the host of the core knows and what decisions depend on, sampled for each event.
 *
 * @param replicationOffset bytes of the replication stream: produced so far if the node is a
 *     primary, processed so far if it is a replica; 0 for a replica that never synchronised
 * @param primaryLinkUp whether the replication link to the primary is established and in sync
 * @param primarySilenceMs milliseconds since the last byte from the primary if the link is up,
 *     since it went down otherwise; {@link #NEVER_SYNCED} if there was no link since the start
 * @param holdsKeys whether any database holds at least one key
 * @param succession what was promised of acknowledged writes
 */
public record HostFacts(
    long replicationOffset,
    boolean primaryLinkUp,
    long primarySilenceMs,
    boolean holdsKeys,
    Succession succession) {
  /** Age of a replication link that never existed. */
  public static final long NEVER_SYNCED = Long.MAX_VALUE / 4;

  /** Where nothing was promised of acknowledged writes. */
  public HostFacts(
      long replicationOffset, boolean primaryLinkUp, long primarySilenceMs, boolean holdsKeys) {
    this(replicationOffset, primaryLinkUp, primarySilenceMs, holdsKeys, Succession.FREE);
  }

  /** An empty node without replication. */
  public static final HostFacts NONE = new HostFacts(0, false, NEVER_SYNCED, false);
}
