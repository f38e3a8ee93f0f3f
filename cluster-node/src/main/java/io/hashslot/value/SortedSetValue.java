package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.CountedTree;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.MemberBlock;
import io.hashslot.structure.MemberTable;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.ScoredListpack;
import io.hashslot.structure.ScoredMember;
import io.hashslot.structure.Slice;
import io.hashslot.structure.SortedSetLoad;

/**
 * A sorted set: members, each with a score, in the order of score and then of bytes. Scores are
 * never NaN.
 *
 * <p>In compact form the cell is a {@link ScoredListpack}. In full form, which clients know as
 * {@code skiplist}, each element is a {@link ScoredMember} that stands in two indexes: a {@link
 * MemberTable} to find members and a {@link CountedTree} for order and ranks. The record:
 *
 * <pre>
 *  0  descriptor of the table   8 bytes; 0: already freed
 *  8  descriptor of the tree    8 bytes
 * </pre>
 *
 * <p>The value <i>stands</i> on one element: the one last found, selected or added. {@link #member}
 * and {@link #score} tell about it until the next change.
 */
public final class SortedSetValue extends CollectionValue {
  private static final int COMPACT = 0;
  private static final int FULL = 1;
  private static final int TABLE = 0;
  private static final int TREE = 8;
  private static final int RECORD_BYTES = 16;

  /** Elements that are measured exactly, or of larger sets as a sample. */
  private static final int SAMPLE = 64;

  /** Nodes of a tree that are freed in place of so many elements. */
  private static final int ELEMENTS_PER_NODE = 16;

  /** Whoever makes a flyweight wraps it before use; these are for when it has full form. */
  private static final Arena NONE = new Arena();

  private final ScoredListpack compact = new ScoredListpack();
  private final MemberTable table = new MemberTable(NONE);
  private final CountedTree tree = new CountedTree(NONE);
  private final Slice member = new Slice();
  private final ScanTable.Visitor dropped = this::dropElement;
  private boolean opened;

  /** The element stood on: a block, or the place of its member in the listpack. */
  private long current;

  @Override
  public Kind kind() {
    return Kind.SORTED_SET;
  }

  @Override
  public String encodingName() {
    return isFull() ? "skiplist" : "listpack";
  }

  @Override
  protected void wrapped() {
    opened = false;
  }

  @Override
  public void init() {
    Listpack.create(cell());
    cell().encoding(COMPACT);
  }

  static boolean isFull(int encoding) {
    return encoding == FULL;
  }

  /** Whether the set has its full form. */
  public boolean isFull() {
    return cell().encoding() == FULL;
  }

  /** {@link #isFull}, with the indexes at hand if so. */
  private boolean full() {
    Cell cell = cell();
    if (cell.encoding() != FULL) {
      return false;
    }
    if (!opened) {
      long root = cell.address();
      table.wrap(cell.arena(), cell.hashSeed(), Memory.getLong(root + TABLE));
      table.tell(frozenTable());
      tree.wrap(cell.arena(), Memory.getLong(root + TREE));
      opened = true;
    }
    return true;
  }

  @Override
  public long size() {
    return full() ? tree.size() : ScoredListpack.size(cell().address());
  }

  // The element stood on

  /** The member stood on, until this value is used again. */
  public Slice member() {
    return full()
        ? member.wrap(MemberBlock.address(current), MemberBlock.length(current))
        : Listpack.get(current, member);
  }

  /** The score of the element stood on. */
  public double score() {
    return full() ? ScoredMember.score(current) : ScoredListpack.score(current);
  }

  /** Stands on the element with a member and returns its score; NaN if it is not there. */
  public double find(long address, int length) {
    if (full()) {
      current = table.find(address, length);
      return current == 0 ? Double.NaN : ScoredMember.score(current);
    }
    current = ScoredListpack.find(cell().address(), address, length);
    return current == 0 ? Double.NaN : ScoredListpack.score(current);
  }

  /** The rank of the element stood on, counted from the least one, which has 0. */
  public long rank() {
    return full() ? tree.rankOf(current) : ScoredListpack.rank(cell().address(), current);
  }

  /** Stands on the element of a rank, which is below {@link #size}. */
  public void select(long rank) {
    current = full() ? tree.select(rank) : Listpack.seek(cell().address(), (int) rank * 2);
  }

  /** Goes to the next element of those selected; false if that was the last one. */
  public boolean next() {
    current = full() ? tree.next() : ScoredListpack.next(current);
    return current != 0;
  }

  /** Goes to the element before; false if there is none. */
  public boolean previous() {
    current = full() ? tree.previous() : ScoredListpack.previous(cell().address(), current);
    return current != 0;
  }

  // Bounds

  /** How many elements are below a score, or not above it. */
  public long countBelow(double score, boolean orEqual) {
    return full()
        ? tree.countBelow(score, orEqual)
        : ScoredListpack.countBelow(cell().address(), score, orEqual);
  }

