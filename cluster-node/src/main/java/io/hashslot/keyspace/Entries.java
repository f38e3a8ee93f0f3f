package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import io.hashslot.value.Kind;
import io.hashslot.value.StringEncoding;

/**
 * How entries are made and how they change their shape: flags, length, and with them the block they
 * are in.
 */
final class Entries {
  /** The most room that a string which is being appended to gets in advance. */
  private static final int MAX_RESERVE = 1 << 20;

  /** The longest text of a 64-bit number. */
  private static final int MAX_DIGITS = 20;

  private Entries() {}

  /**
   * Makes an entry with room for a string and puts it into the index. Clock and the bytes of the
   * value are left to the caller.
   */
  static long create(
      ShardDatabase tables, Key key, Kind kind, int encoding, int length, long expireAtMs) {
    Shard shard = tables.shard();
    int flags = Entry.keyFlags(key.length());
    if (expireAtMs != Keys.NO_EXPIRY) {
      flags |= Entry.EXPIRY;
    }
    if (length > Entry.NEAR_LIMIT) {
      flags |= Entry.FAR;
    }
    long entry = shard.arena.allocate(Entry.bytes(flags, key.length(), length));
    Entry.write(entry, kind, encoding, flags, key.address(), key.length(), length);
    Entry.putCut(entry, shard.cut);
    if (expireAtMs != Keys.NO_EXPIRY) {
      Entry.putExpireAtMs(entry, expireAtMs);
    }
    if ((flags & Entry.FAR) != 0) {
      takeFar(shard, entry, Arena.capacity(length));
    }
    tables.insert(key.table(), key.hash(), entry);
    return entry;
  }

  /** The encoding of a string that is set as a whole: a number if it is the text of one. */
  static StringEncoding encodingOf(long address, int length) {
    return length <= MAX_DIGITS && Decimal.isLong(address, length)
        ? StringEncoding.INT
        : textEncoding(length);
  }

  /** The encoding of a string that is set as a whole and not taken for a number. */
  static StringEncoding textEncoding(int length) {
    return length <= StringEncoding.EMBSTR_LIMIT ? StringEncoding.EMBSTR : StringEncoding.RAW;
  }

  /**
   * Gives an entry room for another string. The bytes are left to the caller.
   *
   * @param expireAtMs as in {@link Keys#put}
   * @return where the entry is now
   */
  static long overwrite(ShardDatabase tables, Key key, long entry, int length, long expireAtMs) {
    int flags = Entry.flags(entry) & ~Entry.FAR;
    if (expireAtMs != Keys.KEEP_EXPIRY) {
      flags = expireAtMs == Keys.NO_EXPIRY ? flags & ~Entry.EXPIRY : flags | Entry.EXPIRY;
    }
    if (length > Entry.NEAR_LIMIT) {
      flags |= Entry.FAR;
    }
    long shaped = reshape(tables, key, entry, flags, length, true);
    if (expireAtMs != Keys.KEEP_EXPIRY && expireAtMs != Keys.NO_EXPIRY) {
      Entry.putExpireAtMs(shaped, expireAtMs);
    }
    return shaped;
  }

  /**
   * Gives an entry these flags and room for a value of this length. It stays in its block if flags
   * and size class stay the same, otherwise it moves and the index follows. A near value keeps as
   * many of its bytes as fit; a far block is kept if it has the right size.
   *
   * @return where the entry is now
   */
  static long reshape(ShardDatabase tables, Key key, long entry, int flags, int length) {
    return reshape(tables, key, entry, flags, length, false);
  }

  /**
   * Does that.
   *
   * @param anew whether the value is about to be written from its start, so that an open cut may
   *     have the far block it was in
   */
  private static long reshape(
      ShardDatabase tables, Key key, long entry, int flags, int length, boolean anew) {
    Shard shard = tables.shard();
    boolean far = (flags & Entry.FAR) != 0;
    boolean wasFar = (Entry.flags(entry) & Entry.FAR) != 0;
    boolean keepFar = far && wasFar && fits(entry, length) && !(anew && isFrozen(shard, entry));
    if (wasFar && !keepFar) {
      dropFar(shard, entry);
    }
    long oldBytes = Entry.bytes(entry);
    long newBytes = Entry.bytes(flags, key.length(), length);
    long shaped = entry;
    if (flags == Entry.flags(entry) && Arena.capacity(oldBytes) == Arena.capacity(newBytes)) {
      Entry.putValueLength(entry, length);
    } else {
      shaped = shard.arena.allocate(newBytes);
      boolean hadExpiry = Entry.hasExpiry(entry);
      copyInto(shaped, entry, key, flags, length, far == wasFar);
      tables.moved(key.table(), key.hash(), entry, hadExpiry, shaped);
      shard.arena.free(entry, oldBytes);
    }
    if (far && !keepFar) {
      takeFar(shard, shaped, Arena.capacity(length));
    }
    return shaped;
  }

