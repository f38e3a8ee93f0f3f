package io.hashslot.structure;

import io.hashslot.memory.Arena;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks of a {@link ChunkList} are compressed: all but some at each end, if they have
 * {@value #LEAST_BYTES} bytes and more than {@value #LEAST_GAIN} are saved.
 */
final class ChunkCompression {
  private static final int LEAST_BYTES = 48;
  private static final int LEAST_GAIN = 8;

  private final ChunkList list;
  private @Nullable Lzf lzf;

  /** Of the list where a flyweight stands. */
  ChunkCompression(ChunkList list) {
    this.list = list;
  }

  /** Makes a chunk's contents plain to see. */
  void open(long chunk) {
    int compressed = Chunk.compressedLength(chunk);
    if (compressed == 0) {
      return;
    }
    Arena arena = list.arena();
    long before = Chunk.arenaBytes(chunk);
    int length = Chunk.length(chunk);
    long plain = arena.allocate(length);
    unpack(chunk, plain);
    Chunk.replace(arena, chunk, plain, length, 0);
    arena.free(plain, length);
    list.countBytes(Chunk.arenaBytes(chunk) - before);
  }

  /** Writes the contents of a compressed chunk to {@code target}. */
  static void unpack(long chunk, long target) {
    boolean sound =
        Lzf.decompress(
            Chunk.contents(chunk), Chunk.compressedLength(chunk), target, Chunk.length(chunk));
    if (!sound) {
      throw new IllegalStateException("a chunk of a list cannot be decompressed");
    }
  }

  /**
   * Restores the rule after chunks came, went or were opened.
   *
   * @param changed a chunk that may have to be compressed again, or 0
   * @param depth how many chunks at each end are not compressed, 1 or more
   */
  void settle(long changed, int depth) {
    long front = list.head();
    long back = list.tail();
    boolean atEnd = changed == 0;
    for (int i = 0; i < depth && front != 0; i++) {
      open(front);
      open(back);
      atEnd |= front == changed || back == changed;
      if (front == back || Chunk.next(front) == back) {
        return;
      }
      front = Chunk.next(front);
      back = Chunk.previous(back);
    }
    if (front == 0) {
      return;
    }
    if (!atEnd) {
      compress(changed);
    }
    compress(front);
    if (back != front) {
      compress(back);
    }
  }

  private void compress(long chunk) {
    int length = Chunk.length(chunk);
    if (length < LEAST_BYTES || Chunk.isCompressed(chunk)) {
      return;
    }
    Lzf packer = lzf;
    if (packer == null) {
      packer = new Lzf();
      lzf = packer;
    }
    Arena arena = list.arena();
    long packed = arena.allocate(length);
    int bytes = packer.compress(Chunk.contents(chunk), length, packed, length - LEAST_GAIN - 1);
    if (bytes > 0) {
      long before = Chunk.arenaBytes(chunk);
      Chunk.replace(arena, chunk, packed, bytes, bytes);
      list.countBytes(Chunk.arenaBytes(chunk) - before);
    }
    arena.free(packed, length);
  }
}
