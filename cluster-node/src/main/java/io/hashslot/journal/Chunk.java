package io.hashslot.journal;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/**
 * A fixed-size run of the journal in direct memory. All fields are guarded by the journal's lock;
 * the bytes below the journal's end never change while the chunk is pinned.
 */
final class Chunk {
  final ByteBuffer buffer;
  final long address;

  /** Journal position of the first byte. */
  long base;

  /** Slices in readers' hands, plus one while the chunk belongs to the journal's sequence. */
  int pins;

  Chunk(int bytes) {
    buffer = ByteBuffer.allocateDirect(bytes);
    address = BufferUtil.address(buffer);
  }

  void free() {
    BufferUtil.free(buffer);
  }
}
