package io.hashslot.persist.rdb;

import io.hashslot.resp.Decimal;
import io.hashslot.resp.Output;
import io.hashslot.structure.Lzf;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/** Writes lengths, strings and numbers of RDB to an output. Belongs to one thread. */
public final class RdbEncoder implements AutoCloseable {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  /**
   * Strings are passed on in portions, so that an output over a small buffer can flush in between.
   */
  private static final int PORTION_BYTES = 16 * 1024;

  private static final int SHORTEST_TO_COMPRESS = 21;
  private static final int LEAST_GAIN = 4;
  private static final int LONGEST_INTEGER = 11;
  private static final int KEPT_SCRATCH_BYTES = 1 << 20;

  private final boolean compress;

  /** Has a large table, so only those who compress have one. */
  private @Nullable Lzf lzf;

  private long scratch;
  private int scratchBytes;
  private Output out;

  /**
   * @param compress whether long strings are compressed (directive {@code rdbcompression})
   */
  public RdbEncoder(Output out, boolean compress) {
    this.out = out;
    this.compress = compress;
  }

  /** Continues on another output. */
  public RdbEncoder to(Output output) {
    out = output;
    return this;
  }

  /** Whether long strings are compressed. */
  boolean compresses() {
    return compress;
  }

  /** One byte. */
  public void u8(int value) {
    out.put((byte) value);
  }

  /** Eight bytes, little-endian. */
  public void i64(long value) {
    UnsafeApi.putLong(out.reserve(8), value);
    out.advance(8);
  }

  /** A length or plain number, in the shortest form; all 64 bits count. */
  public void length(long value) {
    if (value >= 0 && value < 64) {
      u8((int) value);
    } else if (value >= 0 && value < 16384) {
      u8(0x40 | (int) (value >>> 8));
      u8((int) value);
    } else if (value >= 0 && value <= 0xFFFF_FFFFL) {
      u8(Rdb.LENGTH_32);
      UnsafeApi.putInt(out.reserve(4), Integer.reverseBytes((int) value));
      out.advance(4);
    } else {
      u8(Rdb.LENGTH_64);
      i64(Long.reverseBytes(value));
    }
  }

  /**
   * A string of native memory: as an integer if it is the text of one of 32 bits, compressed if
   * that pays, else as it is.
   */
  public void string(long address, int length) {
    if (length <= LONGEST_INTEGER && Decimal.isLong(address, length)) {
      integerString(Decimal.parse(address, length));
      return;
    }
    if (compress && length >= SHORTEST_TO_COMPRESS && compressed(address, length)) {
      return;
    }
    length(length);
    raw(address, length);
  }

  /** A string that has been compressed before. */
  void compressedString(long address, int size, int length) {
    u8(Rdb.STRING_LZF);
    length(size);
    length(length);
    raw(address, size);
  }

  /** A string of UTF-8 text. */
  public void string(String text) {
    string(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string, never compressed. */
  public void string(byte[] bytes) {
    if (bytes.length <= LONGEST_INTEGER) {
      long copy = scratch(LONGEST_INTEGER);
      UnsafeApi.copyMemory(bytes, BYTES, null, copy, bytes.length);
      string(copy, bytes.length);
      return;
    }
    length(bytes.length);
    for (int at = 0; at < bytes.length; at += PORTION_BYTES) {
      int n = Math.min(PORTION_BYTES, bytes.length - at);
      UnsafeApi.copyMemory(bytes, BYTES + at, null, out.reserve(n), n);
      out.advance(n);
    }
  }

  /** A string that is the decimal text of a number. */
  public void integerString(long value) {
    if (value == (byte) value) {
      u8(Rdb.STRING_INT8);
      u8((int) value);
    } else if (value == (short) value) {
      u8(Rdb.STRING_INT16);
      UnsafeApi.putShort(out.reserve(2), (short) value);
      out.advance(2);
    } else if (value == (int) value) {
      u8(Rdb.STRING_INT32);
      UnsafeApi.putInt(out.reserve(4), (int) value);
      out.advance(4);
    } else {
      length(Decimal.length(value));
      out.putDecimal(value);
    }
  }

  /** Gives the scratch memory back. */
  @Override
  public void close() {
    freeScratch();
  }

  private boolean compressed(long address, int length) {
    int room = length - LEAST_GAIN;
    long target = scratch(room);
    if (lzf == null) {
      lzf = new Lzf();
    }
    int size = lzf.compress(address, length, target, room);
    if (size > 0) {
      compressedString(target, size, length);
    }
    if (scratchBytes > KEPT_SCRATCH_BYTES) {
      freeScratch();
    }
    return size > 0;
  }

  /** Bytes as they are, without their length. */
  public void raw(long address, int length) {
    for (int at = 0; at < length; at += PORTION_BYTES) {
      out.put(address + at, Math.min(PORTION_BYTES, length - at));
    }
  }

  private long scratch(int bytes) {
    if (scratchBytes < bytes || scratch == 0) {
      freeScratch();
      scratchBytes = Math.max(1024, bytes);
      scratch = UnsafeApi.allocateMemory(scratchBytes);
    }
    return scratch;
  }

  private void freeScratch() {
    if (scratch != 0) {
      UnsafeApi.freeMemory(scratch);
      scratch = 0;
      scratchBytes = 0;
    }
  }
}
