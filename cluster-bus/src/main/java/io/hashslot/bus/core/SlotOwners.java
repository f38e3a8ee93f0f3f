package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which slot, which slots are open here, and which are only kept in the name of an owner
 * that stopped claiming them.
 */
final class SlotOwners {
  private final @Nullable Node[] owner = new Node[Slots.COUNT];
  private final @Nullable Node[] migratingTo = new Node[Slots.COUNT];
  private final @Nullable Node[] importingFrom = new Node[Slots.COUNT];
  private final SlotSet notClaimed = new SlotSet();
  private final SlotSet left = new SlotSet();
  private boolean anyLeft;

  /** Whether there ever was a slot in {@link #notClaimed}: asked for every frame. */
  private boolean anyNotClaimed;

  /** Changes with every change of an owner or a mark. */
  private long version;

  private long digest;
  private long digestVersion = -1;

  /** Whose owner changed since the last {@link #map}. */
  private final SlotSet changed = new SlotSet();

  private final SlotSet open = new SlotSet();
  private int assigned;

  /** How many slots have an owner. */
  int assigned() {
    return assigned;
  }

  long version() {
    return version;
  }

  @Nullable Node owner(int slot) {
    return owner[slot];
  }

  /** Whether nobody stands behind the slot any more: no owner, or one that stopped claiming it. */
  boolean unclaimed(int slot) {
    return owner[slot] == null || notClaimed.contains(slot);
  }

  boolean notClaimed(int slot) {
    return notClaimed.contains(slot);
  }

  /** Whether this node stopped claiming any of its slots. */
  boolean anyNotClaimed(Node owner) {
    return anyNotClaimed && owner.slotCount > 0 && notClaimed.intersects(owner.slots);
  }

  /** The owner's own frames claim these slots and no others. */
  void markClaimed(Node owner, SlotSet claimed) {
    var omitted = owner.slots.copy();
    omitted.removeAll(claimed);
    notClaimed.removeAll(owner.slots);
    notClaimed.addAll(omitted);
    anyNotClaimed |= !omitted.isEmpty();
  }

  /**
   * Gives a slot to a node, taking it from its owner.
   *
   * @param anyReplicas whether some primary of the cluster has replicas: if so, the first slot
   *     makes a primary one that a replica may migrate to
   */
  void assign(int slot, Node node, boolean anyReplicas) {
    release(slot);
    owner[slot] = node;
    assigned++;
    changed.add(slot);
    node.addSlot(slot);
    if (node.slotCount == 1 && anyReplicas) node.set(NodeFlags.MIGRATE_TO, true);
    version++;
  }

  /** Leaves a slot without owner; true if it had one. */
  boolean release(int slot) {
    Node old = owner[slot];
    notClaimed.remove(slot);
    if (old == null) return false;
    if (old.isMyself() || hasMyselfAsReplica(old)) {
      left.add(slot);
      anyLeft = true;
    }
    owner[slot] = null;
    assigned--;
    changed.add(slot);
    old.removeSlot(slot);
    version++;
    return true;
  }

  private static boolean hasMyselfAsReplica(Node primary) {
    for (Node replica : primary.replicas) {
      if (replica.isMyself()) return true;
    }
    return false;
  }

  /** Leaves all slots of a node without owner; how many there were. */
  int releaseAll(Node node) {
    int count = 0;
    for (int slot = node.slots.next(0); slot >= 0; slot = node.slots.next(slot + 1)) {
      release(slot);
      count++;
    }
    return count;
  }

  /** The slots of this node may soon be out of this node's shard: remember to look. */
  void watchLeaving(Node node) {
    left.addAll(node.slots);
    anyLeft = true;
  }

