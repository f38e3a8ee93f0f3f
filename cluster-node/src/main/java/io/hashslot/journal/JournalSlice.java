package io.hashslot.journal;

import java.nio.ByteBuffer;

/**
 * A run of journal bytes pinned in memory, shared by all readers that took it. Close it exactly
 * once, on any thread, when the bytes have left (a socket write completed, say).
 */
public final class JournalSlice implements AutoCloseable {
  private final Journal journal;
  private final Chunk chunk;
  private final long position;
  private final int length;
  private boolean closed;

  JournalSlice(Journal journal, Chunk chunk, long position, int length) {
    this.journal = journal;
    this.chunk = chunk;
    this.position = position;
    this.length = length;
  }

  /** Journal position of the first byte. */
  public long position() {
    return position;
  }

  /** Bytes, at least 1. */
  public int length() {
    return length;
  }

  /** A read-only view of the bytes, valid until {@link #close}. */
  public ByteBuffer buffer() {
    return chunk.buffer.asReadOnlyBuffer().slice((int) (position - chunk.base), length);
  }

  /** Native address of the first byte, valid until {@link #close}. */
  public long address() {
    return chunk.address + (position - chunk.base);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      journal.unpin(chunk);
    }
  }
}
