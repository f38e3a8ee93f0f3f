package io.hashslot.net;

import io.hashslot.resp.Output;
import io.hashslot.resp.OutputTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Replies on their way into a network buffer: written in place, handed to the socket whole. Memory
 * is taken when the first reply of a batch is written, so idle clients hold none.
 */
final class OutputBuffer extends Output {
  private static final int INITIAL_BYTES = 2048;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf buffer;

  OutputBuffer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  protected void grow(int more) {
    long needed = (long) position() + more;
    if (needed > Integer.MAX_VALUE - 1024) {
      throw new OutputTooLargeException(needed);
    }
    ByteBuf old = buffer;
    int size =
        (int)
            Math.max(
                needed,
                old == null ? INITIAL_BYTES : Math.min(capacity * 2L, Integer.MAX_VALUE - 1024));
    ByteBuf larger = allocator.directBuffer(size);
    if (old != null) {
      old.setIndex(0, position());
      larger.writeBytes(old);
      old.release();
    }
    buffer = larger;
    address = larger.memoryAddress();
    capacity = larger.capacity();
  }

  /** Takes what was written, to be sent; null if nothing was. */
  @Nullable ByteBuf take() {
    ByteBuf full = buffer;
    if (full == null || position() == 0) {
      return null;
    }
    full.setIndex(0, position());
    forget();
    return full;
  }

  void release() {
    if (buffer != null) {
      buffer.release();
      forget();
    }
  }

  private void forget() {
    buffer = null;
    address = 0;
    capacity = 0;
    position(0);
  }
}
