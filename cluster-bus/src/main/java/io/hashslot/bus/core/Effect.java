package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.agrona.DirectBuffer;

/**
 * Something the host must do, in the order given. The one rule that safety hangs on: whatever
 * stands after a {@link Persist} may only happen once that state is written (and, if asked for,
 * synced). Within one event the core puts its {@link Persist} first.
 */
public sealed interface Effect {
  /**
   * Write the durable state to nodes.conf.
   *
   * @param state all of it, at the end of the event
   * @param sync whether it must survive a crash of the machine (fsync) before the next effect
   */
  record Persist(DurableState state, boolean sync) implements Effect {}

  /** What was written last must survive a crash of the machine from now on (fsync). */
  record Force() implements Effect {}

  /**
   * Write the durable state with fsync and answer the request {@code token} with OK, or with {@code
   * ERR error saving the cluster node config: <reason>}.
   */
  record SaveConfig(long token, DurableState state) implements Effect {}

  /**
   * Queue a frame on a link. Frames for an outbound link that is still connecting are kept until it
   * is up; frames for a closed link are dropped.
   *
   * @param link number of the link
   * @param frame the whole frame; nobody changes it afterwards, and several sends may share it
   */
  record Send(int link, DirectBuffer frame) implements Effect {}

  /**
   * Open an outbound link; report {@link ClusterCore#onLinkUp} or {@link ClusterCore#onLinkDown}.
   *
   * @param link its number, never used before
   */
  record Connect(int link, NodeId node, String ip, int busPort) implements Effect {}

  /** Close a link without reporting it back; the core has forgotten it already. */
  record CloseLink(int link) implements Effect {}

  /** Show this picture of the cluster to everybody (a volatile write). */
  record Publish(ClusterView view) implements Effect {}

  /**
   * This replica is now a primary: stop replicating, keep the old replication id as the secondary
   * one so that siblings can continue from it.
   */
  record Promote(long viewVersion) implements Effect {}

  /**
   * This primary stops being one: before anything else refuse writes, disconnect blocked clients.
   * Always followed by {@link Follow}.
   */
  record Demote(long viewVersion) implements Effect {}

  /**
   * Replicate from this primary.
   *
   * @param port its plain client port, 0 if it has none
   * @param tlsPort its TLS client port, 0 if it has none
   * @param partialAllowed whether a partial resynchronisation may be tried; if not, forget the
   *     cached replication position
   */
  record Follow(NodeId primary, String ip, int port, int tlsPort, boolean partialAllowed)
      implements Effect {}

  /** Replicate from nobody although no election was won (CLUSTER RESET of a replica). */
  record Unfollow() implements Effect {}

  /** Delete all data (CLUSTER RESET of a replica). */
  record FlushData() implements Effect {}

  /**
   * Delete the keys of slots this primary has lost, in case there are any.
   *
   * @param propagate whether replicas and append-only file must be told
   */
  record DeleteSlotKeys(SlotSet slots, boolean propagate) implements Effect {}

  /** These slots left the shard of this node: send their shard subscribers away. */
  record DropShardChannels(SlotSet slots) implements Effect {}

  /** A message published elsewhere, for the local subscribers. */
  record Deliver(byte[] channel, byte[] message, boolean sharded) implements Effect {}

  /** The answer to the request with this token. */
  record Reply(long token, Answer answer) implements Effect {}

  /**
   * Hold back writing clients, expiry, eviction and self-made replication traffic, so that the
   * offset stands still. Writes that are under way already may end; when none is any more, the core
   * wants to know ({@link ClusterCore#onStandstill}).
   *
   * @param untilMonotonicMs when to resume by yourself
   * @param number which pause it is
   */
  record PauseWrites(long untilMonotonicMs, long number) implements Effect {}

  /** Take back {@link PauseWrites}. */
  record ResumeWrites() implements Effect {}

  /**
   * Acknowledge nothing of the stream to the primary for so long, or until another primary is
   * followed; then call {@link ClusterCore#onFenced}. A longer fence that stands is kept.
   */
  record Fence(long forMs) implements Effect {}

  /**
   * Follow the primary even if its history is not the one that this node has of it ({@link
   * Succession#forsaken}): what it has counts no more.
   */
  record AcceptHistory() implements Effect {}

  /** Something worth a line in the log. */
  record Note(Level level, String text) implements Effect {}

  /** How loud a {@link Note} is. */
  enum Level {
    DEBUG,
    NOTICE,
    WARNING
  }
}
