package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.value.Kind;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;

/**
 * A key and its value, as one arena block. The instance is a flyweight for those who visit entries;
 * the static methods are the picture of the bytes.
 *
 * <pre>
 *   0  kind (low 4 bits) | encoding (high 4 bits)
 *   1  flags: LONG_KEY, EXPIRY, FAR
 *   2  number of the last cut that has seen this entry
 *   3  length of the key; unused if LONG_KEY
 *   4  access clock, 24 bits, and 8 bits spare
 *   8  length of the value in bytes, 4 bytes
 *  12  length of the key, 4 bytes, if LONG_KEY
 *   .  expiry, milliseconds since 1970, 8 bytes, if EXPIRY
 *   .  key
 *   .  value: a string, a compact collection, or the root of a full one; if FAR: address and capacity of the block that holds it, 8 bytes each
 * </pre>
 *
 * A key of 16 bytes with a value of 16 makes 44 bytes, which go into a block of 48.
 */
public final class Entry {
  static final int LONG_KEY = 1;
  static final int EXPIRY = 2;
  static final int FAR = 4;

  static final int FAR_CELL_BYTES = 16;

  /** Longest string that stays inside its entry. */
  static final int NEAR_LIMIT = 2048;

  /** What an index spends on one entry, about: a word and its part of the gaps. */
  static final int INDEX_SHARE_BYTES = 14;

  private static final int FLAGS = 1;
  private static final int CUT = 2;
  private static final int SHORT_KEY_LENGTH = 3;
  private static final int CLOCK = 4;
  private static final int VALUE_LENGTH = 8;
  private static final int FIXED_BYTES = 12;
  private static final int SHORT_KEY_LIMIT = 255;

  private final Flyweights flyweights = new Flyweights();
  private final Shard shard;
  private long at;

  /** A flyweight over entries of one shard. */
  Entry(Shard shard) {
    this.shard = shard;
  }

  /** Moves this flyweight over an entry. */
  Entry wrap(long entry) {
    at = entry;
    return this;
  }

  /** Where the entry is. */
  public long address() {
    return at;
  }

  public long keyAddress() {
    return keyAddress(at);
  }

  public int keyLength() {
    return keyLength(at);
  }

  /** When the key expires, in milliseconds since 1970, or {@link Keys#NO_EXPIRY}. */
  public long expireAtMs() {
    return expireAtMs(at);
  }

  public Kind kind() {
    return kind(at);
  }

  /** The value, through a flyweight that belongs to this one. */
  public Value value() {
    return flyweights.over(shard, at);
  }

  /** The raw 24 bits of the access clock; {@link AccessClock} reads them. */
  public int clock() {
    return clock(at);
  }

  // The picture of the bytes

  static Kind kind(long e) {
    return Kind.of(Memory.getByte(e) & 0xF);
  }

  static int encoding(long e) {
    return Memory.getUnsignedByte(e) >>> 4;
  }

  static void putEncoding(long e, int encoding) {
    Memory.putByte(e, Memory.getByte(e) & 0xF | encoding << 4);
  }

  static void putForm(long e, Kind kind, int encoding) {
    Memory.putByte(e, kind.ordinal() | encoding << 4);
  }

  static int flags(long e) {
    return Memory.getByte(e + FLAGS);
  }

  static void putFlags(long e, int flags) {
    Memory.putByte(e + FLAGS, flags);
  }

  static boolean hasExpiry(long e) {
    return (flags(e) & EXPIRY) != 0;
  }

  static byte cut(long e) {
    return Memory.getByte(e + CUT);
  }

  static void putCut(long e, byte cut) {
    Memory.putByte(e + CUT, cut);
  }

  static int clock(long e) {
    return Memory.getInt(e + CLOCK) & 0xFFFFFF;
  }

  static void putClock(long e, int clock) {
    Memory.putInt(e + CLOCK, clock);
  }

  static int valueLength(long e) {
    return Memory.getInt(e + VALUE_LENGTH);
  }

