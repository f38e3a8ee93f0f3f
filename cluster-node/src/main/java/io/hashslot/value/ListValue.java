package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.ChunkCursor;
import io.hashslot.structure.ChunkLimits;
import io.hashslot.structure.ChunkList;
import io.hashslot.structure.FrozenChunks;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.Needle;
import io.hashslot.structure.Slice;
import java.util.function.LongConsumer;

/**
 * A list: one {@link Listpack} as long as that is small, then a {@link ChunkList}, of whose record
 * the cell holds the address.
 *
 * <p><b>When the form changes</b> is told from outside, since clients see it (OBJECT ENCODING) and
 * the C servers do it at certain moments only (Valkey 8.0.1, checked against the running server):
 * {@link #expect} before anything is added or replaced, {@link #shrink} after elements were removed
 * or replaced, {@link #fit} after loading.
 *
 * <p>The flyweight has one place in the list, set by {@link #seek}. Pushes and removals at other
 * places make it void.
 */
public final class ListValue extends CollectionValue {
  private static final int COMPACT = 0;
  private static final int FULL = 1;
  private static final int ROOT_BYTES = Long.BYTES;

  private final ChunkList list = new ChunkList();
  private final ChunkCursor cursor = new ChunkCursor(list);
  private final Slice slice = new Slice();
  private final Needle needle = new Needle();
  private long place;

  @Override
  public Kind kind() {
    return Kind.LIST;
  }

  @Override
  public String encodingName() {
    return isFull() ? "quicklist" : "listpack";
  }

  @Override
  public void init() {
    cell().encoding(COMPACT);
    Listpack.create(cell());
  }

  @Override
  public long size() {
    return isFull() ? list().size() : Listpack.count(cell().address());
  }

  private boolean isFull() {
    return isFull(cell().encoding());
  }

  static boolean isFull(int encoding) {
    return encoding == FULL;
  }

  private ChunkList list() {
    Cell cell = cell();
    list.wrap(cell.arena(), Memory.getLong(cell.address()));
    return cell.frozen() instanceof FrozenList frozen ? list.tell(frozen.chunks()) : list;
  }

  // Forms

  /**
   * Hears what is about to be added, so that the list takes its full form if its compact one would
   * become too large.
   *
   * @param bytes of all the elements together
   */
  public void expect(long bytes, long elements) {
    if (!isFull()) {
      long listpack = cell().address();
      int limit = cell().limits().listMaxListpackSize;
      if (ChunkLimits.exceeds(
          limit, Listpack.totalBytes(listpack) + bytes, Listpack.count(listpack) + elements)) {
        expand();
      }
    }
  }

  /** Goes back to the compact form if the list would fill at most half of it. */
  public void shrink() {
    compactIf(true);
  }

  /** Takes the form that the list has if it is made as a whole. */
  public void fit() {
    expect(0, 0);
    compactIf(false);
  }

  private void compactIf(boolean half) {
    if (!isFull() || !list().isOneListpack()) {
      return;
    }
    int limit = cell().limits().listMaxListpackSize;
    if (ChunkLimits.isCompact(limit, list.listpackBytes(), list.size(), half)) {
      list.unwrap(cell());
      cell().encoding(COMPACT);
    }
  }

  /**
   * Takes the full form, as one does that is made element by element; what there is becomes its
   * first chunk. {@link #fit} comes at the end.
   */
  public void expand() {
    EncodingLimits limits = cell().limits();
    Arena arena = cell().arena();
    long record = arena.allocate(ChunkList.ROOT_BYTES);
    ChunkList.create(record, limits.listMaxListpackSize, limits.listCompressDepth);
    long listpack = cell().address();
    if (Listpack.first(listpack) != 0) {
      list.wrap(arena, record).appendListpack(listpack, Listpack.totalBytes(listpack));
    }
    Memory.putLong(cell().resize(ROOT_BYTES), record);
    cell().encoding(FULL);
  }

  // Ends

  /** The record of a list in full form; see {@link CollectionValue#chunks}. */
  static long chunks(int encoding, long root) {
    return encoding == FULL ? Memory.getLong(root) : 0;
  }

  /** Adds an element at an end; {@link #expect} was told of it. */
  public void push(ListSide side, long address, int length) {
    if (isFull()) {
      if (side == ListSide.LEFT) {
        list().pushFirst(address, length);
      } else {
        list().pushLast(address, length);
      }
    } else if (side == ListSide.LEFT) {
      Listpack.prepend(cell(), address, length);
    } else {
      Listpack.append(cell(), address, length);
    }
  }

  /** Removes elements from an index on, which is within the list, as many as there are. */
  public void removeRange(long index, long count) {
    if (isFull()) {
      list().removeRange(index, count);
    } else {
      long first = Listpack.seek(cell().address(), (int) index);
      Listpack.deleteRange(cell(), first, (int) Math.min(count, Integer.MAX_VALUE));
    }
  }

