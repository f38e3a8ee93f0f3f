package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * {@link ScoredMember}s in the order of score and then member bytes: a B+ tree in arena memory that
 * counts, so that ranks are found as fast as scores. A flyweight: wrap it around a descriptor, then
 * use it.
 *
 * <pre>
 * descriptor (32 bytes)
 *   0  elements            8 bytes
 *   8  root                8 bytes
 *  16  levels, leaves too  4 bytes
 *  20  leaves              4 bytes
 *  24  inner nodes         4 bytes
 * </pre>
 *
 * <p><b>Why no skip list.</b> A leaf holds 30 scores side by side; a search in a million elements
 * reads five nodes where a skip list follows some forty pointers to as many cache lines. An element
 * costs 16 bytes in a leaf, 23 with the room that random insertions leave, and there is no tower of
 * pointers in it. Only equal scores make a search look at members.
 *
 * <p><b>Entries of inner nodes</b> tell of each child how many elements are in and below it, and
 * its least one. The latter is exact at any time, so a removed element is never compared with. A
 * descent takes the last child whose least element is not above what is looked for.
 *
 * <p><b>Everything is a rank.</b> Bounds by score or by member are turned into the number of
 * elements below them; ranges, counts, offsets and removals then all work with ranks.
 *
 * <p><b>Balance.</b> A full node is split in the middle, but where elements come in order, at the
 * ends of the tree or within it (equal scores, say, and growing members), leaves are left full:
 * each leaf knows whether it is in such a run. A node that is at most a third full is merged with a
 * neighbour if both fit into one; an empty one goes. So two neighbours together are more than half
 * full, or both more than a third.
 */
public final class CountedTree {
  static final int DESCRIPTOR_BYTES = 32;

  private static final int COUNT = 0;
  private static final int ROOT = 8;
  private static final int LEVELS = 16;
  private static final int LEAVES = 20;
  private static final int INNERS = 24;

  private Arena arena;
  private long at;

  /** The way to the leaf that is looked at or changed. */
  private final TreeDescent way = new TreeDescent();

  /** Where {@link #select} and {@link #next} stand. */
  private long leaf;

  private int place;

  /** A flyweight over no tree yet. */
  public CountedTree(Arena arena) {
    this.arena = arena;
  }

  /** Makes an empty tree and returns the address of its descriptor; the flyweight is not moved. */
  public static long create(Arena arena) {
    long descriptor = arena.allocate(DESCRIPTOR_BYTES);
    Memory.fill(descriptor, DESCRIPTOR_BYTES, 0);
    Memory.putLong(descriptor + ROOT, TreeNodes.create(arena, true));
    Memory.putInt(descriptor + LEVELS, 1);
    Memory.putInt(descriptor + LEAVES, 1);
    return descriptor;
  }

  /** Moves the flyweight to a descriptor. */
  public void wrap(long descriptor) {
    at = descriptor;
    leaf = 0;
  }

  /** Moves the flyweight to a descriptor in another arena. */
  public void wrap(Arena newArena, long descriptor) {
    arena = newArena;
    wrap(descriptor);
  }

  /** The descriptor the flyweight stands on. */
  public long descriptor() {
    return at;
  }

  /** How many elements there are. */
  public long size() {
    return Memory.getLong(at + COUNT);
  }

  /** Arena bytes of the tree itself, its elements apart. */
  public long bytes() {
    return Arena.capacity(DESCRIPTOR_BYTES)
        + (long) Memory.getInt(at + LEAVES) * TreeNodes.LEAF_BYTES
        + (long) Memory.getInt(at + INNERS) * TreeNodes.INNER_BYTES;
  }

  // Ranks

  /** How many elements are below a score, or not above it. */
  public long countBelow(double score, boolean orEqual) {
    return way.toScore(root(), levels(), score, orEqual);
  }

  /**
   * How many members are below some bytes, or not above them, in a tree whose scores are all equal;
   * else the number means nothing.
   */
  public long countBelow(long address, int length, boolean orEqual) {
    return way.toMember(root(), levels(), address, length, orEqual);
  }

