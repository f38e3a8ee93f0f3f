package io.hashslot.persist.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Writes a snapshot record by record, in constant memory. The order is the caller's duty: {@link
 * #begin}, auxiliary fields, functions, then for each database {@link #selectDb}, {@link
 * #sizeHint}, its entries; last {@link #end}.
 */
public final class RdbWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ChannelOutput out;
  private final RdbEncoder encoder;

  /**
   * @param compress directive {@code rdbcompression}
   * @param checksum directive {@code rdbchecksum}; if off, the trailer is zero
   */
  public RdbWriter(WritableByteChannel channel, boolean compress, boolean checksum) {
    out = new ChannelOutput(channel, BUFFER_BYTES, checksum);
    encoder = new RdbEncoder(out, compress);
  }

  /** Magic and version. */
  public void begin(int version) throws IOException {
    out.put(
        ("REDIS" + (version / 1000) + (version / 100 % 10) + (version / 10 % 10) + (version % 10))
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** An auxiliary field. */
  public void aux(String name, String value) throws IOException {
    record(
        () -> {
          encoder.u8(Rdb.OP_AUX);
          encoder.string(name);
          encoder.string(value);
        });
  }

  /** The source of a function library, its first line included. */
  public void function(byte[] source) throws IOException {
    record(
        () -> {
          encoder.u8(Rdb.OP_FUNCTION);
          encoder.string(source);
        });
  }

  /** The entries that follow belong to database {@code db}. */
  public void selectDb(int db) throws IOException {
    record(
        () -> {
          encoder.u8(Rdb.OP_SELECT_DB);
          encoder.length(db);
        });
  }

  /** How many entries of this database will follow, and how many of them expire. */
  public void sizeHint(long keys, long expiring) throws IOException {
    record(
        () -> {
          encoder.u8(Rdb.OP_RESIZE_DB);
          encoder.length(keys);
          encoder.length(expiring);
        });
  }

  /** Seconds since the last access of the entry that follows. */
  public void idle(long seconds) throws IOException {
    try {
      encoder.u8(Rdb.OP_IDLE);
      encoder.length(seconds);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Logarithmic access counter, 0 to 255, of the entry that follows. */
  public void frequency(int counter) throws IOException {
    try {
      encoder.u8(Rdb.OP_FREQUENCY);
      encoder.u8(counter);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * A key with its value, both in native memory.
   *
   * @param type of the value
   * @param expireAtMs wall time in milliseconds, or negative for none
   * @param value the string, if values of the type are {@linkplain RdbValues#isBlob one}; otherwise
   *     the value as {@link RdbValues#write} has written it
   */
  public void entry(int type, long key, int keyLength, long expireAtMs, long value, int valueLength)
      throws IOException {
    entryHead(type, key, keyLength, expireAtMs);
    try {
      if (RdbValues.isBlob(type)) {
        encoder.string(value, valueLength);
      } else {
        encoder.raw(value, valueLength);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * A key, whose value follows in {@linkplain #part parts}.
   *
   * @param type of the value, not {@linkplain RdbValues#isBlob one string}
   * @param expireAtMs wall time in milliseconds, or negative for none
   */
  public void entryHead(int type, long key, int keyLength, long expireAtMs) throws IOException {
    try {
      if (expireAtMs >= 0) {
        encoder.u8(Rdb.OP_EXPIRE_MS);
        encoder.i64(expireAtMs);
      }
      encoder.u8(type);
      encoder.string(key, keyLength);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The next bytes of a value, as {@link RdbParts} has written them, in native memory. */
  public void part(long address, int length) throws IOException {
    try {
      encoder.raw(address, length);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether long strings are compressed. */
  public boolean compresses() {
    return encoder.compresses();
  }

  /** A string as a whole in place of {@linkplain #part parts}, compressed if that pays. */
  public void string(long address, int length) throws IOException {
    try {
      encoder.string(address, length);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Closes the snapshot with its checksum and hands everything to the channel. */
  public void end() throws IOException {
    record(
        () -> {
          encoder.u8(Rdb.OP_EOF);
          encoder.i64(out.crc());
          out.flush();
        });
  }

  /** Hands what is buffered to the channel, so that a slow producer does not look dead. */
  public void flush() throws IOException {
    record(out::flush);
  }

  /** Bytes written so far, buffered ones included. */
  public long bytes() {
    return out.bytes();
  }

  /** Gives the buffers back; writes nothing and does not close the channel. */
  @Override
  public void close() {
    encoder.close();
    out.close();
  }

  private static void record(Runnable body) throws IOException {
    try {
      body.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
