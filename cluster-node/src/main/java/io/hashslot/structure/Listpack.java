package io.hashslot.structure;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;

/**
 * A sequence of texts and whole numbers packed into one range of bytes, which are exactly the bytes
 * that Redis 7 and Valkey 8 keep, save and transfer for small collections: saving one is a copy.
 *
 * <pre>
 * total bytes, 4 | elements, 2 (65535: more than can be told, count them) | elements … | FF
 * </pre>
 *
 * <p>All static. A listpack is told by its address, an element by its own, {@code p}; 0 means there
 * is none. Whatever edits works on the {@link Room} that holds the listpack, from its first byte to
 * its last: one resize and one move of what stands behind, no allocation. After an edit only the
 * address it returns is good. Bytes to be put in must not lie in that room.
 *
 * <p>Text that is a 64-bit number in canonical decimal form is always kept as a number; readers
 * cannot tell, since such a number has just that one text. Numbers in bytes are little endian.
 */
public final class Listpack {
  /** Bytes of a listpack without elements. */
  public static final int EMPTY_BYTES = 7;

  /** What a listpack may have at most, in bytes; {@link #fits} tells. */
  public static final int MAX_BYTES = 1 << 30;

  private static final int COUNT = 4;
  private static final int HEADER = 6;
  private static final int MANY = 0xFFFF;

  private Listpack() {}

  // Reading

  /** Bytes of the whole listpack. */
  public static int totalBytes(long listpack) {
    return Memory.getInt(listpack);
  }

  /** How many elements there are; only with more than 65534 are they counted one by one. */
  public static int count(long listpack) {
    int count = Memory.getShort(listpack + COUNT) & MANY;
    return count < MANY ? count : countFrom(first(listpack));
  }

  private static int countFrom(long first) {
    int count = 0;
    for (long p = first; p != 0; p = next(p)) {
      count++;
    }
    return count;
  }

  /** The first element, or 0. */
  public static long first(long listpack) {
    return orEnd(listpack + HEADER);
  }

  /** The last element, or 0. */
  public static long last(long listpack) {
    int total = totalBytes(listpack);
    return total == EMPTY_BYTES ? 0 : ListpackElement.before(listpack + total - 1);
  }

  /** The element after one, or 0. */
  public static long next(long p) {
    return orEnd(p + ListpackElement.span(p));
  }

  /** The element before one, or 0. */
  public static long previous(long listpack, long p) {
    return p == listpack + HEADER ? 0 : ListpackElement.before(p);
  }

  /** The element of an index, counted from 0, or backwards from -1; 0 if there is none. */
  public static long seek(long listpack, int index) {
    int count = Memory.getShort(listpack + COUNT) & MANY;
    int forward = index;
    if (count < MANY) {
      forward = index < 0 ? index + count : index;
      if (forward < 0 || forward >= count) {
        return 0;
      }
      if (forward > count / 2) {
        return backward(listpack, count - 1 - forward);
      }
    } else if (index < 0) {
      return backward(listpack, -1 - index);
    }
    long p = first(listpack);
    for (int i = forward; i > 0 && p != 0; i--) {
      p = next(p);
    }
    return p;
  }

  private static long backward(long listpack, int steps) {
    long p = last(listpack);
    for (int i = steps; i > 0 && p != 0; i--) {
      p = previous(listpack, p);
    }
    return p;
  }

  private static long orEnd(long p) {
    return Memory.getUnsignedByte(p) == ListpackElement.END ? 0 : p;
  }

  /** Whether an element is kept as a number. */
  public static boolean isInt(long p) {
    return ListpackElement.isInt(p);
  }

  /** The value of an element that {@link #isInt}. */
  public static long longValue(long p) {
    return ListpackElement.longValue(p);
  }

  /** Where the bytes of an element begin that is no number. */
  public static long text(long p) {
    return ListpackElement.text(p);
  }

  /** How many bytes an element has that is no number. */
  public static int textLength(long p) {
    return ListpackElement.textLength(p);
  }

  /** Points a slice at the bytes of an element; a number is shown as its text. */
  public static Slice get(long p, Slice slice) {
    return isInt(p) ? slice.wrapLong(longValue(p)) : slice.wrap(text(p), textLength(p));
  }

  /** How many bytes the text of an element has, number or not. */
  public static int length(long p) {
    return isInt(p) ? Decimal.length(longValue(p)) : textLength(p);
  }

