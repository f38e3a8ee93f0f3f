package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Entry;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.io.IOException;
import java.util.ArrayDeque;

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

  private static final int BLOCK_BYTES = 256 * 1024;
  private static final int HEADER_BYTES = 24;

  /** Forms that the oldest readers know; newer files may contain them, too. */
  private static final int VERSION = Rdb.VERSION_REDIS_7_0;

  private static final class Block {
    final long address;
    final long capacity;
    long limit;

    Block(long capacity) {
      this.capacity = capacity;
      address = Memory.allocate(capacity);
    }
  }

  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private long bytes;

  /** Copies an entry. */
  void add(int database, Entry entry) {
    Value value = entry.value();
    int type = RdbValues.type(value, VERSION);
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
    NativeOutput out = new NativeOutput(BLOCK_BYTES);
    try (RdbEncoder encoder = new RdbEncoder(out, false)) {
      RdbValues.write(encoder, value, VERSION);
      add(database, entry, type, out.address(), out.position());
    } finally {
      out.release();
    }
  }

  private void add(int database, Entry entry, int type, long value, int valueLength) {
    int keyLength = entry.keyLength();
    long at = room((long) HEADER_BYTES + keyLength + valueLength);
    Memory.putInt(at, database);
    Memory.putInt(at + 4, keyLength);
    Memory.putLong(at + 8, entry.expireAtMs());
    Memory.putInt(at + 16, entry.clock() | type << 24);
    Memory.putInt(at + 20, valueLength);
    Memory.copy(entry.keyAddress(), at + HEADER_BYTES, keyLength);
    Memory.copy(value, at + HEADER_BYTES + keyLength, valueLength);
  }

  /** Memory in use, bytes. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Shows all copies and forgets them, freeing memory on the way. */
  void drain(Visitor visitor) throws IOException {
    try {
      while (!blocks.isEmpty()) {
        show(blocks.getFirst(), visitor);
        freeFirst();
      }
    } finally {
      clear();
    }
  }

  /** Forgets all copies. */
  void clear() {
    while (!blocks.isEmpty()) {
      freeFirst();
    }
  }

  private static void show(Block block, Visitor visitor) throws IOException {
    long end = block.address + block.limit;
    for (long at = block.address; at < end; ) {
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

  private long room(long size) {
    Block last = blocks.peekLast();
    if (last == null || last.capacity - last.limit < size) {
      last = new Block(Math.max(size, BLOCK_BYTES));
      blocks.add(last);
      bytes += last.capacity;
    }
    long at = last.address + last.limit;
    last.limit += size;
    return at;
  }

  private void freeFirst() {
    Block first = blocks.removeFirst();
    bytes -= first.capacity;
    Memory.free(first.address);
  }
}
