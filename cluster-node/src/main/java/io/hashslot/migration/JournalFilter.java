package io.hashslot.migration;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.KeyPositions;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.resp.RequestParser;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import org.agrona.UnsafeApi;

/**
 * Picks from the journal what concerns some slots: bytes in, as they stand there; commands on keys
 * of these slots out, as they stood there. Brackets of transactions are left out: nobody sees the
 * keys before all of them are there. All work is done here, by who reads; those who write to the
 * journal do not know of it.
 */
final class JournalFilter implements AutoCloseable {
  private static final int INITIAL_BYTES = 128 * 1024;

  private final SlotSet slots;
  private final CommandTable table;
  private final TargetStream target;
  private final RequestParser parser = new RequestParser();
  private final KeyPositions positions = new KeyPositions();
  private long buffer = UnsafeApi.allocateMemory(INITIAL_BYTES);
  private int capacity = INITIAL_BYTES;
  private int limit;
  private int database;

  JournalFilter(SlotSet slots, CommandTable table, TargetStream target) {
    this.slots = slots;
    this.table = table;
    this.target = target;
    parser.trusted(true);
    parser.maxBulkBytes(Integer.MAX_VALUE);
  }

  /** Takes the next bytes of the journal; what is picked goes into {@code out}. */
  void take(long address, int length, NativeOutput out) {
    append(address, length);
    int from = parser.consumed();
    Request command;
    while ((command = parser.next(buffer, limit)) != null) {
      parser.accept();
      int to = parser.consumed();
      pick(command, from, to, out);
      from = to;
    }
    compact();
  }

  private void pick(Request command, int from, int to, NativeOutput out) {
    if (command.is(0, "SELECT")) {
      database = Integer.parseInt(command.text(1));
      return;
    }
    int slot = slotOf(command);
    if (slot >= 0 && slots.contains(slot)) {
      target.select(database, out);
      out.put(buffer + from, to - from);
    }
  }

  /** The slot of a command's first key, -1 if it has none. */
  private int slotOf(Request command) {
    CommandSpec row = table.find(command);
    if (row == null || row.has(CommandFlag.PUBSUB)) {
      return -1;
    }
    int key = row.singleKey();
    if (key <= 0) {
      if (!row.takesKeys()) {
        return -1;
      }
      positions.clear();
      row.collectKeys(command, positions);
      if (positions.count() == 0) {
        return -1;
      }
      key = positions.argument(0);
    }
    return key < command.count() ? Slots.of(command.address(key), command.length(key)) : -1;
  }

  private void append(long address, int length) {
    long needed = (long) limit + length;
    if (needed > capacity) {
      long grown = Math.min(Integer.MAX_VALUE - 64, Math.max(needed, capacity * 2L));
      if (needed > grown) {
        throw new IllegalStateException("a command of more than 2 GB in the journal");
      }
      buffer = UnsafeApi.reallocateMemory(buffer, grown);
      capacity = (int) grown;
    }
    UnsafeApi.copyMemory(address, buffer + limit, length);
    limit += length;
  }

  /** Moves half a command to the front. */
  private void compact() {
    int consumed = parser.consumed();
    if (consumed > 0) {
      UnsafeApi.copyMemory(buffer + consumed, buffer, limit - consumed);
      limit -= consumed;
      parser.movedToBase();
    }
  }

  @Override
  public void close() {
    parser.release();
    UnsafeApi.freeMemory(buffer);
    buffer = 0;
  }
}
