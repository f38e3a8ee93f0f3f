package io.hashslot.bench.load;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A direct buffer and where its memory lies.
 *
 * @param bytes the buffer, which keeps the memory alive
 * @param address native address of its byte 0
 */
record NativeBuffer(ByteBuffer bytes, long address) {

  /** Allocates {@code capacity} bytes. */
  static NativeBuffer allocate(int capacity) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(capacity);
    return new NativeBuffer(bytes, MemorySegment.ofBuffer(bytes).address());
  }

  /** Returns {@code length} bytes of native memory as Latin-1 text. */
  static String text(long address, int length) {
    byte[] bytes =
        MemorySegment.ofAddress(address).reinterpret(length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
