package io.hashslot.structure;

import io.hashslot.memory.Memory;
import java.util.function.Consumer;

/**
 * Counts different elements, approximately, in at most 12 KB: a string with a header and 16384
 * registers, byte for byte what Redis 7 and Valkey 8 keep. All static: {@code string} and {@code
 * length} are a string that {@link #isOne} has accepted, and what changes one takes the {@link
 * Room} that is the string, all of it.
 *
 * <pre>
 *   0  HYLL
 *   4  form of the registers: 0 dense, 1 sparse
 *   5  not used, three bytes
 *   8  the last count, 8 bytes, little endian; its highest bit says that it no longer holds
 *  16  registers: {@link DenseRegisters}, {@link SparseRegisters}
 * </pre>
 *
 * <p>Fourteen bits of an element's hash choose a register; the register remembers the largest
 * number of zeros, plus one, that any of its elements had at the low end of the other fifty.
 *
 * <p>What does not add up is told by {@link CorruptedHyperLogLogException}: anybody can write
 * strings.
 */
public final class HyperLogLog {
  /** How many registers there are. */
  public static final int REGISTERS = 1 << 14;

  static final int HEADER_BYTES = 16;

  /** Bytes of the dense form. */
  public static final int DENSE_BYTES = HEADER_BYTES + DenseRegisters.BYTES;

  private static final int MAGIC = 'H' | 'Y' << 8 | 'L' << 16 | 'L' << 24;
  private static final int FORM = 4;
  private static final int DENSE = 0;
  private static final int SPARSE = 1;
  private static final int COUNT = 8;
  private static final long SEED = 0xadc83b19L;
  private static final int INDEX_BITS = 14;
  private static final int VALUES = 64;

  private HyperLogLog() {}

  /** Makes the room one that has seen nothing, in sparse form. */
  public static void create(Room room) {
    long string = room.resize(HEADER_BYTES + SparseRegisters.EMPTY_BYTES);
    putHeader(string, SPARSE, 0);
    SparseRegisters.clear(string + HEADER_BYTES);
  }

  private static void putHeader(long string, int form, long count) {
    Memory.putInt(string, MAGIC);
    Memory.putInt(string + FORM, form);
    Memory.putLong(string + COUNT, count);
  }

  /** Whether a string looks like one: by its header, and by its length if it is dense. */
  public static boolean isOne(long string, int length) {
    if (length < HEADER_BYTES || Memory.getInt(string) != MAGIC) {
      return false;
    }
    int form = Memory.getUnsignedByte(string + FORM);
    return form == SPARSE || form == DENSE && length == DENSE_BYTES;
  }

  /** Whether it is in sparse form. */
  public static boolean isSparse(long string) {
    return Memory.getUnsignedByte(string + FORM) == SPARSE;
  }

  // Elements

  /** The hash by which an element is counted. */
  public static long hash(long address, int length) {
    return MurmurHash64.hash(address, length, SEED);
  }

  /** Which register an element with this hash belongs to. */
  public static int index(long hash) {
    return (int) hash & REGISTERS - 1;
  }

  /** What the register of an element with this hash must be at least, 1 to 51. */
  public static int value(long hash) {
    return Long.numberOfTrailingZeros(hash >>> INDEX_BITS | 1L << Long.SIZE - INDEX_BITS) + 1;
  }

  // Registers

  /** The value of a register. */
  public static int get(long string, int length, int index) {
    return isSparse(string)
        ? SparseRegisters.get(string, length, index)
        : DenseRegisters.get(string + HEADER_BYTES, index);
  }

  /**
   * Raises a register to a value, if it is less; then the last count no longer holds. Goes over to
   * the dense form where the sparse one becomes too long or cannot hold the value.
   *
   * @param mostSparseBytes how long the sparse form may become, header included
   * @return whether the register was less
   */
  public static boolean raise(Room room, int index, int value, long mostSparseBytes) {
    if (isSparse(room.address())) {
      switch (SparseRegisters.raise(room, index, value, mostSparseBytes)) {
        case NO -> {
          return false;
        }
        case YES -> {
          forgetCount(room.address());
          return true;
        }
        case TOO_LARGE -> toDense(room);
      }
    }
    long registers = room.address() + HEADER_BYTES;
    if (DenseRegisters.get(registers, index) >= value) {
      return false;
    }
    DenseRegisters.put(registers, index, value);
    forgetCount(room.address());
    return true;
  }