  /**
   * How many members are below some bytes, or not above them. Has a meaning only if all scores are
   * equal.
   */
  public long countBelow(long address, int length, boolean orEqual) {
    return full()
        ? tree.countBelow(address, length, orEqual)
        : compact.countBelow(cell().address(), address, length, orEqual);
  }

  /**
   * Shows elements in no order, at least one place of the table at a time.
   *
   * @param cursor 0 to begin, then what the last call returned
   * @param shown is run for each, while the value stands on it; must not change the value
   * @return the next cursor, 0 when all have been seen
   */
  public long scan(long cursor, Runnable shown) {
    if (full()) {
      return table.scan(
          cursor,
          element -> {
            current = element;
            shown.run();
          });
    }
    for (current = Listpack.first(cell().address());
        current != 0;
        current = ScoredListpack.next(current)) {
      shown.run();
    }
    return 0;
  }

  // Changes

  /**
   * Says what is about to come, so that a set that is too small for it takes its full form at once.
   *
   * @param elements how many are to be added, or changed
   * @param longestMember the length of the longest of them
   */
  public void expect(long elements, int longestMember) {
    EncodingLimits limits = cell().limits();
    if (!isFull()
        && (elements > limits.zsetMaxListpackEntries
            || longestMember > limits.zsetMaxListpackValue)) {
      toFull(0);
    }
  }

  /**
   * Begins to fill an empty sorted set with so many members, in full form. Nothing else may be done
   * with it until that is over.
   */
  public SortedSetLoad load(long members) {
    toFull(members);
    Cell cell = cell();
    return new SortedSetLoad(cell.arena(), cell.hashSeed(), table.descriptor(), tree.descriptor());
  }

  /** Adds a member that {@link #find} has just missed, and stands on it. */
  public void add(double score, long address, int length) {
    if (!isFull()) {
      if (fits(length)) {
        current = compact.insert(cell(), score, address, length);
        return;
      }
      toFull(0);
      long _ = table.find(address, length);
    }
    current = ScoredMember.create(cell().arena(), score, address, length);
    table.insert(current);
    tree.insert(current);
  }

  private boolean fits(int memberLength) {
    EncodingLimits limits = cell().limits();
    long listpack = cell().address();
    return ScoredListpack.size(listpack) < limits.zsetMaxListpackEntries
        && memberLength <= limits.zsetMaxListpackValue
        && Listpack.fits(listpack, memberLength + 64L);
  }

  /** Adds an element that is behind all others; its member is not there yet. */
  public void append(double score, long address, int length) {
    if (!isFull() && fits(length)) {
      current = compact.append(cell(), score, address, length);
      return;
    }
    if (!isFull()) {
      toFull(0);
    }
    boolean _ = full();
    append(cell().arena(), score, address, length);
  }

  /** Gives the member that {@link #find} has just found another score. */
  public void move(double score, long address, int length) {
    if (full()) {
      table.changingBlock(current);
      tree.move(current, score);
    } else {
      compact.move(cell(), current, score, address, length);
    }
  }

  /** Gives a member a score, whether it is there or not. */
  public void put(double score, long address, int length) {
    if (Double.isNaN(find(address, length))) {
      add(score, address, length);
    } else {
      move(score, address, length);
    }
  }

  /** Removes a member; false if it is not there. */
  public boolean remove(long address, int length) {
    if (!full()) {
      long p = ScoredListpack.find(cell().address(), address, length);
      if (p == 0) {
        return false;
      }
      Listpack.deleteRange(cell(), p, 2);
      return true;
    }
    long element = table.find(address, length);
    if (element == 0) {
      return false;
    }
    table.changingBlock(element);
    table.remove();
    tree.remove(element);
    ScoredMember.free(cell().arena(), element);
    return true;
  }

  /** Removes {@code count} elements from a rank on, all of which are there. */
  public void removeRange(long rank, long count) {
    if (full()) {
      tree.removeRange(rank, count, dropped);
    } else if (count > 0) {
      long p = Listpack.seek(cell().address(), (int) rank * 2);
      Listpack.deleteRange(cell(), p, (int) count * 2);
    }
  }

  private void dropElement(long element) {
    long _ = table.find(MemberBlock.address(element), MemberBlock.length(element));
    table.changingBlock(element);
    table.remove();
    ScoredMember.free(cell().arena(), element);
  }

  // Forms

  /** Takes the full form, with room for so many members more. */
  private void toFull(long more) {
    Cell cell = cell();
    Arena arena = cell.arena();
    makeIndexes(cell, ScoredListpack.size(cell.address()) + more);
    for (long p = Listpack.first(cell.address()); p != 0; p = ScoredListpack.next(p)) {
      Listpack.get(p, member);
      append(arena, ScoredListpack.score(p), member.address(), member.length());
    }
    becomeFull(cell);
    current = 0;
  }

