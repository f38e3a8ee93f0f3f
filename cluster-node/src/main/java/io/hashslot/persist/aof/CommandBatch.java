package io.hashslot.persist.aof;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;

/**
 * Commands on their way from the thread that reads a file to the one that executes them: for each,
 * its row, its database, where its arguments stand, and their bytes. In native memory, which grows
 * and is used again. Filled, then read, by one thread at a time.
 */
final class CommandBatch {
  /** More is given back when the batch is used again. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int HEADER_BYTES = 16;
  private static final int ARGUMENT_BYTES = 8;

  private final int initialBytes;
  private final Request request = new Request();
  private long address;
  private long capacity;
  private long limit;
  private long position;

  /** Where the present command begins; it ends at the position. */
  private long present;

  private int commands;
  private int row;
  private int database;

  CommandBatch(int initialBytes) {
    this.initialBytes = initialBytes;
    capacity = initialBytes;
    address = Memory.allocate(capacity);
  }

  /**
   * Adds a command.
   *
   * @param rowIndex its row in the table of commands
   * @param raw address of the command as it stands in the file, {@code rawLength} bytes
   */
  void add(int rowIndex, int db, Request command, long raw, int rawLength) {
    int count = command.count();
    ensure(HEADER_BYTES + (long) count * ARGUMENT_BYTES + rawLength);
    long at = address + limit;
    Memory.putInt(at, rowIndex);
    Memory.putInt(at + 4, db);
    Memory.putInt(at + 8, count);
    Memory.putInt(at + 12, rawLength);
    at += HEADER_BYTES;
    for (int i = 0; i < count; i++) {
      Memory.putInt(at, (int) (command.address(i) - raw));
      Memory.putInt(at + 4, command.length(i));
      at += ARGUMENT_BYTES;
    }
    Memory.copy(raw, at, rawLength);
    limit = at + rawLength - address;
    commands++;
  }

  /** Adds the present command of another batch. */
  void add(CommandBatch other) {
    long length = other.position - other.present;
    ensure(length);
    Memory.copy(other.address + other.present, address + limit, length);
    limit += length;
    commands++;
  }

  /** Goes to the next command, or to the first one; false if there is none. */
  boolean next() {
    if (position == limit) {
      return false;
    }
    present = position;
    long at = address + position;
    row = Memory.getInt(at);
    database = Memory.getInt(at + 4);
    int count = Memory.getInt(at + 8);
    int rawLength = Memory.getInt(at + 12);
    at += HEADER_BYTES;
    long raw = at + (long) count * ARGUMENT_BYTES;
    request.view(raw);
    for (int i = 0; i < count; i++) {
      request.add(Memory.getInt(at), Memory.getInt(at + 4));
      at += ARGUMENT_BYTES;
    }
    position = raw + rawLength - address;
    return true;
  }

  /** Row of the present command. */
  int row() {
    return row;
  }

  /** Database of the present command. */
  int database() {
    return database;
  }

  /** The present command. */
  Request request() {
    return request;
  }

  /** Where the cursor stands, for {@link #goTo}. */
  long cursor() {
    return position;
  }

  /** Takes the cursor back to where it was. */
  void goTo(long cursor) {
    position = cursor;
  }

  /** Number of commands. */
  int commands() {
    return commands;
  }

  /** Bytes in use. */
  long bytes() {
    return limit;
  }

  /** Forgets all commands. */
  void clear() {
    limit = 0;
    position = 0;
    commands = 0;
    if (capacity > KEPT_BYTES && capacity > initialBytes) {
      release();
      capacity = initialBytes;
      address = Memory.allocate(capacity);
    }
  }

  /** Gives the memory back. */
  void release() {
    Memory.free(address);
    address = 0;
    capacity = 0;
  }

  private void ensure(long more) {
    long wanted = limit + more;
    if (wanted > capacity) {
      long grown = Math.max(wanted, capacity * 2);
      address = Memory.reallocate(address, grown);
      capacity = grown;
    }
  }
}
