package io.hashslot.bus.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node's picture of the cluster at one moment, for everybody outside the bus thread: the slot
 * gate of the dispatcher, CLUSTER NODES, SLOTS, SHARDS, INFO, LINKS. Immutable; the host publishes
 * each new one by a volatile write. Slots, roles and health are as new as the last event; ping
 * times, offsets and counters are refreshed by ticks.
 */
public final class ClusterView {
  private final long version;
  private final NodeView[] nodes;
  private final List<NodeView> nodeList;
  private final SlotMap slots;
  private final int self;
  private final int myPrimary;
  private final Summary summary;
  private final List<LinkView> links;
  private final long servesUntilMs;

  /**
   * Numbers of the whole cluster.
   *
   * @param health state and reason
   * @param votingPrimaries primaries with slots ({@code cluster_size})
   * @param slotsAssigned slots with an owner
   * @param slotsOk slots whose owner is neither suspected nor failed
   * @param slotsPfail slots whose owner is suspected
   * @param slotsFail slots whose owner failed
   * @param currentEpoch highest epoch seen
   * @param myEpoch my config epoch, or my primary's
   * @param counters frames sent and received by type
   */
  public record Summary(
      ClusterHealth health,
      int votingPrimaries,
      int slotsAssigned,
      int slotsOk,
      int slotsPfail,
      int slotsFail,
      long currentEpoch,
      long myEpoch,
      Counters counters) {}

  /**
   * Frames by type number (0..10, see {@code bus.wire}). Nobody changes the arrays.
   *
   * @param sent frames sent, without light ones
   * @param received frames received
   */
  public record Counters(long[] sent, long[] received) {}

  /**
   * A view.
   *
   * @param version greater than that of any view before
   * @param nodes by id
   * @param slots indices into {@code nodes}
   * @param self index of myself
   * @param myPrimary index of my primary, -1 if I am a primary or do not know it
   * @param servesUntilMs see {@link #servesUntilMs()}
   */
  ClusterView(
      long version,
      NodeView[] nodes,
      SlotMap slots,
      int self,
      int myPrimary,
      Summary summary,
      List<LinkView> links,
      long servesUntilMs) {
    this.version = version;
    this.nodes = nodes;
    this.nodeList = Collections.unmodifiableList(Arrays.asList(nodes));
    this.slots = slots;
    this.self = self;
    this.myPrimary = myPrimary;
    this.summary = summary;
    this.links = links;
    this.servesUntilMs = servesUntilMs;
  }

  /** Grows with every view of one core; lets the host drop a late one. */
  public long version() {
    return version;
  }

  /** This node. */
  public NodeView self() {
    return nodes[self];
  }

  /** My primary; null if I am a primary, or a replica that does not know it. */
  public @Nullable NodeView myPrimary() {
    return at(myPrimary);
  }

  /** All known nodes by id, myself and those in handshake included. */
  public List<NodeView> nodes() {
    return nodeList;
  }

  /** The node with this id, null if unknown. */
  public @Nullable NodeView node(String id) {
    int low = 0;
    int high = nodes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = nodes[middle].id().text().compareTo(id);
      if (order == 0) return nodes[middle];
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  /** Owner of a slot (0..16383), null if it has none. */
  public @Nullable NodeView owner(int slot) {
    return at(slots.owner(slot));
  }

  /** Whether all slots have the owners that they had in another view, by their places in it. */
  boolean hasSlotsOf(ClusterView other) {
    return slots == other.slots;
  }

  /** Whether I own the slot. */
  public boolean mine(int slot) {
    return slots.owner(slot) == self;
  }

  /** Whether I own the slot or my primary does. */
  public boolean inMyShard(int slot) {
    int owner = slots.owner(slot);
    return owner == self || (owner >= 0 && owner == myPrimary);
  }

  /** Where a slot of mine (or of my primary) is migrating to, null if it is not. */
  public @Nullable NodeView migratingTo(int slot) {
    return at(slots.migratingTo(slot));
  }

  /** Where a slot is being imported from, null if it is not. */
  public @Nullable NodeView importingFrom(int slot) {
    return at(slots.importingFrom(slot));
  }

  /** Whether any slot is migrating or being imported here. */
  public boolean anyOpenSlot() {
    return slots.anyOpen();
  }

  /** State of the cluster and why. */
  public ClusterHealth health() {
    return summary.health();
  }

  /**
   * Until when this view may be served by, on the monotonic clock in milliseconds; far in the
   * future if it needs nobody's word. A newer view may allow for longer. Who looks at it later than
   * that, because all stood still, must not serve a slot.
   */
  public long servesUntilMs() {
    return servesUntilMs;
  }

  /** Numbers of the whole cluster. */
  public Summary summary() {
    return summary;
  }

  /** Connections tied to a node. */
  public List<LinkView> links() {
    return links;
  }

  private @Nullable NodeView at(int index) {
    return index < 0 ? null : nodes[index];
  }
}