  /** The rank of an element that is in the tree, 0 for the least. */
  public long rankOf(long element) {
    return seek(element);
  }

  // Changes

  /** Adds an element, which is not in the tree. */
  public void insert(long element) {
    seek(element);
    add(way.taken[0], element);
  }

  /** Adds an element that is above all others: what comes in order needs no search. */
  public void append(long element) {
    long node = way.toLast(root(), levels());
    add(TreeNodes.entries(node), element);
  }

  /** Adds an element that likely is below all others, or above them: then it needs no search. */
  public void insertAtEnd(long element) {
    if (size() > 0) {
      long node = way.toFirst(root(), levels());
      if (ScoredMember.isBelow(element, TreeNodes.element(node, true, 0))) {
        add(0, element);
        return;
      }
      node = way.toLast(root(), levels());
      int entries = TreeNodes.entries(node);
      if (ScoredMember.isBelow(TreeNodes.element(node, true, entries - 1), element)) {
        add(entries, element);
        return;
      }
    }
    insert(element);
  }

  /** Takes an element out, which is in the tree; it is not freed. */
  public void remove(long element) {
    seek(element);
    drop(1);
  }

  /** Gives an element of the tree another score, and its new place. */
  public void move(long element, double score) {
    seek(element);
    long node = way.nodes[0];
    int i = way.taken[0];
    if (i > 0
        && i + 1 < TreeNodes.entries(node)
        && TreeNodes.score(node, i - 1) < score
        && score < TreeNodes.score(node, i + 1)) {
      ScoredMember.score(element, score);
      TreeNodes.put(node, true, i, score, element);
      return;
    }
    drop(1);
    ScoredMember.score(element, score);
    insert(element);
  }

  /**
   * Takes out {@code count} elements from a rank on, all of which are in the tree, and hands each
   * to the visitor, which may free it.
   */
  public void removeRange(long rank, long count, ScanTable.Visitor visitor) {
    long left = count;
    while (left > 0) {
      way.toRank(root(), levels(), rank);
      long node = way.nodes[0];
      int first = way.taken[0];
      int here = (int) Math.min(left, TreeNodes.entries(node) - first);
      for (int i = 0; i < here; i++) {
        visitor.visit(TreeNodes.element(node, true, first + i));
      }
      drop(here);
      left -= here;
    }
  }

  /**
   * Takes the tree apart without looking at its elements, which may be gone already: frees up to
   * {@code nodes} nodes. It can no longer be used for anything else.
   *
   * @return whether nothing is left, the descriptor included
   */
  public boolean drain(int nodes) {
    for (int i = 0; i < nodes; i++) {
      long parent = 0;
      long node = root();
      int level = levels() - 1;
      while (level > 0 && TreeNodes.entries(node) > 0) {
        parent = node;
        node = TreeNodes.child(node, TreeNodes.entries(node) - 1);
        level--;
      }
      TreeNodes.free(arena, node, level == 0);
      if (parent == 0) {
        arena.free(at, DESCRIPTOR_BYTES);
        at = 0;
        return true;
      }
      TreeNodes.entries(parent, TreeNodes.entries(parent) - 1);
    }
    return false;
  }

  // The place

  /** Stands on the element of a rank, 0 or more and below {@link #size}, and returns it. */
  public long select(long rank) {
    way.toRank(root(), levels(), rank);
    leaf = way.nodes[0];
    place = way.taken[0];
    return element();
  }

  /** Goes to the next element and returns it; 0 at the end. */
  public long next() {
    if (++place == TreeNodes.entries(leaf)) {
      leaf = TreeNodes.next(leaf);
      place = 0;
      if (leaf == 0) {
        return 0;
      }
    }
    return element();
  }

  /** Goes to the element before and returns it; 0 at the beginning. */
  public long previous() {
    if (--place < 0) {
      leaf = TreeNodes.previous(leaf);
      if (leaf == 0) {
        return 0;
      }
      place = TreeNodes.entries(leaf) - 1;
    }
    return element();
  }