  /** Whether an element has these bytes; a number is never written out for it. */
  public static boolean equal(long p, long address, int length) {
    if (isInt(p)) {
      return isNumber(address, length) && Decimal.parse(address, length) == longValue(p);
    }
    return textLength(p) == length && Memory.equal(text(p), address, length);
  }

  /**
   * The first element with these bytes.
   *
   * @param p where to begin, looking at this element, too; 0 finds nothing
   * @param skip elements to pass over after each one looked at: 1 looks at the keys of pairs
   * @return the element, or 0
   */
  public static long find(long p, int skip, long address, int length) {
    if (p == 0) {
      return 0;
    }
    if (isNumber(address, length)) {
      return findNumber(p, skip, Decimal.parse(address, length), address, length);
    }
    long at = p;
    int first = Memory.getUnsignedByte(at);
    int wanted = length <= 63 ? 0x80 | length : -1;
    while (first != ListpackElement.END) {
      if (wanted >= 0
          ? first == wanted && Memory.equal(at + 1, address, length)
          : !isInt(at) && textLength(at) == length && Memory.equal(text(at), address, length)) {
        return at;
      }
      at = pass(at, skip);
      first = Memory.getUnsignedByte(at);
    }
    return 0;
  }

  /** Files of others may hold a number as text, so texts are compared, too. */
  private static long findNumber(long p, int skip, long value, long address, int length) {
    long at = p;
    while (Memory.getUnsignedByte(at) != ListpackElement.END) {
      if (isInt(at)
          ? longValue(at) == value
          : textLength(at) == length && Memory.equal(text(at), address, length)) {
        return at;
      }
      at = pass(at, skip);
    }
    return 0;
  }

  /** Passes over an element and {@code skip} more, or to the end. */
  private static long pass(long p, int skip) {
    long at = p + ListpackElement.span(p);
    for (int i = skip; i > 0 && Memory.getUnsignedByte(at) != ListpackElement.END; i--) {
      at += ListpackElement.span(at);
    }
    return at;
  }

  private static boolean isNumber(long address, int length) {
    return Decimal.parse(address, length) != Decimal.NOT_A_NUMBER
        || Decimal.isLong(address, length);
  }

  /**
   * Whether bytes from elsewhere are a listpack that can be read without looking out of its bounds.
   *
   * @param deep whether every element is checked; otherwise only the frame is
   */
  public static boolean valid(long address, int length, boolean deep) {
    if (length < EMPTY_BYTES
        || Memory.getInt(address) != length
        || Memory.getUnsignedByte(address + length - 1) != ListpackElement.END) {
      return false;
    }
    if (!deep) {
      return true;
    }
    long end = address + length - 1;
    int count = 0;
    for (long p = address + HEADER; p != end; count++) {
      int span = ListpackElement.checkedSpan(p, end);
      if (span < 0) {
        return false;
      }
      p += span;
    }
    int declared = Memory.getShort(address + COUNT) & MANY;
    return declared == MANY || declared == count;
  }

  // Measuring

  /** What an element with these bytes adds to a listpack, in bytes. */
  public static int elementBytes(long address, int length) {
    int size =
        isNumber(address, length)
            ? ListpackElement.longSize(Decimal.parse(address, length))
            : ListpackElement.textSize(length);
    return size + ListpackElement.sizeBytes(size);
  }

  /** What the element at {@code p} adds to its listpack, in bytes. */
  public static int elementBytes(long p) {
    return ListpackElement.span(p);
  }

  /** Whether a listpack stays within {@link #MAX_BYTES} if it grows by {@code bytes}. */
  public static boolean fits(long listpack, long bytes) {
    return totalBytes(listpack) + bytes <= MAX_BYTES;
  }

  // Editing

  /** Makes the room an empty listpack. */
  public static void create(Room room) {
    long listpack = room.resize(EMPTY_BYTES);
    Memory.putInt(listpack, EMPTY_BYTES);
    Memory.putShort(listpack + COUNT, 0);
    Memory.putByte(listpack + HEADER, ListpackElement.END);
  }

  /** Adds bytes behind the last element; returns the new one. */
  public static long append(Room room, long address, int length) {
    return put(room, end(room), 0, 1, address, length);
  }

  /** Adds a number behind the last element; returns the new one. */
  public static long appendLong(Room room, long value) {
    return putLong(room, end(room), 0, 1, value);
  }

