package io.hashslot.migration;

import io.hashslot.memory.Memory;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Output;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;

/**
 * The way to the target of a migration: commands, each in its database. Used by one thread at a
 * time: first by the one that sends the snapshot, then by the one that follows the journal.
 */
final class TargetStream {
  private static final int PORTION_BYTES = 256 * 1024;

  private final RespConnection connection;
  private final byte[] portion = new byte[PORTION_BYTES];

  /** The database that the target stands in: a new connection is in the first. */
  private int database;

  private volatile long sentBytes;

  TargetStream(RespConnection connection) {
    this.connection = connection;
  }

  /** Writes a SELECT, if what follows is in another database than what stands before it. */
  void select(int wanted, Output out) {
    if (wanted == database) {
      return;
    }
    database = wanted;
    Commands.header(out, '*', 2);
    Commands.argument(out, "SELECT");
    Commands.argument(out, Integer.toString(wanted));
  }

  /** Sends what was written, and makes room. */
  void send(NativeOutput out) throws IOException {
    long from = out.address();
    long end = from + out.position();
    while (from < end) {
      int length = (int) Math.min(PORTION_BYTES, end - from);
      Memory.copy(from, portion, 0, length);
      connection.sendRaw(portion, length);
      from += length;
    }
    sentBytes += out.position();
    out.position(0);
  }

  /** Sends a message. */
  void send(Message message) throws IOException {
    byte[] bytes = message.bytes();
    connection.sendRaw(bytes, bytes.length);
  }

  /** Bytes of commands sent so far; any thread may ask. */
  long sentBytes() {
    return sentBytes;
  }
}