  /** Slots that left the shard of {@code self} since the last call; null if none was looked at. */
  @Nullable SlotSet takeLeft(Node self) {
    if (!anyLeft) return null;
    anyLeft = false;
    var gone = new SlotSet();
    for (int slot = left.next(0); slot >= 0; slot = left.next(slot + 1)) {
      Node now = owner[slot];
      if (now == null || (now != self && now != self.primary)) gone.add(slot);
    }
    left.clear();
    return gone;
  }

  @Nullable Node migratingTo(int slot) {
    return migratingTo[slot];
  }

  @Nullable Node importingFrom(int slot) {
    return importingFrom[slot];
  }

  void setMigratingTo(int slot, @Nullable Node node) {
    set(migratingTo, slot, node);
  }

  void setImportingFrom(int slot, @Nullable Node node) {
    set(importingFrom, slot, node);
  }

  private void set(@Nullable Node[] marks, int slot, @Nullable Node node) {
    marks[slot] = node;
    if (migratingTo[slot] == null && importingFrom[slot] == null) open.remove(slot);
    else open.add(slot);
    version++;
  }

  /** Whether any slot is migrating or being imported. */
  boolean anyOpen() {
    return !open.isEmpty();
  }

  /**
   * The first slot from {@code from} on that is migrating or being imported; -1 if there is none.
   */
  int nextOpen(int from) {
    return open.next(from);
  }

  /** Forgets all open slots. */
  void closeAll() {
    Arrays.fill(migratingTo, null);
    Arrays.fill(importingFrom, null);
    open.clear();
    version++;
  }

  /** A node leaves the table: no slot and no mark may point to it. */
  void forget(Node node) {
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (migratingTo[slot] == node) setMigratingTo(slot, null);
      if (importingFrom[slot] == node) setImportingFrom(slot, null);
    }
    releaseAll(node);
  }

  /** A number that is equal for tables in which each slot has the same owner. */
  long digest() {
    if (digestVersion == version) return digest;
    long sum = 0;
    Node previous = null;
    long name = 0;
    for (Node node : owner) {
      if (node != previous) {
        previous = node;
        name = node == null ? 0 : node.id.digest();
      }
      sum = sum * 31 + name;
    }
    digest = sum;
    digestVersion = version;
    return sum;
  }

  /**
   * This table as indices.
   *
   * @param index of a node
   * @param before what this returned last, if the nodes still have the same indices; else null
   */
  SlotMap map(ToIntFunction<Node> index, @Nullable SlotMap before) {
    short[] owners = before == null ? indices(owner, index) : patched(before, index);
    changed.clear();
    if (!anyOpen()) return SlotMap.closed(owners);
    return SlotMap.open(owners, marked(migratingTo, index), marked(importingFrom, index));
  }

  /** Most changes are of one slot, and most of those of a mark. */
  private short[] patched(SlotMap before, ToIntFunction<Node> index) {
    if (changed.isEmpty()) return before.owners();
    short[] owners = before.owners().clone();
    for (int slot = changed.next(0); slot >= 0; slot = changed.next(slot + 1)) {
      Node node = owner[slot];
      owners[slot] = node == null ? SlotMap.NONE : (short) index.applyAsInt(node);
    }
    return owners;
  }

  private short[] marked(@Nullable Node[] marks, ToIntFunction<Node> index) {
    var result = new short[Slots.COUNT];
    Arrays.fill(result, SlotMap.NONE);
    for (int slot = open.next(0); slot >= 0; slot = open.next(slot + 1)) {
      Node node = marks[slot];
      if (node != null) result[slot] = (short) index.applyAsInt(node);
    }
    return result;
  }

  private static short[] indices(@Nullable Node[] nodes, ToIntFunction<Node> index) {
    var result = new short[Slots.COUNT];
    Node previous = null;
    short previousIndex = SlotMap.NONE;
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      Node node = nodes[slot];
      if (node != previous) {
        previous = node;
        previousIndex = node == null ? SlotMap.NONE : (short) index.applyAsInt(node);
      }
      result[slot] = previousIndex;
    }
    return result;
  }
}