  private void makeIndexes(Cell cell, long members) {
    long empty = ScanTable.createFor(members, cell.arena());
    table.wrap(cell.arena(), cell.hashSeed(), empty);
    tree.wrap(cell.arena(), CountedTree.create(cell.arena()));
  }

  private void append(Arena arena, double score, long address, int length) {
    long _ = table.find(address, length);
    long element = ScoredMember.create(arena, score, address, length);
    table.insert(element);
    tree.append(element);
  }

  private void becomeFull(Cell cell) {
    long root = cell.resize(RECORD_BYTES);
    Memory.putLong(root + TABLE, table.descriptor());
    Memory.putLong(root + TREE, tree.descriptor());
    cell.encoding(FULL);
    opened = true;
  }

  /** Takes the compact form if the set is small enough for it. Only results do: not what grows. */
  public void compactIfSmall() {
    if (!full() || !isSmall()) {
      return;
    }
    Cell cell = cell();
    Listpack.create(cell);
    for (long e = tree.size() == 0 ? 0 : tree.select(0); e != 0; e = tree.next()) {
      long _ = compact.append(cell, tree.score(), MemberBlock.address(e), MemberBlock.length(e));
      ScoredMember.free(cell.arena(), e);
    }
    cell.encoding(COMPACT);
    table.destroy();
    boolean _ = tree.drain(Integer.MAX_VALUE);
    opened = false;
    current = 0;
  }

  private boolean isSmall() {
    EncodingLimits limits = cell().limits();
    if (tree.size() > limits.zsetMaxListpackEntries) {
      return false;
    }
    long bytes = 0;
    for (long e = tree.size() == 0 ? 0 : tree.select(0); e != 0; e = tree.next()) {
      if (MemberBlock.length(e) > limits.zsetMaxListpackValue) {
        return false;
      }
      bytes += MemberBlock.length(e) + 64L;
    }
    return bytes <= Listpack.MAX_BYTES;
  }

  @Override
  public void copyTo(CollectionValue target) {
    SortedSetValue copy = (SortedSetValue) target;
    Cell to = copy.cell();
    if (!full()) {
      int length = cell().length();
      Memory.copy(cell().address(), to.resize(length), length);
      return;
    }
    copy.makeIndexes(to, tree.size());
    if (tree.size() > 0) {
      for (long e = tree.select(0); e != 0; e = tree.next()) {
        copy.append(to.arena(), tree.score(), MemberBlock.address(e), MemberBlock.length(e));
      }
    }
    copy.becomeFull(to);
  }

  /**
   * Takes the bytes of a listpack, which is valid and in order, as the compact form, or what is in
   * it as the full form if it is too large by now. The value is empty.
   *
   * @param address outside of the cell
   */
  public void load(long address, int length) {
    Memory.copy(address, cell().resize(length), length);
    EncodingLimits limits = cell().limits();
    long longest = 0;
    for (long p = Listpack.first(address); p != 0; p = ScoredListpack.next(p)) {
      longest = Math.max(longest, Listpack.length(p));
    }
    if (ScoredListpack.size(address) > limits.zsetMaxListpackEntries
        || longest > limits.zsetMaxListpackValue) {
      toFull(0);
    }
  }

  // Memory

  @Override
  public long ownedBytes() {
    if (!full()) {
      return 0;
    }
    long size = tree.size();
    long sampled = Math.min(size, SAMPLE);
    long bytes = 0;
    for (long i = 0; i < sampled; i++) {
      bytes += ScoredMember.bytes(tree.select(i * size / sampled));
    }
    return table.bytes() + tree.bytes() + (sampled == 0 ? 0 : bytes * size / sampled);
  }

  /** The descriptor of the members' table; see {@link CollectionValue#table}. */
  static long table(int encoding, long root) {
    return encoding == FULL ? Memory.getLong(root + TABLE) : 0;
  }

  /** Frees what a value of this kind owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    if (encoding == COMPACT) {
      return true;
    }
    int left = budget;
    long descriptor = Memory.getLong(root + TABLE);
    if (descriptor != 0) {
      MemberTable table = new MemberTable(arena);
      table.wrap(descriptor);
      long before = table.size();
      Freed freed = new Freed(arena);
      while (table.drain(freed)) {
        if (freed.elements >= left) {
          return false;
        }
      }
      Memory.putLong(root + TABLE, 0);
      left -= (int) Math.min(left, before);
    }
    CountedTree tree = new CountedTree(arena);
    tree.wrap(Memory.getLong(root + TREE));
    return tree.drain(Math.max(1, left / ELEMENTS_PER_NODE));
  }

  /** Frees elements and counts them. */
  private static final class Freed implements ScanTable.Visitor {
    private final Arena arena;
    private int elements;

    Freed(Arena arena) {
      this.arena = arena;
    }

    @Override
    public void visit(long element) {
      ScoredMember.free(arena, element);
      elements++;
    }
  }
}
