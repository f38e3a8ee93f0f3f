package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * An ordered tree of fixed-size records in arena memory: a B+ tree that keeps its records packed. A
 * flyweight: wrap it around a descriptor, seek, then read, insert or remove where it stands.
 *
 * <pre>
 * descriptor (24 bytes)              node                                record
 *   0  root node, 0 if empty           0  records in use   2 bytes         leaf:   key | payload
 *   8  records in all                  2  level, 0 = leaf  2 bytes         above:  key | child, 8 bytes
 *  16  bytes of all nodes              4  bytes of block   4 bytes
 *                                      8  records
 * </pre>
 *
 * <p><b>Keys</b> are what the subclass says, of a fixed size: a number, or the address of a block
 * that has the real key. In an inner node the key of a child is exactly the least key below it, at
 * all times: a key that is an address may therefore be freed as soon as its record is removed.
 *
 * <p><b>Filling.</b> Stream ids and delivery marks arrive in order, and whoever appends at the end
 * leaves full nodes behind: the last node is not split in halves, a new one is begun. A node that
 * loses records joins a neighbour as soon as both fit into one block, so two neighbours always hold
 * more than one block's worth. The root grows from 64 bytes to a full node by doubling, for most
 * trees hold a few records only.
 *
 * <p><b>Position.</b> The flyweight stands on one record, or nowhere, and remembers the way from
 * the root to it; so {@link #next} and {@link #previous} need no links between leaves, and nodes
 * carry none. A change leaves it nowhere: seek again.
 */
public abstract class RecordTree {
  /** Bytes of the descriptor, which stands in a block of the owner's. */
  public static final int DESCRIPTOR_BYTES = 24;

  private static final int SMALLEST_ROOT_BYTES = 64;

  /** More levels than any memory can fill: each holds dozens of times what the one below does. */
  private static final int MAX_LEVELS = 16;

  private static final int ROOT = 0;
  private static final int COUNT = 8;
  private static final int BYTES = 16;

  /** Before the first wrap; takes no memory. */
  private static final Arena NOWHERE = new Arena();

  private final int keyBytes;
  private final int leafRecordBytes;
  private final int innerRecordBytes;

  /** The way to the record the flyweight stands on: the leaf is at level 0. */
  private final long[] nodes = new long[MAX_LEVELS];

  private final int[] slots = new int[MAX_LEVELS];

  private Arena arena = NOWHERE;
  private long at;
  private int height;

  /**
   * @param keyBytes bytes of a key, a multiple of 8
   * @param payloadBytes bytes that a record has beside its key, a multiple of 8
   */
  protected RecordTree(int keyBytes, int payloadBytes) {
    this.keyBytes = keyBytes;
    leafRecordBytes = keyBytes + payloadBytes;
    innerRecordBytes = keyBytes + Long.BYTES;
  }

  /** Compares what is sought with a key: negative if what is sought comes first. */
  protected abstract int compareSought(long key);

  /** Writes what is sought as a key. */
  protected abstract void writeSought(long key);

  // The tree

  /** Makes an empty tree of a descriptor. */
  public static void create(long descriptor) {
    Memory.fill(descriptor, DESCRIPTOR_BYTES, 0);
  }

  /** Moves the flyweight to the tree of a descriptor in an arena; it stands nowhere. */
  public final void wrap(Arena newArena, long descriptor) {
    arena = newArena;
    at = descriptor;
    height = 0;
  }

  /** How many records the tree of a descriptor has. */
  public static long size(long descriptor) {
    return Memory.getLong(descriptor + COUNT);
  }

  /** How many records the tree has. */
  public final long size() {
    return size(at);
  }

  /** Arena bytes of the tree of a descriptor, without the descriptor and what records point to. */
  public static long bytes(long descriptor) {
    return Memory.getLong(descriptor + BYTES);
  }

  /** How many nodes the tree has: all but the root are full blocks. */
  public final long nodes() {
    return (bytes(at) + RecordNode.BYTES - 1) / RecordNode.BYTES;
  }

  // Position

  /** Goes to the first record; false if there is none. */
  public final boolean first() {
    return descend(true);
  }

  /** Goes to the last record; false if there is none. */
  public final boolean last() {
    return descend(false);
  }

  private boolean descend(boolean toFirst) {
    height = 0;
    long node = Memory.getLong(at + ROOT);
    if (node == 0) {
      return false;
    }
    int top = RecordNode.level(node);
    for (int level = top; ; level--) {
      int slot = toFirst ? 0 : RecordNode.used(node) - 1;
      nodes[level] = node;
      slots[level] = slot;
      if (level == 0) {
        height = top + 1;
        return true;
      }
      node = child(node, slot);
    }
  }

  /** Goes to the next record; false if there is none, then the flyweight stands nowhere. */
  public final boolean next() {
    for (int level = 0; level < height; level++) {
      if (slots[level] + 1 < RecordNode.used(nodes[level])) {
        slots[level]++;
        for (; level > 0; level--) {
          nodes[level - 1] = child(nodes[level], slots[level]);
          slots[level - 1] = 0;
        }
        return true;
      }
    }
    height = 0;
    return false;
  }

  /** Goes to the record before; false if there is none, then the flyweight stands nowhere. */
  public final boolean previous() {
    for (int level = 0; level < height; level++) {
      if (slots[level] > 0) {
        slots[level]--;
        for (; level > 0; level--) {
          long node = child(nodes[level], slots[level]);
          nodes[level - 1] = node;
          slots[level - 1] = RecordNode.used(node) - 1;
        }
        return true;
      }
    }
    height = 0;
    return false;
  }

  /** The record the flyweight stands on: its key, and the payload behind it. */
  public final long record() {
    return record(nodes[0], slots[0]);
  }

  /** Goes to the record with the key that is sought; false if there is none. */
  protected final boolean seekSought() {
    boolean found = toFloor() && compareSought(record()) == 0;
    height = found ? height : 0;
    return found;
  }

  /** Goes to the first record whose key is what is sought, or greater; false if there is none. */
  protected final boolean seekSoughtOrAbove() {
    if (!toFloor()) {
      return first();
    }
    return compareSought(record()) == 0 || next();
  }

  /** Goes to the last record whose key is what is sought, or less; false if there is none. */
  protected final boolean seekSoughtOrBelow() {
    return toFloor();
  }

  /** Goes to the last record that is not greater; if there is none, leaves the way to slot 0. */
  private boolean toFloor() {
    height = 0;
    long node = Memory.getLong(at + ROOT);
    if (node == 0) {
      return false;
    }
    int top = RecordNode.level(node);
    for (int level = top; level > 0; level--) {
      int slot = Math.max(0, floor(node, innerRecordBytes));
      nodes[level] = node;
      slots[level] = slot;
      node = child(node, slot);
    }
    nodes[0] = node;
    slots[0] = floor(node, leafRecordBytes);
    if (slots[0] < 0) {
      return false;
    }
    height = top + 1;
    return true;
  }

  /** The last slot of a node whose key is not greater than what is sought, or -1. */
  private int floor(long node, int recordBytes) {
    int low = 0;
    int high = RecordNode.used(node) - 1;
    // Trees that grow at the end are mostly searched there, too.
    if (high < 0
        || compareSought(node + RecordNode.HEADER_BYTES + (long) high * recordBytes) >= 0) {
      return high;
    }
    high--;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (compareSought(node + RecordNode.HEADER_BYTES + (long) middle * recordBytes) < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return high;
  }

  // Changes

  /**
   * Adds a record with the key that is sought, which must not be there yet. The flyweight stands on
   * it until the next change.
   *
   * @return the record; its payload is undefined
   */
  protected final long insertSought() {
    long root = Memory.getLong(at + ROOT);
    if (root == 0) {
      root = take(SMALLEST_ROOT_BYTES, 0);
      Memory.putLong(at + ROOT, root);
    }
    toFloor();
    height = RecordNode.level(root) + 1;
    slots[0]++;
    makeRoom(0);
    long record = record(nodes[0], slots[0]);
    writeSought(record);
    keyChanged(0, record);
    Memory.putLong(at + COUNT, size() + 1);
    return record;
  }

  /** Opens a gap of one record at the way's slot of a level; the way may lead elsewhere then. */
  private void makeRoom(int level) {
    long node = nodes[level];
    int recordBytes = recordBytes(level);
    int used = RecordNode.used(node);
    if (RecordNode.HEADER_BYTES + (used + 1) * recordBytes > RecordNode.block(node)) {
      if (RecordNode.block(node) < RecordNode.BYTES) {
        resizeRoot(
            Math.max(
                RecordNode.block(node) * 2,
                rootBytes(RecordNode.HEADER_BYTES + (used + 1) * recordBytes)));
      } else {
        split(level);
      }
      node = nodes[level];
      used = RecordNode.used(node);
    }
    long record = node + RecordNode.HEADER_BYTES + (long) slots[level] * recordBytes;
    Memory.copy(record, record + recordBytes, (long) (used - slots[level]) * recordBytes);
    RecordNode.putUsed(node, used + 1);
  }

  /** Only the root is ever smaller than a full node. */
  private void resizeRoot(int bytes) {
    long node = Memory.getLong(at + ROOT);
    int level = RecordNode.level(node);
    int used = RecordNode.used(node);
    long moved = take(bytes, level);
    Memory.copy(
        node + RecordNode.HEADER_BYTES,
        moved + RecordNode.HEADER_BYTES,
        (long) used * recordBytes(level));
    RecordNode.putUsed(moved, used);
    release(node);
    Memory.putLong(at + ROOT, moved);
    nodes[level] = moved;
  }

  /** Splits the way's node of a level in two; the way leads to the half with the slot. */
  private void split(int level) {
    if (level + 1 == height) {
      addRoot();
    }
    long left = nodes[level];
    int recordBytes = recordBytes(level);
    int used = RecordNode.used(left);
    int slot = slots[level];
    boolean appending = slot == used && isLastOfLevel(level);
    int stay = appending ? used : used / 2;
    long right = take(RecordNode.BYTES, level);
    Memory.copy(
        left + RecordNode.HEADER_BYTES + (long) stay * recordBytes,
        right + RecordNode.HEADER_BYTES,
        (long) (used - stay) * recordBytes);
    RecordNode.putUsed(left, stay);
    RecordNode.putUsed(right, used - stay);
    boolean toRight = appending || slot > stay;
    slots[level + 1]++;
    makeRoom(level + 1);
    long entry = record(level + 1, nodes[level + 1], slots[level + 1]);
    Memory.putLong(entry + keyBytes, right);
    if (!appending) {
      Memory.copy(right + RecordNode.HEADER_BYTES, entry, keyBytes);
      keyChanged(level + 1, entry);
    }
    if (toRight) {
      nodes[level] = right;
      slots[level] = slot - stay;
    } else {
      backToLeft(level + 1);
    }
  }

  /** Puts a new root over the old one. */
  private void addRoot() {
    long old = Memory.getLong(at + ROOT);
    int level = RecordNode.level(old) + 1;
    long root = take(RecordNode.BYTES, level);
    RecordNode.putUsed(root, 1);
    Memory.copy(old + RecordNode.HEADER_BYTES, root + RecordNode.HEADER_BYTES, keyBytes);
    Memory.putLong(root + RecordNode.HEADER_BYTES + keyBytes, old);
    Memory.putLong(at + ROOT, root);
    nodes[level] = root;
    slots[level] = 0;
    height++;
  }

  private boolean isLastOfLevel(int level) {
    for (int above = level + 1; above < height; above++) {
      if (slots[above] + 1 < RecordNode.used(nodes[above])) {
        return false;
      }
    }
    return true;
  }

  /** The way leads to a child just inserted; makes it lead to the one before. */
  private void backToLeft(int level) {
    if (slots[level] > 0) {
      slots[level]--;
      return;
    }
    // The split of this level put the new child first on the right half.
    backToLeft(level + 1);
    nodes[level] = child(nodes[level + 1], slots[level + 1]);
    slots[level] = RecordNode.used(nodes[level]) - 1;
  }

  /** The key of the way's slot of a level changed: whoever says it is the least must say so. */
  private void keyChanged(int level, long record) {
    for (int l = level; slots[l] == 0 && l + 1 < height; l++) {
      Memory.copy(record, record(l + 1, nodes[l + 1], slots[l + 1]), keyBytes);
    }
  }

  /** Removes the record the flyweight stands on, which stands nowhere then. */
  public final void remove() {
    removeSlot(0);
    Memory.putLong(at + COUNT, size() - 1);
    height = 0;
  }

  private void removeSlot(int level) {
    long node = nodes[level];
    int recordBytes = recordBytes(level);
    int left = RecordNode.used(node) - 1;
    long record = record(level, node, slots[level]);
    Memory.copy(record + recordBytes, record, (long) (left - slots[level]) * recordBytes);
    RecordNode.putUsed(node, left);
    if (level + 1 == height) {
      shrinkRoot(node, level, left);
    } else if (left == 0) {
      release(node);
      removeSlot(level + 1);
    } else {
      if (slots[level] == 0) {
        keyChanged(level, record);
      }
      if (RecordNode.HEADER_BYTES + left * recordBytes <= RecordNode.BYTES / 2) {
        join(level, left);
      }
    }
  }

  private void shrinkRoot(long root, int level, int left) {
    if (left == 0) {
      release(root);
      Memory.putLong(at + ROOT, 0);
    } else if (level > 0 && left == 1) {
      Memory.putLong(at + ROOT, child(root, 0));
      release(root);
      long below = Memory.getLong(at + ROOT);
      height--;
      shrinkRoot(below, level - 1, RecordNode.used(below));
    } else if (RecordNode.HEADER_BYTES + left * recordBytes(level) <= RecordNode.block(root) / 4) {
      int bytes = rootBytes(RecordNode.HEADER_BYTES + left * recordBytes(level));
      if (bytes < RecordNode.block(root)) {
        resizeRoot(bytes);
      }
    }
  }

  private static int rootBytes(int needed) {
    return Math.max(SMALLEST_ROOT_BYTES, Integer.highestOneBit(needed - 1) << 1);
  }

  /** Joins the way's node of a level with a neighbour, if both fit into one. */
  private void join(int level, int used) {
    long parent = nodes[level + 1];
    int slot = slots[level + 1];
    int recordBytes = recordBytes(level);
    int most = (RecordNode.BYTES - RecordNode.HEADER_BYTES) / recordBytes;
    long node = nodes[level];
    if (slot > 0 && RecordNode.used(child(parent, slot - 1)) + used <= most) {
      append(child(parent, slot - 1), node, recordBytes);
    } else if (slot + 1 < RecordNode.used(parent)
        && used + RecordNode.used(child(parent, slot + 1)) <= most) {
      long right = child(parent, slot + 1);
      append(node, right, recordBytes);
      slots[level + 1]++;
    } else {
      return;
    }
    removeSlot(level + 1);
  }

  /** Moves all records of a node behind those of the one before it, and gives it back. */
  private void append(long left, long right, int recordBytes) {
    int before = RecordNode.used(left);
    int moved = RecordNode.used(right);
    Memory.copy(
        right + RecordNode.HEADER_BYTES,
        left + RecordNode.HEADER_BYTES + (long) before * recordBytes,
        (long) moved * recordBytes);
    RecordNode.putUsed(left, before + moved);
    release(right);
  }

  // Nodes

  private long take(int bytes, int level) {
    long node = arena.allocate(bytes);
    RecordNode.write(node, level, bytes);
    Memory.putLong(at + BYTES, Memory.getLong(at + BYTES) + bytes);
    return node;
  }

  private void release(long node) {
    int bytes = RecordNode.block(node);
    Memory.putLong(at + BYTES, Memory.getLong(at + BYTES) - bytes);
    arena.free(node, bytes);
  }

  private int recordBytes(int level) {
    return level == 0 ? leafRecordBytes : innerRecordBytes;
  }

  private long record(long leaf, int slot) {
    return leaf + RecordNode.HEADER_BYTES + (long) slot * leafRecordBytes;
  }

  private long record(int level, long node, int slot) {
    return node + RecordNode.HEADER_BYTES + (long) slot * recordBytes(level);
  }

  private long child(long node, int slot) {
    return Memory.getLong(
        node + RecordNode.HEADER_BYTES + (long) slot * innerRecordBytes + keyBytes);
  }
}