  /** Makes the registers dense; the last count stays. */
  public static void toDense(Room room) {
    long string = room.address();
    if (!isSparse(string)) {
      return;
    }
    byte[] values = new byte[REGISTERS];
    raiseAll(values, string, room.length());
    long count = Memory.getLong(string + COUNT);
    string = room.resize(DENSE_BYTES);
    putHeader(string, DENSE, count);
    Memory.fill(string + HEADER_BYTES, DenseRegisters.BYTES, 0);
    for (int i = 0; i < REGISTERS; i++) {
      if (values[i] != 0) {
        DenseRegisters.put(string + HEADER_BYTES, i, values[i]);
      }
    }
  }

  /** Raises registers on the heap, one byte each, to those of a string where they are less. */
  public static void raiseAll(byte[] values, long string, int length) {
    if (!isSparse(string)) {
      for (int i = 0; i < REGISTERS; i++) {
        values[i] = (byte) Math.max(values[i], DenseRegisters.get(string + HEADER_BYTES, i));
      }
      return;
    }
    SparseRegisters.check(string, length);
    int index = 0;
    for (int at = HEADER_BYTES; at < length; at += SparseRegisters.bytes(string + at)) {
      int end = index + SparseRegisters.span(string + at);
      int value = SparseRegisters.value(string + at);
      for (; value > 0 && index < end; index++) {
        values[index] = (byte) Math.max(values[index], value);
      }
      index = end;
    }
  }

  /**
   * The runs of the sparse form as text, as PFDEBUG DECODE shows them, whatever they add up to. It
   * is given out in pieces: anybody can make a string of millions of runs.
   */
  public static void runs(long string, int length, Consumer<String> text) {
    String before = "";
    int at = HEADER_BYTES;
    while (at < length) {
      long run = string + at;
      int value = SparseRegisters.value(run);
      int bytes = SparseRegisters.bytes(run);
      at += bytes;
      // What is cut off by the end of the string is shown as if a zero byte followed, as in C.
      int span = at > length ? SparseRegisters.cutSpan(run) : SparseRegisters.span(run);
      String kind = value > 0 ? "v:" + value + "," : bytes == 1 ? "z:" : "Z:";
      text.accept(before + kind + span);
      before = " ";
    }
  }

  // Counts

  /** The last count, or -1 if it no longer holds. */
  public static long lastCount(long string) {
    return Math.max(-1, Memory.getLong(string + COUNT));
  }

  /** Remembers a count. */
  public static void putLastCount(long string, long count) {
    Memory.putLong(string + COUNT, count);
  }

  /** Says that the last count no longer holds. */
  public static void forgetCount(long string) {
    Memory.putLong(string + COUNT, Memory.getLong(string + COUNT) | Long.MIN_VALUE);
  }

  /** Counts the elements that a string has seen. */
  public static long count(long string, int length) {
    int[] counts = new int[VALUES];
    if (isSparse(string)) {
      SparseRegisters.check(string, length);
      for (int at = HEADER_BYTES; at < length; at += SparseRegisters.bytes(string + at)) {
        counts[SparseRegisters.value(string + at)] += SparseRegisters.span(string + at);
      }
    } else {
      for (int i = 0; i < REGISTERS; i++) {
        counts[DenseRegisters.get(string + HEADER_BYTES, i)]++;
      }
    }
    return Cardinality.estimate(counts);
  }

  /** Counts the elements that registers on the heap have seen. */
  public static long count(byte[] values) {
    int[] counts = new int[VALUES];
    for (byte value : values) {
      counts[value]++;
    }
    return Cardinality.estimate(counts);
  }
}
