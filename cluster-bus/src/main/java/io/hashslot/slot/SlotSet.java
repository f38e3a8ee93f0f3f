package io.hashslot.slot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A mutable set of slots, kept as the bitmap that travels on the cluster bus: 2048 bytes, slot s in
 * byte {@code s / 8} at bit {@code s % 8} counted from the least significant one. Not thread-safe.
 *
 * <p>The text form lists the ranges in ascending order, separated by one blank: {@code 0-5460
 * 5462}.
 */
public final class SlotSet {
  /** Length of the bitmap in bytes. */
  public static final int BYTES = Slots.COUNT / 8;

  /** Little-endian whatever the platform is, so that slot s is bit {@code s % 64} of its word. */
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bits;

  /** Takes one range after another. */
  @FunctionalInterface
  public interface RangeConsumer {
    /** Both ends are included. */
    void accept(int first, int last);
  }

  /** An empty set. */
  public SlotSet() {
    this(new byte[BYTES]);
  }

  private SlotSet(byte[] bits) {
    this.bits = bits;
  }

  /**
   * A set with these slots.
   *
   * @throws IndexOutOfBoundsException if a number is no slot
   */
  public static SlotSet of(int... slots) {
    SlotSet set = new SlotSet();
    for (int slot : slots) {
      set.add(slot);
    }
    return set;
  }

  /**
   * A set with all slots from first to last, both included.
   *
   * @throws IllegalArgumentException if this is no range of slots
   */
  public static SlotSet range(int first, int last) {
    SlotSet set = new SlotSet();
    set.addRange(first, last);
    return set;
  }

  /** A set with all 16384 slots. */
  public static SlotSet all() {
    return range(0, Slots.COUNT - 1);
  }

  /**
   * Reads a bitmap in bus order; the bytes are copied.
   *
   * @throws IndexOutOfBoundsException if there are less than 2048 bytes from the offset on
   */
  public static SlotSet fromBitmap(byte[] source, int offset) {
    Objects.checkFromIndexSize(offset, BYTES, source.length);
    return new SlotSet(Arrays.copyOfRange(source, offset, offset + BYTES));
  }

  /**
   * Reads the text form; ranges may stand in any order and overlap, blanks may be doubled.
   *
   * @throws IllegalArgumentException if a word is neither slot nor range
   */
  public static SlotSet parse(String text) {
    SlotSet set = new SlotSet();
    for (String word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        set.addRange(SlotRange.parse(word));
      }
    }
    return set;
  }

  /** Whether a bitmap in bus order, 2048 bytes from the offset on, holds just these slots. */
  public boolean equalsBitmap(DirectBuffer source, int offset) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      if (source.getLong(offset + at, ByteOrder.LITTLE_ENDIAN) != word(at)) {
        return false;
      }
    }
    return true;
  }

  /** A copy that does not change with this set. */
  public SlotSet copy() {
    return new SlotSet(bits.clone());
  }

  /**
   * The bitmap itself, in bus order and not a copy: who writes to it changes the set. For encoders
   * and decoders.
   */
  public byte[] bitmap() {
    return bits;
  }

  /** Whether the slot is in the set. */
  public boolean contains(int slot) {
    Objects.checkIndex(slot, Slots.COUNT);
    return (bits[slot >>> 3] & 1 << (slot & 7)) != 0;
  }

  /** Adds a slot; true if it was not there. */
  public boolean add(int slot) {
    boolean absent = !contains(slot);
    bits[slot >>> 3] |= (byte) (1 << (slot & 7));
    return absent;
  }

  /** Removes a slot; true if it was there. */
  public boolean remove(int slot) {
    boolean present = contains(slot);
    bits[slot >>> 3] &= (byte) ~(1 << (slot & 7));
    return present;
  }

  /**
   * Adds all slots from first to last, both included.
   *
   * @throws IllegalArgumentException if this is no range of slots
   */
  public void addRange(int first, int last) {
    addRange(new SlotRange(first, last));
  }

  /** Adds all slots of a range. */
  public void addRange(SlotRange range) {
    for (int slot = range.first(); slot <= range.last(); ) {
      if ((slot & 7) == 0 && range.last() - slot >= 7) {
        bits[slot >>> 3] = (byte) 0xFF;
        slot += 8;
      } else {
        add(slot++);
      }
    }
  }

  /** Adds all slots of another set. */
  public void addAll(SlotSet other) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      setWord(at, word(at) | other.word(at));
    }
  }

  /** Removes all slots of another set. */
  public void removeAll(SlotSet other) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      setWord(at, word(at) & ~other.word(at));
    }
  }

  /** Keeps only the slots that are in the other set, too. */
  public void retainAll(SlotSet other) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      setWord(at, word(at) & other.word(at));
    }
  }

  /** Becomes equal to another set. */
  public void set(SlotSet other) {
    System.arraycopy(other.bits, 0, bits, 0, BYTES);
  }

  /** Removes all slots. */
  public void clear() {
    Arrays.fill(bits, (byte) 0);
  }

  /** Whether no slot is in the set. */
  public boolean isEmpty() {
    return next(0) < 0;
  }

  /** How many slots are in the set. */
  public int count() {
    int count = 0;
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      count += Long.bitCount(word(at));
    }
    return count;
  }

  /** Whether a slot is in both sets. */
  public boolean intersects(SlotSet other) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      if ((word(at) & other.word(at)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether all slots of the other set are in this one. */
  public boolean containsAll(SlotSet other) {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      if ((other.word(at) & ~word(at)) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The smallest slot of the set that is not below {@code from}; -1 if there is none.
   *
   * @param from 0 or more; 16384 and more give -1
   */
  public int next(int from) {
    return next(from, 0);
  }

  /** The smallest slot not in the set and not below {@code from}; -1 if there is none. */
  public int nextAbsent(int from) {
    return next(from, -1L);
  }

  private int next(int from, long inverted) {
    if (from >= Slots.COUNT) {
      return -1;
    }
    int at = from >>> 6 << 3;
    long word = (word(at) ^ inverted) & -1L << from;
    while (word == 0) {
      at += Long.BYTES;
      if (at == BYTES) {
        return -1;
      }
      word = word(at) ^ inverted;
    }
    return (at << 3) + Long.numberOfTrailingZeros(word);
  }

  /** Passes all slots in ascending order. The set must not be changed meanwhile. */
  public void forEach(IntConsumer consumer) {
    for (int slot = next(0); slot >= 0; slot = next(slot + 1)) {
      consumer.accept(slot);
    }
  }

  /** Passes the maximal ranges in ascending order. The set must not be changed meanwhile. */
  public void forEachRange(RangeConsumer consumer) {
    for (int first = next(0); first >= 0; ) {
      int end = nextAbsent(first);
      end = end < 0 ? Slots.COUNT : end;
      consumer.accept(first, end - 1);
      first = next(end);
    }
  }

  /** The maximal ranges in ascending order. */
  public List<SlotRange> ranges() {
    List<SlotRange> ranges = new ArrayList<>();
    forEachRange((first, last) -> ranges.add(new SlotRange(first, last)));
    return ranges;
  }

  private long word(int at) {
    return (long) WORD.get(bits, at);
  }

  private void setWord(int at, long value) {
    WORD.set(bits, at, value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotSet set && Arrays.equals(bits, set.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  /** The text form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEachRange(
        (first, last) -> {
          text.append(text.isEmpty() ? "" : " ").append(first);
          if (last > first) {
            text.append('-').append(last);
          }
        });
    return text.toString();
  }
}
