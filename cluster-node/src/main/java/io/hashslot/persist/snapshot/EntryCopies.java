package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Entry;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.io.IOException;

/**
 * Copies of entries in native memory, in the order they were added: taken under a shard's lock as
 * fast as memory can be copied, written out later without it. Not synchronised.
 *
 * <p>A copy: database (4 bytes), length of the key (4), expiry (8), access clock and type of the
 * value (3 and 1), length of the value (4), key, value. Compact values are copied as they are, and
 * compressed later; those in full form are written out as in the file.
 */
final class EntryCopies {
  /** Hears copies. */
  interface Visitor {
    /** One entry; addresses are valid during the call. */
    void entry(
        int database,
        long key,
        int keyLength,
        long expireAtMs,
        int clock,
        int type,
        long value,
        int valueLength)
        throws IOException;
  }

  private static final int SCRATCH_BYTES = 8 * 1024;
  private static final int HEADER_BYTES = 24;

  private final BlockChain copies;
  private final int version;

  /**
   * @param held counts the memory in use
   * @param version of RDB, which says what values are written out like
   */
  EntryCopies(HeldBytes held, int version) {
    copies = new BlockChain(held);
    this.version = version;
  }

  /** Copies an entry whose value is not written in parts. */
  void add(int database, Entry entry) {
    Value value = entry.value();
    int type = RdbValues.type(value, version);
    if (!RdbValues.isBlob(type)) {
      addWritten(database, entry, type, value);
      return;
    }
    switch (value) {
      case StringValue string -> add(database, entry, type, string.address(), string.length());
      case CollectionValue compact ->
          add(database, entry, type, compact.cell().address(), compact.cell().length());
    }
  }

  private void addWritten(int database, Entry entry, int type, Value value) {
    NativeOutput out = new NativeOutput(SCRATCH_BYTES);
    try (RdbEncoder encoder = new RdbEncoder(out, false)) {
      RdbValues.write(encoder, value, version);
      add(database, entry, type, out.address(), out.position());
    } finally {
      out.release();
    }
  }

  private void add(int database, Entry entry, int type, long value, int valueLength) {
    int keyLength = entry.keyLength();
    int size = Math.addExact(HEADER_BYTES + keyLength, valueLength);
    long at = copies.reserve(size);
    Memory.putInt(at, database);
    Memory.putInt(at + 4, keyLength);
    Memory.putLong(at + 8, entry.expireAtMs());
    Memory.putInt(at + 16, entry.clock() | type << 24);
    Memory.putInt(at + 20, valueLength);
    Memory.copy(entry.keyAddress(), at + HEADER_BYTES, keyLength);
    Memory.copy(value, at + HEADER_BYTES + keyLength, valueLength);
    copies.advance(size);
  }

  /** Moves all copies to others. */
  void moveTo(EntryCopies other) {
    copies.moveTo(other.copies);
  }

  /** Shows all copies and forgets them, freeing memory on the way. */
  void drain(Visitor visitor) throws IOException {
    copies.drain(block -> show(block, visitor));
  }

  /** Forgets all copies. */
  void clear() {
    copies.clear();
  }

  private static void show(BlockChain.Block block, Visitor visitor) throws IOException {
    long end = block.address() + block.length();
    for (long at = block.address(); at < end; ) {
      int keyLength = Memory.getInt(at + 4);
      int valueLength = Memory.getInt(at + 20);
      long key = at + HEADER_BYTES;
      visitor.entry(
          Memory.getInt(at),
          key,
          keyLength,
          Memory.getLong(at + 8),
          Memory.getInt(at + 16) & 0xFFFFFF,
          Memory.getUnsignedByte(at + 19),
          key + keyLength,
          valueLength);
      at = key + keyLength + valueLength;
    }
  }
}
