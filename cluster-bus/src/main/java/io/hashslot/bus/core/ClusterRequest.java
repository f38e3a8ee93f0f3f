package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked with a CLUSTER subcommand that changes something or needs private state.
 * Arguments are parsed already (their errors belong to the command); whether they make sense now is
 * decided by the core. Each request but {@link Broadcast} is answered exactly once.
 */
public sealed interface ClusterRequest {
  /** CLUSTER MEET: {@code busPort} 0 = {@code port} + 10000. Address as typed. */
  record Meet(String ip, long port, long busPort) implements ClusterRequest {}

  /** CLUSTER ADDSLOTS and ADDSLOTSRANGE: slots in the order given, repetitions included. */
  record AddSlots(int[] slots) implements ClusterRequest {}

  /** CLUSTER DELSLOTS and DELSLOTSRANGE: slots in the order given, repetitions included. */
  record DelSlots(int[] slots) implements ClusterRequest {}

  /** CLUSTER FLUSHSLOTS; refused while {@link HostFacts#holdsKeys()}. */
  record FlushSlots() implements ClusterRequest {}

  /**
   * CLUSTER SETSLOT.
   *
   * @param slot 0..16383
   * @param change what to do
   * @param node the node named, null for {@link SlotChange#STABLE}
   * @param slotHasKeys whether this node holds keys in the slot at this moment
   * @param fromPrimary whether the command came down the replication stream; only then may a
   *     replica take it
   */
  record SetSlot(
      int slot, SlotChange change, @Nullable String node, boolean slotHasKeys, boolean fromPrimary)
      implements ClusterRequest {}

  /** Whether a CLUSTER SETSLOT would be carried out; answered as that would be. */
  record CheckSetSlot(SetSlot change) implements ClusterRequest {}

  /** The action word of CLUSTER SETSLOT. */
  enum SlotChange {
    MIGRATING,
    IMPORTING,
    STABLE,
    NODE
  }

  /**
   * The data of these slots has come here whole, their owner lets nobody write to them and has
   * granted them: make them mine under a new epoch. All of them, or none.
   *
   * @param from the owner that has granted them
   * @param notAfterMonotonicMs how long the grant holds
   */
  record TakeSlots(SlotSet slots, NodeId from, long notAfterMonotonicMs)
      implements ClusterRequest {}

  /**
   * These slots were granted to another primary that has not been heard of taking them: they stay
   * mine, under an epoch above the one it could have taken. All of them, or none.
   */
  record ReclaimSlots(SlotSet slots) implements ClusterRequest {}

  /** CLUSTER REPLICATE. */
  record Replicate(String node) implements ClusterRequest {}

  /** CLUSTER FORGET. */
  record Forget(String node) implements ClusterRequest {}

  /** CLUSTER FAILOVER. */
  record Failover(FailoverMode mode) implements ClusterRequest {}

  /** How far CLUSTER FAILOVER relies on others. */
  enum FailoverMode {
    /** With the primary's cooperation and votes. */
    COOPERATIVE,
    /** Without the primary, with votes. */
    FORCE,
    /** Without anybody. */
    TAKEOVER
  }

  /** CLUSTER RESET. */
  record Reset(boolean hard) implements ClusterRequest {}

  /** CLUSTER SAVECONFIG. */
  record SaveConfig() implements ClusterRequest {}

  /** CLUSTER SET-CONFIG-EPOCH. */
  record SetConfigEpoch(long epoch) implements ClusterRequest {}

  /** CLUSTER BUMPEPOCH. */
  record BumpEpoch() implements ClusterRequest {}

  /** CLUSTER COUNT-FAILURE-REPORTS. */
  record CountFailureReports(String node) implements ClusterRequest {}

  /** PUBLISH or SPUBLISH executed here: tell the others. Not answered. */
  record Broadcast(byte[] channel, byte[] message, boolean sharded) implements ClusterRequest {}

  /**
   * Marks for slots that arrived with a full synchronisation (RDB auxiliary field {@code
   * cluster-slot-states} of Valkey 8.0.1). They are all there are: a replica closes the others.
   */
  record AdoptSlotMarks(List<SlotMark> marks) implements ClusterRequest {}

  /**
   * One open slot.
   *
   * @param slot 0..16383
   * @param importing true: imported from {@code node}; false: migrating to it
   * @param node the other side
   */
  record SlotMark(int slot, boolean importing, NodeId node) {}
}