  private long element() {
    return TreeNodes.element(leaf, true, place);
  }

  /** The score of the element stood on. */
  public double score() {
    return TreeNodes.score(leaf, place);
  }

  // Descents

  long root() {
    return Memory.getLong(at + ROOT);
  }

  int levels() {
    return Memory.getInt(at + LEVELS);
  }

  /** Goes to where an element is or would be; returns how many are below it. */
  private long seek(long element) {
    return way.toElement(root(), levels(), element);
  }

  // Growing

  /** Puts an element into the leaf of the last descent, before entry {@code i}. */
  private void add(int i, long element) {
    Memory.putLong(at + COUNT, size() + 1);
    long node = way.nodes[0];
    int target = i;
    long added = 0;
    if (TreeNodes.entries(node) == TreeNodes.LEAF_CAPACITY) {
      if (i == TreeNodes.LEAF_CAPACITY && !TreeNodes.isRun(node, i) && stepToRoomyNeighbour()) {
        node = way.nodes[0];
        target = 0;
      } else {
        added = split(0, i);
        if (i > TreeNodes.entries(node) || TreeNodes.entries(added) == 0) {
          target -= TreeNodes.entries(node);
          node = added;
        }
      }
    }
    TreeNodes.open(node, true, target);
    TreeNodes.put(node, true, target, ScoredMember.score(element), element);
    TreeNodes.noteAdded(node, target);
    grown(added);
  }

  /** Goes on to the next leaf under the same node, if it has room; then {@code true}. */
  private boolean stepToRoomyNeighbour() {
    long parent = way.nodes[1];
    int next = way.taken[1] + 1;
    if (levels() == 1 || next == TreeNodes.entries(parent)) {
      return false;
    }
    long neighbour = TreeNodes.child(parent, next);
    if (TreeNodes.entries(neighbour) == TreeNodes.LEAF_CAPACITY) {
      return false;
    }
    way.taken[1] = next;
    way.nodes[0] = neighbour;
    return true;
  }

  /** Tells the levels above that a leaf has one more element, and perhaps a new neighbour. */
  private void grown(long newLeaf) {
    long added = newLeaf;
    int levels = levels();
    for (int level = 1; level < levels; level++) {
      long node = way.nodes[level];
      int i = way.taken[level];
      boolean overLeaf = level == 1;
      if (added == 0) {
        TreeNodes.count(node, i, TreeNodes.count(node, i) + 1);
      } else {
        TreeNodes.count(node, i, TreeNodes.total(way.nodes[level - 1], overLeaf));
      }
      takeLeast(node, i, way.nodes[level - 1], overLeaf);
      if (added == 0) {
        continue;
      }
      long child = added;
      added = 0;
      int target = i + 1;
      if (TreeNodes.entries(node) == TreeNodes.INNER_CAPACITY) {
        added = split(level, target);
        if (target > TreeNodes.entries(node) || TreeNodes.entries(added) == 0) {
          target -= TreeNodes.entries(node);
          node = added;
        }
      }
      TreeNodes.open(node, false, target);
      putChild(node, target, child, overLeaf);
    }
    if (added != 0) {
      growRoot(added, levels);
    }
  }

  private void growRoot(long right, int levels) {
    long root = createNode(false);
    boolean overLeaf = levels == 1;
    TreeNodes.entries(root, 2);
    putChild(root, 0, root(), overLeaf);
    putChild(root, 1, right, overLeaf);
    Memory.putLong(at + ROOT, root);
    Memory.putInt(at + LEVELS, levels + 1);
  }

