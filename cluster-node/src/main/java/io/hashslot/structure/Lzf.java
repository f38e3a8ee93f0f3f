package io.hashslot.structure;

import io.hashslot.memory.Memory;
import java.util.Arrays;

/**
 * LZF, the compression of RDB strings and of the inner chunks of lists, in native memory. One
 * instance belongs to one thread: compressing keeps a table.
 *
 * <p>The format is a sequence of items. A control byte below 32 introduces a literal run of that
 * many bytes plus one. Otherwise its top three bits are a match length minus 2 (7: the next byte
 * adds to it), its low five bits and the last byte of the item are the distance minus 1, at most
 * 8191. Matches may overlap what they produce.
 */
public final class Lzf {
  /** Most bytes a compressed byte can stand for: a match of 264 bytes takes 3. */
  public static final int MAX_EXPANSION = 88;

  private static final int MOST_TABLE_BITS = 14;
  private static final int LEAST_TABLE_BITS = 7;
  private static final int MAX_LITERALS = 32;
  private static final int MAX_MATCH = 264;
  private static final int MAX_DISTANCE = 8192;

  /**
   * Last position at which three bytes with this hash were seen, plus 1, plus {@link #base}. What
   * earlier inputs have left is at most {@link #base}: the table needs no clearing between short
   * strings, which would take longer than compressing them.
   */
  private final int[] table = new int[1 << MOST_TABLE_BITS];

  /** How many positions earlier inputs had since the table was cleared. */
  private int base;

  /**
   * Leaves as many bits of a hash as the table has for this input: small ones stay in the cache.
   */
  private int shift;

  private long out;
  private long outEnd;

  /**
   * Compresses {@code length} bytes.
   *
   * @return the compressed size, or 0 if it would exceed {@code room}
   */
  public int compress(long source, int length, long target, int room) {
    if (base > Integer.MAX_VALUE - 1 - length) {
      Arrays.fill(table, 0);
      base = 0;
    }
    int size = compressFrom(base, source, length, target, room);
    base += length;
    return size;
  }

  private int compressFrom(int from, long source, int length, long target, int room) {
    int bits = 33 - Integer.numberOfLeadingZeros(length);
    shift = 32 - Math.clamp(bits, LEAST_TABLE_BITS, MOST_TABLE_BITS);
    out = target;
    outEnd = target + room;
    int literalsFrom = 0;
    int at = 0;
    while (at + 2 < length) {
      int hash = hash(source + at);
      int candidate = table[hash] - 1 - from;
      table[hash] = from + at + 1;
      if (candidate < 0 || at - candidate > MAX_DISTANCE || !sameThree(source, candidate, at)) {
        at++;
        continue;
      }
      int matched = matchLength(source, candidate, at, Math.min(length - at, MAX_MATCH));
      if (!literals(source + literalsFrom, at - literalsFrom) || !match(matched, at - candidate)) {
        return 0;
      }
      int next = at + matched;
      // The last two positions of the match are remembered too: cheap, and enough for runs and
      // periods.
      for (int p = Math.max(at + 1, next - 2); p < next && p + 2 < length; p++) {
        table[hash(source + p)] = from + p + 1;
      }
      at = next;
      literalsFrom = next;
    }
    return literals(source + literalsFrom, length - literalsFrom) ? (int) (out - target) : 0;
  }

  /**
   * Decompresses into exactly {@code targetLength} bytes.
   *
   * @return false if the input is malformed or does not give exactly that length
   */
  public static boolean decompress(long source, int length, long target, int targetLength) {
    int in = 0;
    int made = 0;
    while (in < length) {
      int control = Memory.getByte(source + in++) & 0xff;
      if (control < MAX_LITERALS) {
        int run = control + 1;
        if (run > length - in || run > targetLength - made) {
          return false;
        }
        Memory.copy(source + in, target + made, run);
        in += run;
        made += run;
        continue;
      }
      int matched = (control >>> 5) + 2;
      if (matched == 9) {
        if (in == length) {
          return false;
        }
        matched += Memory.getByte(source + in++) & 0xff;
      }
      if (in == length) {
        return false;
      }
      int distance = ((control & 0x1f) << 8 | Memory.getByte(source + in++) & 0xff) + 1;
      if (distance > made || matched > targetLength - made) {
        return false;
      }
      repeat(target + made, distance, matched);
      made += matched;
    }
    return made == targetLength;
  }

  /** Copies what stands some bytes before, which may reach into the copy itself. */
  private static void repeat(long to, int distance, int length) {
    int done = 0;
    if (distance >= Long.BYTES) {
      for (; length - done >= Long.BYTES; done += Long.BYTES) {
        Memory.putLong(to + done, Memory.getLong(to + done - distance));
      }
    }
    for (; done < length; done++) {
      Memory.putByte(to + done, Memory.getByte(to + done - distance));
    }
  }

  private boolean literals(long from, int count) {
    long source = from;
    for (int left = count; left > 0; ) {
      int run = Math.min(left, MAX_LITERALS);
      if (outEnd - out < run + 1) {
        return false;
      }
      Memory.putByte(out++, run - 1);
      Memory.copy(source, out, run);
      out += run;
      source += run;
      left -= run;
    }
    return true;
  }

  private boolean match(int length, int distance) {
    if (outEnd - out < 3) {
      return false;
    }
    int high = distance - 1 >>> 8;
    if (length < 9) {
      Memory.putByte(out++, length - 2 << 5 | high);
    } else {
      Memory.putByte(out++, 7 << 5 | high);
      Memory.putByte(out++, length - 9);
    }
    Memory.putByte(out++, distance - 1);
    return true;
  }

  private static boolean sameThree(long source, int a, int b) {
    return Memory.getShort(source + a) == Memory.getShort(source + b)
        && Memory.getByte(source + a + 2) == Memory.getByte(source + b + 2);
  }

  private static int matchLength(long source, int a, int b, int most) {
    int n = 3;
    while (n < most && Memory.getByte(source + a + n) == Memory.getByte(source + b + n)) {
      n++;
    }
    return n;
  }

  private int hash(long at) {
    int three = Memory.getShort(at) & 0xffff | (Memory.getByte(at + 2) & 0xff) << 16;
    return three * 0x9E3779B1 >>> shift;
  }
}
