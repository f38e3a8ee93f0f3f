package io.hashslot.replication;

import java.util.ArrayDeque;
import org.agrona.UnsafeApi;

/**
 * Bytes of the primary's stream that came before the data they belong to was loaded, in chunks of
 * native memory: however many there are, none is copied twice, and what was applied is given back
 * at once. Belongs to one thread; the counts may be read by others.
 */
final class EarlyStream {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Native addresses. */
  private final ArrayDeque<Long> chunks = new ArrayDeque<>();

  private volatile long bytes;
  private volatile long peakBytes;

  /** Bytes of the last chunk that are filled. */
  private int filled = CHUNK_BYTES;

  /** Bytes that wait. */
  long bytes() {
    return bytes;
  }

  /** Most bytes that ever waited. */
  long peakBytes() {
    return peakBytes;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  /** Copies bytes that came. */
  void add(long address, int length) {
    int done = 0;
    while (done < length) {
      if (filled == CHUNK_BYTES) {
        chunks.addLast(UnsafeApi.allocateMemory(CHUNK_BYTES));
        filled = 0;
      }
      int n = Math.min(length - done, CHUNK_BYTES - filled);
      UnsafeApi.copyMemory(address + done, chunks.getLast() + filled, n);
      filled += n;
      done += n;
    }
    bytes += length;
    peakBytes = Math.max(peakBytes, bytes);
  }

  /**
   * Hands bytes to the stream until they are all there, it has to wait, or {@code most} were
   * handed.
   *
   * @return false if the stream waits for its shards
   */
  boolean drainTo(PrimaryStream stream, int most) {
    for (int handed = 0; bytes > 0 && handed < most; ) {
      int n = chunks.size() == 1 ? filled : CHUNK_BYTES;
      long chunk = chunks.removeFirst();
      boolean goesOn;
      try {
        goesOn = stream.receive(chunk, n);
      } finally {
        UnsafeApi.freeMemory(chunk);
      }
      bytes -= n;
      handed += n;
      if (chunks.isEmpty()) {
        filled = CHUNK_BYTES;
      }
      if (!goesOn) {
        return false;
      }
    }
    return true;
  }

  /** Forgets what waits. */
  void release() {
    while (!chunks.isEmpty()) {
      UnsafeApi.freeMemory(chunks.removeFirst());
    }
    bytes = 0;
    filled = CHUNK_BYTES;
  }
}