  /**
   * Splits the full node of a level on the way, at whose entry {@code i} something shall be put;
   * returns the new node, which is right of it. One of them may be empty.
   */
  private long split(int level, int i) {
    long node = way.nodes[level];
    boolean isLeaf = level == 0;
    int capacity = TreeNodes.capacity(isLeaf);
    int keep = capacity / 2;
    if (i == capacity && way.atEnd(level, levels())) {
      keep = capacity;
    } else if (isLeaf && TreeNodes.isRun(node, i)) {
      keep = i;
    } else if (i == (isLeaf ? 0 : 1) && way.atStart(level, levels())) {
      keep = i;
    }
    long right = createNode(isLeaf);
    TreeNodes.split(node, isLeaf, keep, right);
    if (isLeaf) {
      TreeNodes.link(right, TreeNodes.next(node));
      TreeNodes.link(node, right);
    }
    return right;
  }

  private long createNode(boolean isLeaf) {
    count(isLeaf, 1);
    return TreeNodes.create(arena, isLeaf);
  }

  private void freeNode(long node, boolean isLeaf) {
    count(isLeaf, -1);
    TreeNodes.free(arena, node, isLeaf);
  }

  private void count(boolean isLeaf, int change) {
    long field = at + (isLeaf ? LEAVES : INNERS);
    Memory.putInt(field, Memory.getInt(field) + change);
  }

  private static void putChild(long node, int i, long child, boolean overLeaf) {
    TreeNodes.child(node, i, child);
    TreeNodes.count(node, i, TreeNodes.total(child, overLeaf));
    takeLeast(node, i, child, overLeaf);
  }

  private static void takeLeast(long node, int i, long child, boolean overLeaf) {
    TreeNodes.put(node, false, i, TreeNodes.score(child, 0), TreeNodes.element(child, overLeaf, 0));
  }

  // Shrinking

  /** Drops some entries of the leaf of the last descent, from the one it took on. */
  private void drop(int dropped) {
    leaf = 0;
    Memory.putLong(at + COUNT, size() - dropped);
    TreeNodes.close(way.nodes[0], true, way.taken[0], dropped);
    int levels = levels();
    for (int level = 1; level < levels; level++) {
      long node = way.nodes[level];
      long child = way.nodes[level - 1];
      int i = way.taken[level];
      boolean overLeaf = level == 1;
      int entries = TreeNodes.entries(child);
      if (entries == 0) {
        dropChild(node, i, child, overLeaf);
        continue;
      }
      TreeNodes.count(node, i, TreeNodes.count(node, i) - dropped);
      takeLeast(node, i, child, overLeaf);
      if (entries <= TreeNodes.capacity(overLeaf) / 3) {
        int pairs = TreeNodes.entries(node) - 1;
        if (i == pairs || !join(node, i, overLeaf)) {
          boolean _ = i > 0 && join(node, i - 1, overLeaf);
        }
      }
    }
    shrinkRoot(levels);
  }

  /** Joins a child with the one after it, if they fit into one. */
  private boolean join(long node, int i, boolean overLeaf) {
    long left = TreeNodes.child(node, i);
    long right = TreeNodes.child(node, i + 1);
    if (TreeNodes.entries(left) + TreeNodes.entries(right) > TreeNodes.capacity(overLeaf)) {
      return false;
    }
    TreeNodes.merge(left, overLeaf, right);
    TreeNodes.count(node, i, TreeNodes.count(node, i) + TreeNodes.count(node, i + 1));
    dropChild(node, i + 1, right, overLeaf);
    return true;
  }

  private void dropChild(long node, int i, long child, boolean overLeaf) {
    if (overLeaf) {
      TreeNodes.link(TreeNodes.previous(child), TreeNodes.next(child));
    }
    freeNode(child, overLeaf);
    TreeNodes.close(node, false, i, 1);
  }

  /** A root with one child only gives its place to it. */
  private void shrinkRoot(int levels) {
    int left = levels;
    long root = root();
    while (left > 1 && TreeNodes.entries(root) == 1) {
      long only = TreeNodes.child(root, 0);
      freeNode(root, false);
      root = only;
      left--;
    }
    Memory.putLong(at + ROOT, root);
    Memory.putInt(at + LEVELS, left);
  }
}