  /** Removes elements at an end; there are that many. */
  public void removeAt(ListSide side, long count) {
    removeRange(side == ListSide.LEFT ? 0 : size() - count, count);
  }

  // A place

  /** Goes to an index, counted from 0, or backwards from -1; false if there is none. */
  public boolean seek(long index) {
    if (isFull()) {
      list();
      return cursor.seek(index);
    }
    place = index == (int) index ? Listpack.seek(cell().address(), (int) index) : 0;
    return place != 0;
  }

  /** Goes to the first element from an end; false if the list is empty. */
  public boolean seek(ListSide side) {
    return seek(side == ListSide.LEFT ? 0 : -1);
  }

  /** Goes on to the neighbour in the direction away from an end; false if there is none. */
  public boolean next(ListSide from) {
    boolean forward = from == ListSide.LEFT;
    if (isFull()) {
      return forward ? cursor.next() : cursor.previous();
    }
    place = forward ? Listpack.next(place) : Listpack.previous(cell().address(), place);
    return place != 0;
  }

  /** The element; valid until the place is changed. */
  public Slice element() {
    return isFull() ? cursor.get(slice) : Listpack.get(place, slice);
  }

  /** Whether the element is what is looked for. */
  public boolean is(Needle wanted) {
    return isFull() ? cursor.is(wanted) : wanted.is(place);
  }

  /** Looks for bytes among the elements; this flyweight has one such search at a time. */
  public Needle needle(long address, int length) {
    return needle.wrap(address, length);
  }

  /**
   * Adds an element behind or before this one; {@link #expect} was told. The place is void then.
   */
  public void insert(boolean after, long address, int length) {
    if (isFull()) {
      list();
      cursor.insert(after, address, length);
    } else if (after) {
      Listpack.insertAfter(cell(), place, address, length);
    } else {
      Listpack.insertBefore(cell(), place, address, length);
    }
  }

  /** Puts other bytes in this element's place; {@link #expect} was told. The place is void then. */
  public void replace(long address, int length) {
    if (isFull()) {
      list();
      cursor.replace(address, length);
    } else {
      Listpack.replace(cell(), place, address, length);
    }
  }

  /** Removes this element and goes on to the neighbour as {@link #next} does. */
  public boolean remove(ListSide from) {
    boolean forward = from == ListSide.LEFT;
    if (isFull()) {
      list();
      return cursor.remove(forward);
    }
    long listpack = cell().address();
    long before = forward ? 0 : Listpack.previous(listpack, place);
    long offset = before - listpack;
    long behind = Listpack.delete(cell(), place);
    place = forward ? behind : before == 0 ? 0 : cell().address() + offset;
    return place != 0;
  }

  // Whole

  /** The first chunk of the full form, as it is to be saved; in compact form 0. */
  public long firstChunk() {
    return isFull() ? list().head() : 0;
  }

  /** How many chunks there are; in compact form 0. */
  public int chunks() {
    return isFull() ? list().chunks() : 0;
  }

  /** Adds a listpack, which is not empty, behind the last element. The list takes its full form. */
  public void appendListpack(long listpack, int bytes) {
    if (!isFull()) {
      expand();
    }
    list().appendListpack(listpack, bytes);
  }

  /** Adds an element of any length, alone in its chunk. The list takes its full form. */
  public void appendLarge(long address, int length) {
    if (!isFull()) {
      expand();
    }
    list().appendPlain(address, length);
  }

  /** Whether it is better handed out in parts than as a whole. */
  boolean isBig() {
    return isFull() && list().arenaBytes() > FrozenValue.MOST_BYTES_AT_ONCE;
  }

  /** Freezes the full form. */
  FrozenChunks freeze(FrozenChunks.Visitor visitor, LongConsumer keeping) {
    return new FrozenChunks(list(), visitor, keeping);
  }

  @Override
  public void copyTo(CollectionValue target) {
    ListValue copy = (ListValue) target;
    Cell to = copy.cell();
    if (isFull()) {
      long record = to.arena().allocate(ChunkList.ROOT_BYTES);
      ChunkList.create(record, 0, 0);
      Memory.putLong(to.resize(ROOT_BYTES), record);
      to.encoding(FULL);
      list().copyTo(copy.list());
    } else {
      int bytes = cell().length();
      Memory.copy(cell().address(), to.resize(bytes), bytes);
      to.encoding(COMPACT);
    }
  }

  @Override
  public long ownedBytes() {
    return isFull() ? Arena.capacity(ChunkList.ROOT_BYTES) + list().arenaBytes() : 0;
  }

  /** Frees what a value of this kind owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    if (encoding == COMPACT) {
      return true;
    }
    long record = Memory.getLong(root);
    if (!ChunkList.dispose(arena, record, budget)) {
      return false;
    }
    arena.free(record, ChunkList.ROOT_BYTES);
    return true;
  }
}
