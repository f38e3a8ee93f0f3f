package io.hashslot.persist.rdb;

import org.agrona.UnsafeApi;

/** A growing piece of native memory that holds one decoded string. Belongs to one thread. */
final class NativeBlock implements AutoCloseable {
  private static final int INITIAL_BYTES = 1024;

  /** A block that grew for one large value is given back when the next, smaller one comes. */
  private static final int KEPT_BYTES = 1 << 20;

  private long address = UnsafeApi.allocateMemory(INITIAL_BYTES);
  private int capacity = INITIAL_BYTES;
  int length;

  long address() {
    return address;
  }

  int capacity() {
    return capacity;
  }

  void clear() {
    length = 0;
    if (capacity > KEPT_BYTES) {
      UnsafeApi.freeMemory(address);
      address = UnsafeApi.allocateMemory(INITIAL_BYTES);
      capacity = INITIAL_BYTES;
    }
  }

  /** Makes room for {@code bytes} in all, keeping the first {@link #length}. */
  void ensure(int bytes) {
    if (bytes > capacity) {
      address = UnsafeApi.reallocateMemory(address, bytes);
      capacity = bytes;
    }
  }

  /** Appends bytes; the caller has made room. */
  void append(long source, int count) {
    UnsafeApi.copyMemory(source, address + length, count);
    length += count;
  }

  /** Appends a byte; the caller has made room. */
  void append(byte one) {
    UnsafeApi.putByte(address + length++, one);
  }

  /** The byte appended last, 0 to 255. */
  int lastByte() {
    return UnsafeApi.getByte(address + length - 1) & 0xff;
  }

  byte[] toBytes() {
    byte[] bytes = new byte[length];
    UnsafeApi.copyMemory(null, address, bytes, UnsafeApi.arrayBaseOffset(byte[].class), length);
    return bytes;
  }

  @Override
  public void close() {
    UnsafeApi.freeMemory(address);
    address = 0;
    capacity = 0;
  }
}
