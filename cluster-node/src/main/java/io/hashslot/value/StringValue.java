package io.hashslot.value;

import io.hashslot.memory.Memory;

/**
 * A string: a range of bytes in arena memory. Numbers are kept as their text, so every string can
 * be read as bytes.
 */
public final class StringValue implements Value {
  private long address;
  private int length;
  private StringEncoding encoding = StringEncoding.RAW;

  /** Moves this flyweight over a string. */
  public StringValue wrap(long address, int length, StringEncoding encoding) {
    this.address = address;
    this.length = length;
    this.encoding = encoding;
    return this;
  }

  /** Where the bytes begin. */
  public long address() {
    return address;
  }

  /** How many bytes there are, 0 to 2^31 - 1. */
  public int length() {
    return length;
  }

  public StringEncoding encoding() {
    return encoding;
  }

  /**
   * Whether the string is known to be the canonical text of a 64-bit number. Others may be, too:
   * they were not set as a whole.
   */
  public boolean isInt() {
    return encoding == StringEncoding.INT;
  }

  /** One byte, 0 to 255; {@code at} is below {@link #length}. */
  public int byteAt(int at) {
    return Memory.getUnsignedByte(address + at);
  }

  /** A copy of the bytes on the heap. */
  public byte[] bytes() {
    return Memory.bytes(address, length);
  }

  @Override
  public Kind kind() {
    return Kind.STRING;
  }

  @Override
  public String encodingName() {
    return encoding.encodingName();
  }
}
