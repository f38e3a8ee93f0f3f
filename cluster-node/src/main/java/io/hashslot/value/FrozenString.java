package io.hashslot.value;

import io.hashslot.memory.Memory;
import java.util.function.LongConsumer;

/**
 * The bytes of a long string. They are handed out in pieces, in their order; of a piece whose turn
 * has not come a copy is made before something is written into it. What is appended concerns
 * nobody. Told by the block it is in: a string that is replaced, deleted, or moved because it grew
 * leaves that block behind, and there is nothing to copy.
 */
public final class FrozenString extends FrozenValue {
  /** Bytes copied at once. */
  static final int PIECE_BYTES = 32 << 10;

  private static final long[] NONE = {};

  private final long address;
  private final int length;
  private final int pieces;
  private final Parts parts;
  private final LongConsumer keeping;

  /** By piece: its copy, or 0. */
  private long[] copies = NONE;

  private int next;

  FrozenString(StringValue string, Parts parts, LongConsumer keeping) {
    super(string.address(), string.length());
    address = string.address();
    length = string.length();
    pieces = (int) ((length + PIECE_BYTES - 1L) / PIECE_BYTES);
    this.parts = parts;
    this.keeping = keeping;
  }

  /** The bytes from one index up to another, which may be beyond the end, are about to change. */
  public void changing(int from, int to) {
    if (from >= length || to <= from) {
      return;
    }
    int last = (Math.min(to, length) - 1) / PIECE_BYTES;
    for (int piece = Math.max(next, from / PIECE_BYTES); piece <= last; piece++) {
      keep(piece);
    }
  }

  private void keep(int piece) {
    if (copies.length == 0) {
      copies = new long[pieces];
    }
    if (copies[piece] == 0) {
      long copy = Memory.allocate(PIECE_BYTES);
      Memory.copy(address + start(piece), copy, bytes(piece));
      copies[piece] = copy;
      keeping.accept(PIECE_BYTES);
    }
  }

  private static long start(int piece) {
    return (long) piece * PIECE_BYTES;
  }

  private int bytes(int piece) {
    return (int) Math.min(PIECE_BYTES, length - start(piece));
  }

  @Override
  public boolean next() {
    if (next == pieces) {
      return false;
    }
    int piece = next++;
    long copy = copies.length == 0 ? 0 : copies[piece];
    parts.bytes(copy == 0 ? address + start(piece) : copy, bytes(piece));
    drop(piece);
    return next < pieces;
  }

  private void drop(int piece) {
    if (copies.length > 0 && copies[piece] != 0) {
      Memory.free(copies[piece]);
      copies[piece] = 0;
      keeping.accept(-PIECE_BYTES);
    }
  }

  @Override
  public boolean release(int budget) {
    for (int left = budget; next < pieces && left > 0; left--) {
      drop(next++);
    }
    return next == pieces;
  }
}
