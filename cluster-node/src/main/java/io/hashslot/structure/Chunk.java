package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * One chunk of a {@link ChunkList}: a record that stays in place as long as the chunk lives, and a
 * block with the contents, which are replaced as they grow and shrink. All static: {@code chunk} is
 * the address of the record.
 *
 * <pre>
 * record
 *   0  previous chunk, or 0     8 bytes
 *   8  next chunk, or 0         8 bytes
 *  16  block                    8 bytes
 *  24  bytes of the block       4 bytes, as taken from the arena, unsigned
 *  28  start of the contents    4 bytes, offset in the block
 *  32  bytes of the contents    4 bytes, as if not compressed
 *  36  elements                 4 bytes
 *  40  compressed bytes         4 bytes, 0 if the contents are not compressed
 *  44  form, and above its 8 bits the mark of the list when it was last dealt with, 24 bits
 * </pre>
 *
 * <p>The contents are a listpack ({@link #PACKED}) or the bytes of one large element ({@link
 * #PLAIN}). Free room is on both sides of the contents, so that a listpack grows and shrinks at its
 * head without being moved.
 */
public final class Chunk {
  static final int BYTES = 48;

  /** One large element, by the number that RDB uses. */
  public static final int PLAIN = 1;

  /** A listpack, by the number that RDB uses. */
  public static final int PACKED = 2;

  private static final int PREVIOUS = 0;
  private static final int NEXT = 8;
  private static final int BLOCK = 16;
  private static final int CAPACITY = 24;
  private static final int START = 28;
  private static final int LENGTH = 32;
  private static final int COUNT = 36;
  private static final int COMPRESSED = 40;
  private static final int FORM = 44;

  private Chunk() {}

  /** Makes a chunk without neighbours, whose contents are yet to be written. */
  static long create(Arena arena, int form, int length, int count) {
    long chunk = arena.allocate(BYTES);
    Memory.putLong(chunk + PREVIOUS, 0);
    Memory.putLong(chunk + NEXT, 0);
    long capacity = blockSize(length);
    Memory.putLong(chunk + BLOCK, arena.allocate(capacity));
    Memory.putInt(chunk + CAPACITY, (int) capacity);
    Memory.putInt(chunk + START, 0);
    Memory.putInt(chunk + LENGTH, length);
    Memory.putInt(chunk + COUNT, count);
    Memory.putInt(chunk + COMPRESSED, 0);
    Memory.putInt(chunk + FORM, form);
    return chunk;
  }

  /** A copy without neighbours, compressed if the original is. */
  static long copy(Arena arena, long original) {
    long chunk = arena.allocate(BYTES);
    Memory.copy(original, chunk, BYTES);
    int bytes = isCompressed(original) ? compressedLength(original) : length(original);
    place(arena, chunk, contents(original), bytes);
    return chunk;
  }

  private static void place(Arena arena, long chunk, long source, int bytes) {
    long capacity = blockSize(bytes);
    long block = arena.allocate(capacity);
    Memory.copy(source, block, bytes);
    Memory.putLong(chunk + BLOCK, block);
    Memory.putInt(chunk + CAPACITY, (int) capacity);
    Memory.putInt(chunk + START, 0);
  }

  /** Frees the record and the contents. */
  static void destroy(Arena arena, long chunk) {
    arena.free(Memory.getLong(chunk + BLOCK), capacity(chunk));
    arena.free(chunk, BYTES);
  }

  /**
   * Reads a byte of the block where the contents are, or would go on.
   *
   * @param offset relative to the start of the contents
   */
  static long touch(long chunk, int offset) {
    int last = (int) Math.min(capacity(chunk) - 1, Memory.getInt(chunk + START) + (long) offset);
    return Memory.getByte(Memory.getLong(chunk + BLOCK) + last);
  }

  /** The chunk before one, or 0. */
  public static long previous(long chunk) {
    return Memory.getLong(chunk + PREVIOUS);
  }

  static void previous(long chunk, long other) {
    Memory.putLong(chunk + PREVIOUS, other);
  }

  /** The chunk behind one, or 0. */
  public static long next(long chunk) {
    return Memory.getLong(chunk + NEXT);
  }

  static void next(long chunk, long other) {
    Memory.putLong(chunk + NEXT, other);
  }

  /** Bytes of the contents, as if not compressed. */
  public static int length(long chunk) {
    return Memory.getInt(chunk + LENGTH);
  }

  /** How many elements there are. */
  public static int count(long chunk) {
    return Memory.getInt(chunk + COUNT);
  }

  static void count(long chunk, int count) {
    Memory.putInt(chunk + COUNT, count);
  }

  /** Whether it is one large element. */
  public static boolean isPlain(long chunk) {
    return Memory.getByte(chunk + FORM) == PLAIN;
  }

  /** The mark that the chunk was given last; a new one has 0. */
  static int mark(long chunk) {
    return Memory.getInt(chunk + FORM) >>> Byte.SIZE;
  }

  static void mark(long chunk, int mark) {
    Memory.putInt(chunk + FORM, Memory.getByte(chunk + FORM) | mark << Byte.SIZE);
  }

  /** Whether the contents are compressed. */
  public static boolean isCompressed(long chunk) {
    return Memory.getInt(chunk + COMPRESSED) != 0;
  }

  /** Bytes of the contents as they are kept, compressed; 0 if they are not. */
  public static int compressedLength(long chunk) {
    return Memory.getInt(chunk + COMPRESSED);
  }

  /** Writes the contents of a compressed chunk, {@link #length} bytes, to {@code target}. */
  public static void unpack(long chunk, long target) {
    ChunkCompression.unpack(chunk, target);
  }

  /** Where the contents begin, compressed or not. */
  public static long contents(long chunk) {
    return Memory.getLong(chunk + BLOCK) + Memory.getInt(chunk + START);
  }

  /** Arena bytes of the record and the block. */
  static long arenaBytes(long chunk) {
    return Arena.capacity(BYTES) + Arena.capacity(capacity(chunk));
  }

  /** Replaces the contents by compressed ones, or back. */
  static void replace(Arena arena, long chunk, long source, int bytes, int compressedLength) {
    arena.free(Memory.getLong(chunk + BLOCK), capacity(chunk));
    place(arena, chunk, source, bytes);
    Memory.putInt(chunk + COMPRESSED, compressedLength);
  }

  /** Gives the contents another length, with the change at their end. */
  static void resize(Arena arena, long chunk, int newLength) {
    int length = length(chunk);
    int start = Memory.getInt(chunk + START);
    long capacity = capacity(chunk);
    if (newLength > capacity || wasteful(capacity, newLength)) {
      move(arena, chunk, 0, Math.min(length, newLength), blockSize(newLength), 0);
    } else if (start + (long) newLength > capacity) {
      long block = Memory.getLong(chunk + BLOCK);
      Memory.copy(block + start, block, length);
      Memory.putInt(chunk + START, 0);
    }
    Memory.putInt(chunk + LENGTH, newLength);
  }

  /** Makes room for bytes before the contents; they are undefined, and belong to them. */
  static void growAtHead(Arena arena, long chunk, int bytes) {
    int length = length(chunk);
    int start = Memory.getInt(chunk + START);
    long capacity = capacity(chunk);
    long wanted = (long) length + bytes;
    if (start >= bytes) {
      start -= bytes;
    } else if (wanted <= capacity) {
      long block = Memory.getLong(chunk + BLOCK);
      Memory.copy(block + start, block + capacity - length, length);
      start = (int) (capacity - wanted);
    } else {
      long wider = blockSize((int) wanted);
      move(arena, chunk, 0, length, wider, (int) (wider - length));
      start = (int) (wider - wanted);
    }
    Memory.putInt(chunk + START, start);
    Memory.putInt(chunk + LENGTH, (int) wanted);
  }

  /** Cuts bytes off the head of the contents. */
  static void shrinkAtHead(Arena arena, long chunk, int bytes) {
    int length = length(chunk) - bytes;
    if (wasteful(capacity(chunk), length)) {
      move(arena, chunk, bytes, length, blockSize(length), 0);
    } else {
      Memory.putInt(chunk + START, Memory.getInt(chunk + START) + bytes);
    }
    Memory.putInt(chunk + LENGTH, length);
  }

  /** Moves part of the contents to a place in another block. */
  private static void move(
      Arena arena, long chunk, int from, int bytes, long newCapacity, int start) {
    long block = arena.allocate(newCapacity);
    Memory.copy(contents(chunk) + from, block + start, bytes);
    arena.free(Memory.getLong(chunk + BLOCK), capacity(chunk));
    Memory.putLong(chunk + BLOCK, block);
    Memory.putInt(chunk + CAPACITY, (int) newCapacity);
    Memory.putInt(chunk + START, start);
  }

  /** Half of a block stays free before a smaller one is taken, so that few moves are made. */
  private static boolean wasteful(long capacity, int length) {
    return capacity > 64 && capacity / 2 >= Arena.capacity(Math.max(1, length));
  }

  private static long blockSize(int length) {
    return Arena.capacity(Math.max(1, length));
  }

  private static long capacity(long chunk) {
    return Memory.getUnsignedInt(chunk + CAPACITY);
  }
}