  /** Adds bytes before the first element; returns the new one. */
  public static long prepend(Room room, long address, int length) {
    return put(room, room.address() + HEADER, 0, 1, address, length);
  }

  /** Adds a number before the first element; returns the new one. */
  public static long prependLong(Room room, long value) {
    return putLong(room, room.address() + HEADER, 0, 1, value);
  }

  /** Adds bytes before the element {@code p}; returns the new one. */
  public static long insertBefore(Room room, long p, long address, int length) {
    return put(room, p, 0, 1, address, length);
  }

  /** Adds a number before the element {@code p}; returns the new one. */
  public static long insertBeforeLong(Room room, long p, long value) {
    return putLong(room, p, 0, 1, value);
  }

  /** Adds bytes behind the element {@code p}; returns the new one. */
  public static long insertAfter(Room room, long p, long address, int length) {
    return put(room, p + ListpackElement.span(p), 0, 1, address, length);
  }

  /** Adds a number behind the element {@code p}; returns the new one. */
  public static long insertAfterLong(Room room, long p, long value) {
    return putLong(room, p + ListpackElement.span(p), 0, 1, value);
  }

  /** Puts bytes in the place of the element {@code p}; returns the new one. */
  public static long replace(Room room, long p, long address, int length) {
    return put(room, p, ListpackElement.span(p), 0, address, length);
  }

  /** Puts a number in the place of the element {@code p}; returns the new one. */
  public static long replaceLong(Room room, long p, long value) {
    return putLong(room, p, ListpackElement.span(p), 0, value);
  }

  /** Removes the element {@code p}; returns the one that stood behind it, or 0. */
  public static long delete(Room room, long p) {
    return orEnd(splice(room, p, ListpackElement.span(p), 0, -1));
  }

  /**
   * Removes the element {@code p} and those behind it, {@code elements} in all or as many as there
   * are; returns the one that stood behind them, or 0.
   */
  public static long deleteRange(Room room, long p, int elements) {
    long to = p;
    int removed = 0;
    while (removed < elements && Memory.getUnsignedByte(to) != ListpackElement.END) {
      to += ListpackElement.span(to);
      removed++;
    }
    return orEnd(splice(room, p, (int) (to - p), 0, -removed));
  }

  /**
   * Adds a run of elements of another listpack behind the last element, as they are.
   *
   * @param from the first element of the run
   * @param elements how many; there are that many
   */
  public static void appendRun(Room room, long from, int elements) {
    long to = from;
    for (int i = 0; i < elements; i++) {
      to += ListpackElement.span(to);
    }
    int bytes = (int) (to - from);
    Memory.copy(from, splice(room, end(room), 0, bytes, elements), bytes);
  }

  private static long end(Room room) {
    return room.address() + totalBytes(room.address()) - 1;
  }

  private static long put(
      Room room, long p, int removedBytes, int elements, long address, int length) {
    if (isNumber(address, length)) {
      return putLong(room, p, removedBytes, elements, Decimal.parse(address, length));
    }
    int size = ListpackElement.textSize(length);
    long at = splice(room, p, removedBytes, size + ListpackElement.sizeBytes(size), elements);
    ListpackElement.putText(at, size, address, length);
    return at;
  }

  private static long putLong(Room room, long p, int removedBytes, int elements, long value) {
    int size = ListpackElement.longSize(value);
    long at = splice(room, p, removedBytes, size + 1, elements);
    ListpackElement.putLong(at, size, value);
    return at;
  }

  /**
   * Gives what stands at {@code p} another length, and the listpack {@code elements} more elements.
   *
   * @return where the place is now
   */
  private static long splice(Room room, long p, int removedBytes, int bytes, int elements) {
    long listpack = room.address();
    int offset = (int) (p - listpack);
    int before = totalBytes(listpack);
    int after = Math.addExact(before - removedBytes, bytes);
    if (after > before) {
      listpack = room.resize(after);
    }
    if (after != before) {
      long tail = listpack + offset;
      Memory.copy(tail + removedBytes, tail + bytes, before - offset - removedBytes);
    }
    if (after < before) {
      listpack = room.resize(after);
    }
    Memory.putInt(listpack, after);
    int count = Memory.getShort(listpack + COUNT) & MANY;
    if (count < MANY) {
      Memory.putShort(listpack + COUNT, Math.min(count + elements, MANY));
    }
    return listpack + offset;
  }
}
