package io.hashslot.resp;

import org.agrona.UnsafeApi;

/**
 * A growing stretch of native memory that replies are written to. Who owns the memory (a network
 * buffer, a journal chunk, a test) says how it grows.
 */
public abstract class Output {
  private static final int BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  /** Native address of byte 0. */
  protected long address;

  /** Bytes that fit before {@link #grow} is needed. */
  protected int capacity;

  private int position;

  /** Makes room for at least {@code more} bytes after the position; sets address and capacity. */
  protected abstract void grow(int more);

  /** Returns the number of bytes written. */
  public final int position() {
    return position;
  }

  /** Moves back (or forward, over bytes already there) to a position. */
  public final void position(int newPosition) {
    position = newPosition;
  }

  /** Returns how many bytes fit before the output grows. */
  public final int capacity() {
    return capacity;
  }

  /** Returns the native address of byte 0; changes when the output grows. */
  public final long address() {
    return address;
  }

  /** Makes sure that {@code more} bytes can be written and returns the address to write them to. */
  public final long reserve(int more) {
    if (capacity - position < more) {
      grow(more);
    }
    return address + position;
  }

  /** Counts bytes that were written at the address {@link #reserve} returned. */
  public final void advance(int bytes) {
    position += bytes;
  }

  /** Appends one byte. */
  public final void put(byte b) {
    UnsafeApi.putByte(reserve(1), b);
    position++;
  }

  /** Appends native memory. */
  public final void put(long source, int length) {
    long to = reserve(length);
    copy(source, to, length);
    position += length;
  }

  /** Appends once more what was written from a position on. */
  public final void repeat(int from, int length) {
    long to = reserve(length);
    copy(address + from, to, length);
    position += length;
  }

  /** Returns a copy of what was written from a position on. */
  public final byte[] copyFrom(int from) {
    byte[] bytes = new byte[position - from];
    UnsafeApi.copyMemory(null, address + from, bytes, BYTES, bytes.length);
    return bytes;
  }

  /** Appends bytes. */
  public final void put(byte[] source) {
    UnsafeApi.copyMemory(source, BYTES, null, reserve(source.length), source.length);
    position += source.length;
  }

  /** Appends text of ISO 8859-1 characters. */
  public final void putLatin(String text) {
    int length = text.length();
    long to = reserve(length);
    for (int i = 0; i < length; i++) {
      UnsafeApi.putByte(to + i, (byte) text.charAt(i));
    }
    position += length;
  }

  /** Puts text of ISO 8859-1 characters before what was written since a position. */
  public final void insertLatin(int at, String text) {
    int length = text.length();
    reserve(length);
    long to = address + at;
    UnsafeApi.copyMemory(to, to + length, position - at);
    position += length;
    for (int i = 0; i < length; i++) {
      UnsafeApi.putByte(to + i, (byte) text.charAt(i));
    }
  }

  /** Appends a number in decimal digits. */
  public final void putDecimal(long value) {
    long to = reserve(20);
    position += Decimal.write(to, value);
  }

  /** Appends carriage return and line feed. */
  public final void putLineEnd() {
    UnsafeApi.putShort(reserve(2), LINE_END);
    position += 2;
  }

  /** {@code \r\n} as a little-endian short. */
  static final short LINE_END = 0x0a0d;

  /** Copies native memory; short stretches, nearly all there are, without a call. */
  static void copy(long from, long to, int length) {
    if (length >= 8 && length <= 64) {
      int last = length - 8;
      for (int i = 0; i < last; i += 8) {
        UnsafeApi.putLong(to + i, UnsafeApi.getLong(from + i));
      }
      UnsafeApi.putLong(to + last, UnsafeApi.getLong(from + last));
    } else if (length < 8) {
      for (int i = 0; i < length; i++) {
        UnsafeApi.putByte(to + i, UnsafeApi.getByte(from + i));
      }
    } else {
      UnsafeApi.copyMemory(from, to, length);
    }
  }
}
