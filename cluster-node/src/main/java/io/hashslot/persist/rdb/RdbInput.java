package io.hashslot.persist.rdb;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import io.hashslot.structure.Lzf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of RDB from a channel or from memory, hostile ones included: every length is
 * checked where it is read, and memory grows with the bytes that really came, not with the lengths
 * that were claimed.
 */
final class RdbInput implements AutoCloseable {
  /** Longest string that one native block can hold. */
  private static final long MAX_STRING_BYTES = Integer.MAX_VALUE - 64L;

  private static final int GROWTH_STEP_BYTES = 64 * 1024;

  private final @Nullable ReadableByteChannel channel;
  private final @Nullable ByteBuffer buffer;
  private final boolean checksum;

  /** What goes on where this input ends, which then is not read by anybody else. */
  private @Nullable RdbInput rest;

  private final NativeBlock compressed = new NativeBlock();

  private long address;
  private int limit;
  private int position;

  /** Offset in the input of the byte at {@link #address}. */
  private long base;

  private int checked;
  private long crc;

  /**
   * Set by {@link #lengthOrEncoding} when the element was not a length but a special string; then
   * the kind.
   */
  private boolean special;

  private RdbInput(
      @Nullable ReadableByteChannel channel, @Nullable ByteBuffer buffer, boolean checksum) {
    this.channel = channel;
    this.buffer = buffer;
    this.checksum = checksum;
  }

