package io.hashslot.command.generic;

import io.hashslot.memory.Memory;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Output;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that make keys at another server, as the bytes that go over the wire. In native memory:
 * payloads may be larger than the heap. They stay until all is done, so they can be sent again.
 */
final class RestoreCommands implements AutoCloseable {
  /** What is larger is kept as it was written, in a piece of its own. */
  private static final int LARGE_BYTES = 32 * 1024;

  private static final int INITIAL_BYTES = 1024;
  private static final int PORTION_BYTES = 256 * 1024;

  private final String name;
  private final List<NativeOutput> pieces = new ArrayList<>();
  private boolean open;

  /**
   * No commands yet.
   *
   * @param name of the command
   */
  RestoreCommands(String name) {
    this.name = name;
  }

  /**
   * Adds a command.
   *
   * @param ttlMs how long the key shall live, or 0 for ever
   * @param payload as DUMP gives it; belongs to this from now on
   */
  void add(long key, int keyLength, long ttlMs, NativeOutput payload, boolean replace) {
    boolean large = payload.position() > LARGE_BYTES;
    NativeOutput out = piece();
    header(out, '*', replace ? 5 : 4);
    text(out, name);
    header(out, '$', keyLength);
    out.put(key, keyLength);
    out.putLineEnd();
    text(out, Long.toString(ttlMs));
    header(out, '$', payload.position());
    if (large) {
      pieces.add(payload);
      open = false;
      out = piece();
    } else {
      out.put(payload.address(), payload.position());
      payload.release();
    }
    out.putLineEnd();
    if (replace) {
      text(out, "REPLACE");
    }
  }

  /** The piece that what follows is added to. */
  private NativeOutput piece() {
    if (!open) {
      pieces.add(new NativeOutput(INITIAL_BYTES));
      open = true;
    }
    return pieces.getLast();
  }

  private static void header(Output out, char type, long number) {
    out.put((byte) type);
    out.putDecimal(number);
    out.putLineEnd();
  }

  private static void text(Output out, String ascii) {
    header(out, '$', ascii.length());
    out.putLatin(ascii);
    out.putLineEnd();
  }

  /** Sends all commands. */
  void sendTo(RespConnection to) throws IOException {
    long bytes = 0;
    for (NativeOutput piece : pieces) {
      bytes += piece.position();
    }
    byte[] portion = new byte[(int) Math.min(PORTION_BYTES, bytes)];
    int filled = 0;
    for (NativeOutput piece : pieces) {
      for (int at = 0; at < piece.position(); ) {
        int length = Math.min(portion.length - filled, piece.position() - at);
        Memory.copy(piece.address() + at, portion, filled, length);
        at += length;
        filled += length;
        if (filled == portion.length) {
          to.sendRaw(portion, filled);
          filled = 0;
        }
      }
    }
    to.sendRaw(portion, filled);
  }

  @Override
  public void close() {
    pieces.forEach(NativeOutput::release);
    pieces.clear();
    open = false;
  }
}
