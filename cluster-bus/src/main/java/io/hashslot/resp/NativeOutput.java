package io.hashslot.resp;

import org.agrona.UnsafeApi;

/** An output over memory of its own, for encoders and tests. {@link #release} it when done. */
public final class NativeOutput extends Output {
  private static final int BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  /** Makes an output with room for some bytes. */
  public NativeOutput(int initialCapacity) {
    capacity = Math.max(16, initialCapacity);
    address = UnsafeApi.allocateMemory(capacity);
  }

  @Override
  protected void grow(int more) {
    long needed = (long) position() + more;
    if (needed > Integer.MAX_VALUE) {
      throw new OutputTooLargeException(needed);
    }
    long larger = Math.min(Integer.MAX_VALUE, Math.max(needed, capacity * 2L));
    address = UnsafeApi.reallocateMemory(address, larger);
    capacity = (int) larger;
  }

  /** Returns a copy of what was written. */
  public byte[] toBytes() {
    byte[] copy = new byte[position()];
    UnsafeApi.copyMemory(null, address, copy, BYTES, copy.length);
    return copy;
  }

  /** Gives the memory back; safe to call twice. */
  public void release() {
    if (address != 0) {
      UnsafeApi.freeMemory(address);
      address = 0;
      capacity = 0;
      position(0);
    }
  }
}