  static RdbInput of(ReadableByteChannel channel, int bufferBytes, boolean checksum) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
    RdbInput input = new RdbInput(channel, buffer, checksum);
    input.address = BufferUtil.address(buffer);
    return input;
  }

  /** Over memory that stays the caller's. */
  static RdbInput of(long address, int length) {
    RdbInput input = new RdbInput(null, null, false);
    input.address = address;
    input.limit = length;
    return input;
  }

  /**
   * The bytes that were copied out of an input, and what comes behind them there. To be read to the
   * end of what was being copied, then {@linkplain #rejoin rejoined}.
   *
   * @param offset where in the input the bytes stood
   */
  static RdbInput continued(long address, int length, long offset, RdbInput rest) {
    RdbInput input = new RdbInput(null, null, false);
    input.over(address, length, offset);
    input.rest = rest;
    return input;
  }

  /** Moves an input over memory to other memory; for messages, that stood at an offset. */
  void over(long newAddress, int length, long offset) {
    address = newAddress;
    limit = length;
    position = 0;
    base = offset;
  }

  /** Lets the input that this one {@linkplain #continued continued} go on where this one is. */
  void rejoin() {
    RdbInput behind = rest;
    if (behind != null && address == behind.address) {
      behind.position = position;
    }
    close();
  }

  /** Native address of the next byte, in memory. */
  long address() {
    return address + position;
  }

  /** Offset of the next byte, counted from the start of the input. */
  long offset() {
    return base + position;
  }

  /** Checksum of everything read so far. */
  long crc() {
    if (checksum) {
      crc = Crc64.update(crc, address + checked, position - checked);
      checked = position;
    }
    return crc;
  }

  int u8() throws IOException {
    if (position == limit) {
      refill();
    }
    return UnsafeApi.getByte(address + position++) & 0xff;
  }

  short i16() throws IOException {
    return (short) (u8() | u8() << 8);
  }

  int i32() throws IOException {
    return i16() & 0xffff | i16() << 16;
  }

  long i64() throws IOException {
    if (limit - position >= Long.BYTES) {
      position += Long.BYTES;
      return UnsafeApi.getLong(address + position - Long.BYTES);
    }
    return i32() & 0xffff_ffffL | (long) i32() << 32;
  }

  /** A plain length or number; all 64 bits are legal. */
  long length() throws IOException {
    long at = offset();
    long value = lengthOrEncoding();
    if (special) {
      throw new RdbFormatException("string where a length is expected", at);
    }
    return value;
  }

  /** A length that counts things in this input, so it must be a reasonable number. */
  int smallLength(String what) throws IOException {
    long at = offset();
    long value = length();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new RdbFormatException("impossible " + what + " " + Long.toUnsignedString(value), at);
    }
    return (int) value;
  }

  /** A string in any of its encodings, decoded into the block. */
  void string(NativeBlock into) throws IOException {
    long at = offset();
    into.clear();
    long value = lengthOrEncoding();
    if (!special) {
      bytes(into, checkedLength(value, at));
      return;
    }
    switch ((int) value) {
      case Rdb.STRING_INT8 -> decimal(into, (byte) u8());
      case Rdb.STRING_INT16 -> decimal(into, i16());
      case Rdb.STRING_INT32 -> decimal(into, i32());
      case Rdb.STRING_LZF -> lzf(into, at);
      default ->
          throw new RdbFormatException("unknown string encoding 0x" + Long.toHexString(value), at);
    }
  }

  /**
   * The length of a string that stands in this memory as it is, which must end with it; the input
   * moves to its first byte. -1 if it is encoded or damaged: then the input stays where it was.
   */
  int plainLength() throws IOException {
    int before = position;
    long length = lengthOrEncoding();
    if (!special && length == limit - position) {
      return (int) length;
    }
    position = before;
    return -1;
  }

  /** Appends a plain length to a block as it stands, and returns it. */
  long copyLength(NativeBlock into) throws IOException {
    long at = offset();
    long value = copyLengthOrEncoding(into);
    if (special) {
      throw new RdbFormatException("string where a length is expected", at);
    }
    return value;
  }

  /**
   * Appends a string to a block as it stands, encoded or not.
   *
   * @param most how long the block may become, in bytes
   * @return false if it would become longer: then only a beginning was copied
   */
  boolean copyString(NativeBlock into, int most) throws IOException {
    long at = offset();
    if (into.length + 32 > most) {
      return false;
    }
    long value = copyLengthOrEncoding(into);
    if (special) {
      switch ((int) value) {
        case Rdb.STRING_INT8 -> value = 1;
        case Rdb.STRING_INT16 -> value = 2;
        case Rdb.STRING_INT32 -> value = 4;
        case Rdb.STRING_LZF -> {
          value = copyLength(into);
          copyLength(into);
        }
        default ->
            throw new RdbFormatException(
                "unknown string encoding 0x" + Long.toHexString(value), at);
      }
    }
    return copy(into, checkedLength(value, at), most);
  }

  /** Appends bytes to a block unless it would become longer than {@code most}. */
  boolean copy(NativeBlock into, int count, int most) throws IOException {
    if (count > most - into.length) {
      return false;
    }
    into.ensure(into.length + count);
    for (int left = count; left > 0; ) {
      if (position == limit) {
        refill();
      }
      int n = Math.min(left, limit - position);
      UnsafeApi.copyMemory(address + position, into.address() + into.length, n);
      into.length += n;
      position += n;
      left -= n;
    }
    return true;
  }

  private long copyLengthOrEncoding(NativeBlock into) throws IOException {
    int before = position;
    long refilled = base;
    long value = lengthOrEncoding();
    into.ensure(into.length + 9);
    if (refilled == base) {
      into.append(address + before, position - before);
    } else {
      appendLength(into, value);
    }
    return value;
  }

  /** Appends a length, or the mark of an encoding, that the block does not show in one piece. */
  private void appendLength(NativeBlock into, long value) {
    if (special || value >= 0 && value < 1 << 6) {
      into.append((byte) value);
    } else if (value >= 0 && value < 1 << 14) {
      into.append((byte) (value >>> 8 | 0x40));
      into.append((byte) value);
    } else {
      into.append((byte) Rdb.LENGTH_64);
      for (int shift = 56; shift >= 0; shift -= 8) {
        into.append((byte) (value >>> shift));
      }
    }
  }

  /** Skips bytes. */
  void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      if (position == limit) {
        refill();
      }
      int n = (int) Math.min(left, limit - position);
      position += n;
      left -= n;
    }
  }

  @Override
  public void close() {
    compressed.close();
    if (buffer != null) {
      BufferUtil.free(buffer);
    }
  }

  private long lengthOrEncoding() throws IOException {
    long at = offset();
    int first = u8();
    special = false;
    switch (first >>> 6) {
      case 0:
        return first;
      case 1:
        return (first & 0x3f) << 8 | u8();
      case 2:
        if (first == Rdb.LENGTH_32) {
          return Integer.reverseBytes(i32()) & 0xffff_ffffL;
        }
        if (first == Rdb.LENGTH_64) {
          return Long.reverseBytes(i64());
        }
        throw new RdbFormatException("unknown length form 0x" + Integer.toHexString(first), at);
      default:
        special = true;
        return first;
    }
  }

  private static int checkedLength(long value, long at) throws RdbFormatException {
    if (value < 0 || value > MAX_STRING_BYTES) {
      throw new RdbFormatException("string of " + Long.toUnsignedString(value) + " bytes", at);
    }
    return (int) value;
  }

  /** Appends bytes to the block, as they are. */
  void bytes(NativeBlock into, int count) throws IOException {
    while (into.length < count) {
      if (position == limit) {
        refill();
      }
      int n = Math.min(count - into.length, limit - position);
      if (into.length + n > into.capacity()) {
        // Doubling, but never ahead of what arrived by more than a step.
        long grown =
            Math.max((long) into.length + n, Math.max(2L * into.length, GROWTH_STEP_BYTES));
        into.ensure((int) Math.min(grown, Math.max(count, 1)));
      }
      Memory.copy(address + position, into.address() + into.length, n);
      into.length += n;
      position += n;
    }
  }

  private void lzf(NativeBlock into, long at) throws IOException {
    int size = checkedLength(length(), at);
    int plain = checkedLength(length(), at);
    if (size == 0 || plain == 0 || plain > (long) size * Lzf.MAX_EXPANSION) {
      throw new RdbFormatException(size + " compressed bytes cannot hold " + plain, at);
    }
    compressed.clear();
    bytes(compressed, size);
    into.ensure(plain);
    if (!Lzf.decompress(compressed.address(), size, into.address(), plain)) {
      throw new RdbFormatException("damaged compressed string", at);
    }
    into.length = plain;
  }

  private static void decimal(NativeBlock into, long value) {
    into.ensure(20);
    into.length = Decimal.write(into.address(), value);
  }

  private void refill() throws IOException {
    RdbInput behind = rest;
    if (behind != null) {
      if (address == behind.address) {
        behind.position = position;
        behind.refill();
      } else if (behind.position == behind.limit) {
        behind.refill();
      }
      address = behind.address;
      base = behind.base;
      position = behind.position;
      limit = behind.limit;
      return;
    }
    if (channel == null || buffer == null) {
      throw new RdbTruncatedException(offset());
    }
    crc();
    base += position;
    position = 0;
    limit = 0;
    checked = 0;
    buffer.clear();
    int read;
    do {
      read = channel.read(buffer);
    } while (read == 0);
    if (read < 0) {
      throw new RdbTruncatedException(base);
    }
    limit = read;
  }
}