  static void putValueLength(long e, int length) {
    Memory.putInt(e + VALUE_LENGTH, length);
  }

  static int keyLength(long e) {
    return (flags(e) & LONG_KEY) == 0
        ? Memory.getUnsignedByte(e + SHORT_KEY_LENGTH)
        : Memory.getInt(e + FIXED_BYTES);
  }

  /** Bytes before the key: four more for the length of a long key, eight more for an expiry. */
  static int keyOffset(int flags) {
    return FIXED_BYTES + ((flags & (LONG_KEY | EXPIRY)) << 2);
  }

  static long keyAddress(long e) {
    return e + keyOffset(flags(e));
  }

  static long expireAtMs(long e) {
    int flags = flags(e);
    return (flags & EXPIRY) == 0
        ? Keys.NO_EXPIRY
        : Memory.getLong(e + keyOffset(flags) - Long.BYTES);
  }

  static void putExpireAtMs(long e, long expireAtMs) {
    Memory.putLong(keyAddress(e) - Long.BYTES, expireAtMs);
  }

  /** Where the value stands in the entry: its bytes, or its far cell. */
  static long cell(long e) {
    return keyAddress(e) + keyLength(e);
  }

  /** Where the bytes of a string, or the root of a collection, are, near or far. */
  static long stringAddress(long e) {
    long cell = cell(e);
    return (flags(e) & FAR) == 0 ? cell : Memory.getLong(cell);
  }

  static StringValue string(long e, StringValue string) {
    return string.wrap(stringAddress(e), valueLength(e), StringEncoding.of(encoding(e)));
  }

  static boolean hasKey(long e, long key, int length) {
    int flags = flags(e);
    int found =
        (flags & LONG_KEY) == 0
            ? Memory.getUnsignedByte(e + SHORT_KEY_LENGTH)
            : Memory.getInt(e + FIXED_BYTES);
    return found == length && Memory.equal(e + keyOffset(flags), key, length);
  }

  /** Bytes of an entry with these flags, key and value. */
  static long bytes(int flags, int keyLength, int valueLength) {
    return (long) keyOffset(flags)
        + keyLength
        + ((flags & FAR) == 0 ? valueLength : FAR_CELL_BYTES);
  }

  /** Bytes of the entry's own block, the far block apart. */
  static long bytes(long e) {
    return bytes(flags(e), keyLength(e), valueLength(e));
  }

  /** Flags for a key of this length: what else is needed is added by the caller. */
  static int keyFlags(int keyLength) {
    return keyLength > SHORT_KEY_LIMIT ? LONG_KEY : 0;
  }

  /**
   * Writes header, lengths and key into a fresh block. Cut, clock and expiry are left to the
   * caller.
   */
  static void write(
      long e, Kind kind, int encoding, int flags, long key, int keyLength, int valueLength) {
    Memory.putByte(e, kind.ordinal() | encoding << 4);
    Memory.putByte(e + FLAGS, flags);
    if ((flags & LONG_KEY) == 0) {
      Memory.putByte(e + SHORT_KEY_LENGTH, keyLength);
    } else {
      Memory.putInt(e + FIXED_BYTES, keyLength);
    }
    Memory.putInt(e + VALUE_LENGTH, valueLength);
    Memory.copy(key, e + keyOffset(flags), keyLength);
  }

  /** Bytes of the entry with its far block and its share of the index; what a root owns apart. */
  static long memoryBytes(long e) {
    long far = (flags(e) & FAR) == 0 ? 0 : Memory.getLong(cell(e) + 8);
    return Arena.capacity(bytes(e)) + far + INDEX_SHARE_BYTES;
  }

  /** Gives back an entry with its far block; what the root of a collection owns is left alone. */
  static void free(Shard shard, long e) {
    if ((flags(e) & FAR) != 0) {
      long cell = cell(e);
      shard.freeFar(Memory.getLong(cell), Memory.getLong(cell + 8));
    }
    shard.arena.free(e, bytes(e));
  }
}
