package io.hashslot.bus.core;

import org.jspecify.annotations.Nullable;

/**
 * A failover that an administrator asked for. In the cooperative form the primary holds back its
 * writes and says so in its frames, the replica waits until it has processed all there is, and then
 * stands for election; the primary, still alive, may vote for it. Both sides give up after five
 * seconds, the primary's clients stay held back at most for ten.
 */
final class ManualFailover {
  private final Cluster cluster;
  private final Outbox outbox;

  /** When the attempt ends; {@link Cluster#NEVER} if there is none. */
  private long endsAtMs = Cluster.NEVER;

  /** Replica: the election may start. */
  private boolean ready;

  /** Replica: the offset the primary stopped at, -1 if not known yet. */
  private long targetOffset = -1;

  /** Primary: who asked; null on a replica. */
  private @Nullable Node requester;

  /** Primary: how often writes were held back. */
  private long pauses;

  ManualFailover(Cluster cluster, Outbox outbox) {
    this.cluster = cluster;
    this.outbox = outbox;
  }

  boolean open() {
    return endsAtMs != Cluster.NEVER;
  }

  /** Replica: whether to stand for election although the primary lives. */
  boolean ready() {
    return open() && ready;
  }

  /** Replica: whether the primary stands still for it, and all it had is here. */
  boolean cooperative() {
    return ready() && targetOffset >= 0;
  }

  /** Replica: whether an advance of the replication offset is awaited. */
  boolean waitsForOffset() {
    return open() && !ready && targetOffset >= 0;
  }

  /** Whether this is the replica that I, a primary, hold back writes for. */
  boolean requestedBy(Node node) {
    return open() && requester == node;
  }

  /** Ends whatever goes on; held back clients resume. */
  void reset() {
    if (requester != null) cluster.emit(new Effect.ResumeWrites());
    endsAtMs = Cluster.NEVER;
    ready = false;
    targetOffset = -1;
    requester = null;
    outbox.setPaused(false);
  }

  /** Replica: an administrator wants it, and the primary is asked to help. */
  void start(Link primaryLink) {
    reset();
    cluster.campaign.reset();
    endsAtMs = cluster.nowMs() + cluster.config.manualFailoverTimeoutMs();
    outbox.manualFailoverStart(primaryLink);
  }

  /** Replica: an administrator wants it without asking the primary. */
  void startForced() {
    reset();
    cluster.campaign.reset();
    endsAtMs = cluster.nowMs() + cluster.config.manualFailoverTimeoutMs();
    ready = true;
  }

  /** Primary: a replica of mine asks for my place. */
  void onStartFrame(Node replica) {
    if (cluster.host().succession().forsaken()) {
      // Who has the same as this primary may lack what others have kept of its acknowledged writes.
      cluster.notice("no failover to " + replica + ": nobody has agreed to what I started with");
      return;
    }
    reset();
    requester = replica;
    endsAtMs = cluster.nowMs() + cluster.config.manualFailoverTimeoutMs();
    cluster.emit(
        new Effect.PauseWrites(
            cluster.nowMs() + 2 * cluster.config.manualFailoverTimeoutMs(), ++pauses));
    cluster.notice("failover requested by " + replica);
  }

  /**
   * Primary: the last write that was under way when they were held back is done. Only from now on
   * an offset may be told that counts: the replica waits for just that, and what came behind it
   * would be lost.
   */
  void onStandstill(long pause) {
    if (!open() || requester == null || pause != pauses) return;
    outbox.setPaused(true);
    if (requester.outbound != null) outbox.ping(requester.outbound);
  }

  /** Replica: my primary says at which offset it stands still. */
  void onPausedOffset(long offset) {
    if (!open() || ready || offset <= targetOffset) return;
    targetOffset = offset;
    cluster.notice("primary paused at offset " + offset);
    checkOffset();
  }

  /** Replica: have I got everything? */
  void checkOffset() {
    if (!waitsForOffset() || cluster.host().replicationOffset() < targetOffset) return;
    ready = true;
    cluster.notice("all of the primary's stream is here, starting the failover");
  }

  /** Gives up when the time is over. */
  void checkTimeout() {
    if (!open() || cluster.nowMs() < endsAtMs) return;
    cluster.note(Effect.Level.WARNING, "manual failover timed out");
    reset();
  }

  /** A node leaves the table. */
  void forget(Node node) {
    if (requester == node) reset();
  }
}
