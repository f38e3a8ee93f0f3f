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

  private int openMarks;
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

  /** The owner's own frames claim the slot, or stopped to. */
  void markClaimed(int slot, boolean claimed) {
    if (claimed) notClaimed.remove(slot);
    else anyNotClaimed |= notClaimed.add(slot);
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
    if (marks[slot] != null) openMarks--;
    if (node != null) openMarks++;
    marks[slot] = node;
    version++;
  }

  /** Whether any slot is migrating or being imported. */
  boolean anyOpen() {
    return openMarks > 0;
  }

  /** Forgets all open slots. */
  void closeAll() {
    Arrays.fill(migratingTo, null);
    Arrays.fill(importingFrom, null);
    openMarks = 0;
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

  /** This table as indices, by {@code index} of a node. */
  SlotMap map(ToIntFunction<Node> index) {
    var owners = indices(owner, index);
    var to = indices(migratingTo, index);
    var from = indices(importingFrom, index);
    return new SlotMap(owners, to, from, anyOpen());
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
