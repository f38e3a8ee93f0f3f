package io.hashslot.journal;

import java.util.ArrayDeque;
import org.agrona.UnsafeApi;

/**
 * The bytes of a journal: chunks of one size, one behind the other, which are used again when
 * nobody needs what they hold. Guarded by the journal's lock.
 */
final class ChunkSequence {
  private static final int MOST_SPARE = 4;

  private final int chunkBytes;
  private final Runnable beforeGrowth;
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
  private int allocated;
  private boolean closed;

  /** First position ever stored since the bytes were last forgotten. */
  private long start;

  /**
   * @param chunkBytes size of a chunk
   * @param beforeGrowth {@linkplain #dropBelow drops} what is needed no more
   */
  ChunkSequence(int chunkBytes, Runnable beforeGrowth) {
    this.chunkBytes = chunkBytes;
    this.beforeGrowth = beforeGrowth;
  }

  int chunkBytes() {
    return chunkBytes;
  }

  /** First position that is here. */
  long start() {
    return start;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Bytes of direct memory held: chunks of the sequence, those that slices pin, spare ones. */
  long memoryBytes() {
    return (long) allocated * chunkBytes;
  }

  /** Forgets all bytes; the next ones come at a position. */
  void restart(long position) {
    while (!chunks.isEmpty()) {
      release(chunks.removeFirst());
    }
    start = position;
  }

  /** Copies bytes to a position, behind all that is here; returns the position after them. */
  long append(long position, long address, long length) {
    long from = address;
    long left = length;
    long to = position;
    while (left > 0) {
      Chunk chunk = chunks.peekLast();
      if (chunk == null || to == chunk.base + chunkBytes) {
        chunk = next(to);
      }
      int n = (int) Math.min(left, chunk.base + chunkBytes - to);
      UnsafeApi.copyMemory(from, chunk.address + (to - chunk.base), n);
      from += n;
      left -= n;
      to += n;
    }
    return to;
  }

  private Chunk next(long base) {
    if (chunks.isEmpty()) {
      start = base;
    }
    beforeGrowth.run();
    Chunk chunk = spare.poll();
    if (chunk == null) {
      chunk = new Chunk(chunkBytes);
      allocated++;
    }
    chunk.base = base;
    chunk.pins = 1;
    chunks.addLast(chunk);
    return chunk;
  }

  /** Lets go of chunks that lie before a position, but for the last one. */
  void dropBelow(long position) {
    while (chunks.size() > 1 && chunks.getFirst().base + chunkBytes <= position) {
      release(chunks.removeFirst());
      start = chunks.getFirst().base;
    }
  }

  /** The chunk that has the byte at a position. Readers are nearly always at the newest one. */
  Chunk at(long position) {
    var newestFirst = chunks.descendingIterator();
    while (newestFirst.hasNext()) {
      Chunk chunk = newestFirst.next();
      if (position >= chunk.base) {
        return chunk;
      }
    }
    throw new IllegalStateException(
        "position " + position + " is below the journal's start " + start);
  }

  /** Takes one pin off a chunk. */
  void release(Chunk chunk) {
    if (--chunk.pins == 0) {
      if (!closed && spare.size() < MOST_SPARE) {
        spare.add(chunk);
      } else {
        chunk.free();
        allocated--;
      }
    }
  }

  /** Frees the memory; chunks in readers' hands follow when their slices are closed. */
  void close() {
    closed = true;
    restart(start);
    while (!spare.isEmpty()) {
      spare.remove().free();
      allocated--;
    }
  }
}
