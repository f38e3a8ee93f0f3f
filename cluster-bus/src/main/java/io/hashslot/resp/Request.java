package io.hashslot.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.UnsafeApi;

/**
 * One request: its arguments are slices of native memory. A view: valid until the memory it was
 * parsed from is reused, unless it {@linkplain #copyFrom owns} a copy.
 *
 * <p>Offsets are kept relative to a base address, so that a half-received request survives the move
 * of its bytes to a larger buffer.
 */
public final class Request {
  private static final int BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private long base;
  private int[] offsets = new int[8];
  private int[] lengths = new int[8];
  private int count;
  private long owned;
  private long ownedCapacity;

  /** Forgets all arguments; keeps owned memory for reuse. */
  public void clear() {
    count = 0;
  }

  /** Sets the address that argument offsets are relative to. */
  void base(long address) {
    base = address;
  }

  /**
   * Makes this a view without arguments over other memory; {@link #add} follows. For readers of
   * commands that are no clients' requests, such as those of files.
   */
  public Request view(long address) {
    count = 0;
    base = address;
    return this;
  }

  /** Adds an argument, {@code offset} bytes from the address of the view. */
  public void add(int offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = offset;
    lengths[count++] = length;
  }

  void shift(int bytes) {
    for (int i = 0; i < count; i++) {
      offsets[i] -= bytes;
    }
  }

  /** Returns the number of arguments, the command name included. */
  public int count() {
    return count;
  }

  /** Returns the native address of the first byte of argument {@code i}. */
  public long address(int i) {
    return base + offsets[i];
  }

  /** Returns the length of argument {@code i} in bytes. */
  public int length(int i) {
    return lengths[i];
  }

  /** Returns byte {@code at} of argument {@code i}; neither is checked. */
  public byte byteAt(int i, int at) {
    return UnsafeApi.getByte(base + offsets[i] + at);
  }

  /** Tells whether argument {@code i} equals a word of ASCII letters given in upper case. */
  public boolean is(int i, String upper) {
    int length = lengths[i];
    if (length != upper.length()) {
      return false;
    }
    long address = address(i);
    for (int k = 0; k < length; k++) {
      int b = UnsafeApi.getByte(address + k);
      if (b >= 'a' && b <= 'z') {
        b -= 32;
      }
      if (b != upper.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** Returns a copy of argument {@code i}. */
  public byte[] bytes(int i) {
    byte[] copy = new byte[lengths[i]];
    UnsafeApi.copyMemory(null, address(i), copy, BYTES, copy.length);
    return copy;
  }

  /**
   * Returns argument {@code i} as text, byte for character (ISO 8859-1), so that nothing is lost.
   */
  public String text(int i) {
    return text(i, Integer.MAX_VALUE);
  }

  /** Returns the first {@code most} bytes of argument {@code i} as text, or all if it has fewer. */
  public String text(int i, int most) {
    byte[] copy = new byte[Math.min(most, lengths[i])];
    UnsafeApi.copyMemory(null, address(i), copy, BYTES, copy.length);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes that all arguments hold together. */
  public long payloadBytes() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += lengths[i];
    }
    return sum;
  }

  /** Makes this an own copy of another request; {@link #release} it when done. */
  public void copyFrom(Request other) {
    ensureOwned(other.payloadBytes());
    base = owned;
    count = 0;
    int at = 0;
    for (int i = 0; i < other.count; i++) {
      int length = other.lengths[i];
      UnsafeApi.copyMemory(other.address(i), owned + at, length);
      add(at, length);
      at += length;
    }
  }

  /** Fills this request with own copies of the given arguments; {@link #release} it when done. */
  public void copyFrom(List<byte[]> arguments) {
    long sum = 0;
    for (byte[] argument : arguments) {
      sum += argument.length;
    }
    ensureOwned(sum);
    base = owned;
    count = 0;
    int at = 0;
    for (byte[] argument : arguments) {
      UnsafeApi.copyMemory(argument, BYTES, null, owned + at, argument.length);
      add(at, argument.length);
      at += argument.length;
    }
  }

  private void ensureOwned(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("request of " + bytes + " bytes");
    }
    if (ownedCapacity < bytes || owned == 0) {
      release();
      ownedCapacity = Math.max(64, bytes);
      owned = UnsafeApi.allocateMemory(ownedCapacity);
    }
  }

  /** Gives owned memory back. The request is empty afterwards. */
  public void release() {
    if (owned != 0) {
      UnsafeApi.freeMemory(owned);
      owned = 0;
      ownedCapacity = 0;
    }
    count = 0;
  }
}
