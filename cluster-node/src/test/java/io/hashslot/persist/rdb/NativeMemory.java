package io.hashslot.persist.rdb;

import org.agrona.UnsafeApi;

/**
 * A copy of bytes in native memory for the length of a test, followed by nothing: overruns are
 * found by length checks.
 */
final class NativeMemory implements AutoCloseable {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
  final long address;
  final int length;

  NativeMemory(byte[] bytes) {
    length = bytes.length;
    address = UnsafeApi.allocateMemory(Math.max(1, length));
    UnsafeApi.copyMemory(bytes, BYTES, null, address, length);
  }

  NativeMemory(int length) {
    this(new byte[length]);
  }

  static byte[] read(long address, int length) {
    byte[] bytes = new byte[length];
    UnsafeApi.copyMemory(null, address, bytes, BYTES, length);
    return bytes;
  }

  @Override
  public void close() {
    UnsafeApi.freeMemory(address);
  }
}
