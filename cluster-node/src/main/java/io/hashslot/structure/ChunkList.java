package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A long list: a chain of {@linkplain Chunk chunks}, each of which holds some kilobytes of elements
 * as a {@link Listpack}, or one large element alone.
 *
 * <p><b>Where elements go.</b> A push goes into the chunk at that end if {@link ChunkLimits} admit
 * it there, else into a new one. An insertion goes into the chunk of its neighbour; if that is
 * full, into the next one if it stands at that border; else the chunk is split there. What a split
 * leaves behind is merged with its neighbours where two fit into one. A replacement stays in its
 * chunk unless it is large. Removals do not merge. These are the rules of Redis 7.2 and Valkey 8.0,
 * checked against DUMP of the running server: they decide over the encoding that clients see and
 * the bytes that are saved.
 *
 * <p><b>Compression.</b> With a depth above 0 all chunks but that many at each end are kept
 * {@linkplain ChunkCompression compressed} if that pays. Readers look at a copy in memory of the
 * {@link ChunkCursor}, so that reading changes nothing. Whoever changes a chunk {@linkplain #open
 * opens} it before and {@linkplain #settle settles} the list after.
 *
 * <p>Everything that one list needs is in a record of {@value #ROOT_BYTES} bytes, to which nothing
 * points, and its chunks. What somebody has {@linkplain FrozenChunks frozen} of the list hears of
 * each chunk before it changes or goes.
 *
 * <pre>
 *   0  first chunk, or 0         8 bytes
 *   8  last chunk, or 0          8 bytes
 *  16  elements                  8 bytes
 *  24  bytes in the arena        8 bytes, the record apart
 *  32  chunks                    4 bytes
 *  36  size of chunks            2 bytes, see ChunkLimits
 *  38  depth of compression      2 bytes, unsigned
 *  40  mark of chunks that nobody who has frozen the list is interested in    4 bytes
 * </pre>
 */
public final class ChunkList {
  /** Bytes of the record of a list. */
  public static final int ROOT_BYTES = 44;

  private static final int HEAD = 0;
  private static final int TAIL = 8;
  private static final int ELEMENTS = 16;
  private static final int ARENA_BYTES = 24;
  private static final int CHUNKS = 32;
  private static final int SIZE = 36;
  private static final int DEPTH = 38;
  private static final int MARK = 40;

  private static final int DEEPEST = 0xFFFF;
  private static final int MOST_MARK = 0xFFFFFF;

  /** Never used: a flyweight stands on a list before anything is asked. */
  static final Arena NO_ARENA = new Arena();

  private final ChunkRoom room = new ChunkRoom();
  private final ChunkCompression compression = new ChunkCompression(this);
  private Arena arena = NO_ARENA;
  private long root;
  private @Nullable FrozenChunks frozen;

  /** Makes a record an empty list. */
  public static void create(long root, int chunkSize, int compressDepth) {
    Memory.fill(root, ROOT_BYTES, 0);
    Memory.putShort(root + SIZE, ChunkLimits.clamp(chunkSize));
    Memory.putShort(root + DEPTH, Math.min(Math.max(0, compressDepth), DEEPEST));
  }

  /** Moves this flyweight over a list. */
  public ChunkList wrap(Arena newArena, long newRoot) {
    arena = newArena;
    root = newRoot;
    frozen = null;
    return this;
  }

  /** Says who is to hear of changes, if anybody, until the flyweight is moved. */
  public ChunkList tell(@Nullable FrozenChunks who) {
    frozen = who;
    return this;
  }

  /** How many elements there are. */
  public long size() {
    return Memory.getLong(root + ELEMENTS);
  }

  /** How many chunks there are. */
  public int chunks() {
    return Memory.getInt(root + CHUNKS);
  }

  /** Bytes of all chunks in the arena. */
  public long arenaBytes() {
    return Memory.getLong(root + ARENA_BYTES);
  }

  /** The first chunk, or 0. */
  public long head() {
    return Memory.getLong(root + HEAD);
  }

  /** The last chunk, or 0. */
  public long tail() {
    return Memory.getLong(root + TAIL);
  }

  int chunkSize() {
    return Memory.getShort(root + SIZE);
  }

  private int depth() {
    return Memory.getShort(root + DEPTH) & 0xFFFF;
  }

  Arena arena() {
    return arena;
  }

  /** Where the record is. */
  long record() {
    return root;
  }

  // Ends

  /** Reads something of a list's record: it is in the cache afterwards. */
  public static long touch(long root) {
    return Memory.getLong(root + HEAD);
  }

  /** Reads something of the records of the chunks at both ends. */
  public static long touchEndChunks(long root) {
    long head = Memory.getLong(root + HEAD);
    return head == 0 ? 0 : Memory.getLong(head) + Memory.getLong(Memory.getLong(root + TAIL));
  }

  /** Reads something of what is in the chunks at both ends, where elements come and go. */
  public static long touchEnds(long root) {
    long head = Memory.getLong(root + HEAD);
    long tail = Memory.getLong(root + TAIL);
    return head == 0 ? 0 : Chunk.touch(head, 0) + Chunk.touch(tail, Chunk.length(tail));
  }

  /** Adds an element before the first one. */
  public void pushFirst(long address, int length) {
    long head = head();
    if (admits(head, length)) {
      changing(head);
      long before = Chunk.arenaBytes(head);
      room(head).prepend(address, length);
      counted(head, 1, before);
    } else {
      link(head, chunkOf(address, length), false);
    }
  }

  /** Adds an element behind the last one. */
  public void pushLast(long address, int length) {
    long tail = tail();
    if (admits(tail, length)) {
      changing(tail);
      long before = Chunk.arenaBytes(tail);
      Listpack.append(room(tail), address, length);
      counted(tail, 1, before);
    } else {
      link(tail, chunkOf(address, length), true);
    }
  }

  /** Adds a chunk that is a copy of a listpack, which is not empty, behind the last one. */
  public void appendListpack(long listpack, int bytes) {
    long chunk = Chunk.create(arena, Chunk.PACKED, bytes, Listpack.count(listpack));
    Memory.copy(listpack, Chunk.contents(chunk), bytes);
    link(tail(), chunk, true);
  }

  /** Adds a chunk that is a copy of one large element behind the last one. */
  public void appendPlain(long address, int length) {
    link(tail(), plain(address, length), true);
  }

  /** Whether all elements are in one chunk, and that is no large element alone. */
  public boolean isOneListpack() {
    return chunks() == 1 && !Chunk.isPlain(head());
  }

  /** Bytes of the listpack of a list that {@link #isOneListpack}. */
  public int listpackBytes() {
    return Chunk.length(head());
  }

  /**
   * Ends a list that {@link #isOneListpack}, and frees its record: the listpack is all that is
   * left.
   *
   * @param place for it
   */
  public void unwrap(Room place) {
    long chunk = head();
    int bytes = Chunk.length(chunk);
    Memory.copy(Chunk.contents(chunk), place.resize(bytes), bytes);
    unlink(chunk);
    if (frozen == null) {
      arena.free(root, ROOT_BYTES);
    } else {
      frozen.outlivesList();
    }
  }

  /** Copies all chunks, as they are, to an empty list. */
  public void copyTo(ChunkList target) {
    Memory.putInt(target.root + SIZE, Memory.getInt(root + SIZE));
    for (long chunk = head(); chunk != 0; chunk = Chunk.next(chunk)) {
      target.chain(target.tail(), Chunk.copy(target.arena, chunk), true);
    }
  }

  /**
   * Removes elements from an index on, which is not negative and within the list; as many as there
   * are up to {@code count}.
   */
  public void removeRange(long index, long count) {
    long chunk;
    long offset = index;
    if (index < size() / 2) {
      chunk = head();
      for (; offset >= Chunk.count(chunk); chunk = Chunk.next(chunk)) {
        offset -= Chunk.count(chunk);
      }
    } else {
      chunk = tail();
      long behind = size() - index;
      for (; behind > Chunk.count(chunk); chunk = Chunk.previous(chunk)) {
        behind -= Chunk.count(chunk);
      }
      offset = Chunk.count(chunk) - behind;
    }
    long left = count;
    while (left > 0 && chunk != 0) {
      long next = Chunk.next(chunk);
      int here = (int) Math.min(left, Chunk.count(chunk) - offset);
      removeWithin(chunk, (int) offset, here);
      left -= here;
      offset = 0;
      chunk = next;
    }
  }

  /** Removes elements of one chunk, and the chunk with the last of them. */
  void removeWithin(long chunk, int offset, int elements) {
    if (elements == Chunk.count(chunk)) {
      unlink(chunk);
      return;
    }
    changing(chunk);
    open(chunk);
    long before = Chunk.arenaBytes(chunk);
    ChunkRoom listpack = room(chunk);
    if (offset == 0) {
      listpack.removeFirst(elements);
    } else {
      boolean toTheEnd = offset + elements == Chunk.count(chunk);
      long from =
          toTheEnd
              ? Listpack.seek(listpack.address(), -elements)
              : Listpack.seek(listpack.address(), offset);
      Listpack.deleteRange(listpack, from, elements);
    }
    counted(chunk, -elements, before);
    settle(chunk);
  }

  // Chunks

  /** Whether a chunk, which may be 0, takes an element of so many bytes. */
  boolean admits(long chunk, int length) {
    return chunk != 0
        && !Chunk.isPlain(chunk)
        && ChunkLimits.admits(chunkSize(), Chunk.length(chunk), Chunk.count(chunk), length);
  }

  boolean isLarge(int length) {
    return ChunkLimits.large(chunkSize(), length);
  }

  /** A new chunk with one element, of the form that its length asks for. */
  long chunkOf(long address, int length) {
    if (isLarge(length)) {
      return plain(address, length);
    }
    long chunk = Chunk.create(arena, Chunk.PACKED, 0, 1);
    ChunkRoom listpack = room(chunk);
    Listpack.create(listpack);
    Listpack.append(listpack, address, length);
    return chunk;
  }

  private long plain(long address, int length) {
    long chunk = Chunk.create(arena, Chunk.PLAIN, length, 1);
    Memory.copy(address, Chunk.contents(chunk), length);
    return chunk;
  }

  /**
   * Splits a chunk at an element, which stays where it is.
   *
   * @param after whether what stands behind it goes, else what stands before it
   * @return a new chunk, with what went, that is not in the chain yet
   */
  long split(long chunk, int index, boolean after) {
    changing(chunk);
    open(chunk);
    int first = after ? index + 1 : 0;
    int elements = after ? Chunk.count(chunk) - first : index;
    long rest = Chunk.create(arena, Chunk.PACKED, 0, elements);
    Listpack.create(room(rest));
    long from = Listpack.seek(Chunk.contents(chunk), first);
    Listpack.appendRun(room(rest), from, elements);
    long before = Chunk.arenaBytes(chunk);
    if (after) {
      Listpack.deleteRange(room(chunk), from, elements);
    } else {
      room(chunk).removeFirst(elements);
    }
    counted(chunk, -elements, before);
    return rest;
  }

  /** Merges chunks around one where two fit into one: those beside it first, then itself. */
  void mergeAround(long center) {
    long previous = Chunk.previous(center);
    long next = Chunk.next(center);
    if (previous != 0) {
      merge(Chunk.previous(previous), previous);
    }
    if (next != 0) {
      merge(next, Chunk.next(next));
    }
    long before = Chunk.previous(center);
    long merged = merge(before, center) ? before : center;
    merge(merged, Chunk.next(merged));
  }

  /** Moves the elements of a chunk to the end of the one before it, if they fit in there. */
  private boolean merge(long chunk, long next) {
    if (chunk == 0 || next == 0 || Chunk.isPlain(chunk) || Chunk.isPlain(next)) {
      return false;
    }
    long bytes = (long) Chunk.length(chunk) + Chunk.length(next) - Listpack.EMPTY_BYTES;
    int elements = Chunk.count(next);
    if (ChunkLimits.exceeds(chunkSize(), bytes, (long) Chunk.count(chunk) + elements)) {
      return false;
    }
    changing(chunk);
    open(chunk);
    open(next);
    long before = Chunk.arenaBytes(chunk);
    Listpack.appendRun(room(chunk), Listpack.first(Chunk.contents(next)), elements);
    counted(chunk, elements, before);
    unlink(next);
    settle(chunk);
    return true;
  }

  /** The listpack of a chunk that is open, to be edited. */
  ChunkRoom room(long chunk) {
    return room.on(arena, chunk);
  }

  /** Keeps the books after a chunk of the chain was changed. */
  void counted(long chunk, int elements, long arenaBytesBefore) {
    Chunk.count(chunk, Chunk.count(chunk) + elements);
    add(ELEMENTS, elements);
    add(ARENA_BYTES, Chunk.arenaBytes(chunk) - arenaBytesBefore);
  }

  /** Counts bytes of chunks in the arena. */
  void countBytes(long added) {
    add(ARENA_BYTES, added);
  }

  private void add(int field, long number) {
    Memory.putLong(root + field, Memory.getLong(root + field) + number);
  }

  /** Puts a new chunk, with its elements, next to another one, which is 0 in an empty list. */
  void link(long neighbour, long chunk, boolean after) {
    chain(neighbour, chunk, after);
    if (neighbour != 0) {
      settle(neighbour);
    }
    settle(chunk);
  }

  private void chain(long neighbour, long chunk, boolean after) {
    long previous = after ? neighbour : neighbour == 0 ? 0 : Chunk.previous(neighbour);
    long next = after ? neighbour == 0 ? 0 : Chunk.next(neighbour) : neighbour;
    Chunk.previous(chunk, previous);
    Chunk.next(chunk, next);
    setNext(previous, chunk);
    setPrevious(next, chunk);
    Chunk.mark(chunk, mark());
    Memory.putInt(root + CHUNKS, chunks() + 1);
    add(ELEMENTS, Chunk.count(chunk));
    add(ARENA_BYTES, Chunk.arenaBytes(chunk));
  }

  /** Takes a chunk out of the chain and frees it, with its elements. */
  void unlink(long chunk) {
    setNext(Chunk.previous(chunk), Chunk.next(chunk));
    setPrevious(Chunk.next(chunk), Chunk.previous(chunk));
    Memory.putInt(root + CHUNKS, chunks() - 1);
    add(ELEMENTS, -Chunk.count(chunk));
    add(ARENA_BYTES, -Chunk.arenaBytes(chunk));
    if (frozen == null || !frozen.takes(chunk)) {
      Chunk.destroy(arena, chunk);
    }
    settle(0);
  }

  /** To be called before the elements of a chunk change. */
  void changing(long chunk) {
    FrozenChunks hears = frozen;
    if (hears != null) {
      hears.changing(chunk);
    }
  }

  int mark() {
    return Memory.getInt(root + MARK);
  }

  /** Goes on to a mark that no chunk has. */
  int nextMark() {
    int mark = mark() + 1 & MOST_MARK;
    Memory.putInt(root + MARK, mark);
    return mark;
  }

  private void setNext(long chunk, long next) {
    if (chunk == 0) {
      Memory.putLong(root + HEAD, next);
    } else {
      Chunk.next(chunk, next);
    }
  }

  private void setPrevious(long chunk, long previous) {
    if (chunk == 0) {
      Memory.putLong(root + TAIL, previous);
    } else {
      Chunk.previous(chunk, previous);
    }
  }

  /** Makes a chunk's contents plain to see, so that they can be changed. */
  void open(long chunk) {
    compression.open(chunk);
  }

  /**
   * Restores the rule of what is compressed after chunks came, went or were opened.
   *
   * @param changed a chunk that may have to be compressed again, or 0
   */
  void settle(long changed) {
    if (depth() > 0) {
      compression.settle(changed, depth());
    }
  }

  // The end

  /**
   * Frees chunks until about {@code budget} elements are gone.
   *
   * @param root the record, which may have been moved; it counts what is left
   * @return whether nothing is left
   */
  public static boolean dispose(Arena arena, long root, int budget) {
    long chunk = Memory.getLong(root + HEAD);
    for (long freed = 0; chunk != 0 && freed < budget; ) {
      long next = Chunk.next(chunk);
      freed += Chunk.count(chunk);
      Chunk.destroy(arena, chunk);
      chunk = next;
    }
    Memory.putLong(root + HEAD, chunk);
    return chunk == 0;
  }
}