  private static void copyInto(
      long target, long entry, Key key, int flags, int length, boolean withCell) {
    Entry.write(
        target,
        Entry.kind(entry),
        Entry.encoding(entry),
        flags,
        Entry.keyAddress(entry),
        key.length(),
        length);
    Entry.putCut(target, Entry.cut(entry));
    Entry.putClock(target, Entry.clock(entry));
    if ((flags & Entry.EXPIRY) != 0 && Entry.hasExpiry(entry)) {
      Entry.putExpireAtMs(target, Entry.expireAtMs(entry));
    }
    if (withCell) {
      boolean far = (flags & Entry.FAR) != 0;
      Memory.copy(
          Entry.cell(entry),
          Entry.cell(target),
          far ? Entry.FAR_CELL_BYTES : Math.min(Entry.valueLength(entry), length));
    }
  }

  /** Makes a string longer, keeping its bytes; long ones get some room to grow on. */
  static long grow(ShardDatabase tables, Key key, long entry, int length) {
    return grow(tables, key, entry, length, Math.min(length, MAX_RESERVE));
  }

  private static long grow(ShardDatabase tables, Key key, long entry, int length, int reserve) {
    Shard shard = tables.shard();
    int flags = Entry.flags(entry);
    int old = Entry.valueLength(entry);
    if ((flags & Entry.FAR) == 0 && length <= Entry.NEAR_LIMIT) {
      return reshape(tables, key, entry, flags, length);
    }
    if ((flags & Entry.FAR) != 0 && length <= Memory.getLong(Entry.cell(entry) + 8)) {
      Entry.putValueLength(entry, length);
      return entry;
    }
    long capacity = Arena.capacity((long) length + reserve);
    if ((flags & Entry.FAR) != 0 && !isFrozen(shard, entry)) {
      long cell = Entry.cell(entry);
      long from = Memory.getLong(cell);
      Memory.putLong(cell, shard.arena.resize(from, Memory.getLong(cell + 8), capacity));
      Memory.putLong(cell + 8, capacity);
      Entry.putValueLength(entry, length);
      return entry;
    }
    long far = shard.arena.allocate(capacity);
    Memory.copy(Entry.stringAddress(entry), far, old);
    long shaped = entry;
    if ((flags & Entry.FAR) == 0) {
      shaped = reshape(tables, key, entry, flags | Entry.FAR, length);
    }
    dropFar(shard, shaped);
    Entry.putValueLength(shaped, length);
    long cell = Entry.cell(shaped);
    Memory.putLong(cell, far);
    Memory.putLong(cell + 8, capacity);
    return shaped;
  }

  /**
   * Gives the value part of an entry another length, keeping as many of its bytes as fit. Values
   * that shrink a lot give their room back; those that grow have what their size class has: steps
   * of a quarter are room enough, and compact collections, which are many, stay as small as they
   * can.
   *
   * @return where the entry is now
   */
  static long resize(ShardDatabase tables, Key key, long entry, int length) {
    int old = Entry.valueLength(entry);
    if (length >= old || (Entry.flags(entry) & Entry.FAR) == 0) {
      return length == old ? entry : grow(tables, key, entry, length, 0);
    }
    long cell = Entry.cell(entry);
    if (length > Entry.NEAR_LIMIT / 2 && length > Memory.getLong(cell + 8) / 3) {
      Entry.putValueLength(entry, length);
      return entry;
    }
    Shard shard = tables.shard();
    long far = Memory.getLong(cell);
    long capacity = Memory.getLong(cell + 8);
    long shaped = entry;
    if (length <= Entry.NEAR_LIMIT) {
      // As an empty near value first: the far block is ours until its bytes are copied.
      Entry.putFlags(entry, Entry.flags(entry) & ~Entry.FAR);
      Entry.putValueLength(entry, Entry.FAR_CELL_BYTES);
      shaped = reshape(tables, key, entry, Entry.flags(entry), length);
      Memory.copy(far, Entry.stringAddress(shaped), length);
    } else {
      long smaller = Arena.capacity(length);
      long moved = shard.arena.allocate(smaller);
      Memory.copy(far, moved, length);
      Memory.putLong(cell, moved);
      Memory.putLong(cell + 8, smaller);
      Entry.putValueLength(entry, length);
    }
    shard.freeFar(far, capacity);
    return shaped;
  }

  /**
   * Whether the far block of an entry is right for a value of this length: of its size class, or
   * the value is as long as before.
   */
  private static boolean fits(long entry, int length) {
    return length == Entry.valueLength(entry)
        || Memory.getLong(Entry.cell(entry) + 8) == Arena.capacity(length);
  }

  /** Whether an open cut is not yet done with the string in the far block of an entry. */
  private static boolean isFrozen(Shard shard, long entry) {
    return shard.frozen.find(Memory.getLong(Entry.cell(entry))) != null;
  }

  private static void takeFar(Shard shard, long entry, long capacity) {
    long cell = Entry.cell(entry);
    Memory.putLong(cell, shard.arena.allocate(capacity));
    Memory.putLong(cell + 8, capacity);
  }

  private static void dropFar(Shard shard, long entry) {
    long cell = Entry.cell(entry);
    shard.freeFar(Memory.getLong(cell), Memory.getLong(cell + 8));
  }
}
