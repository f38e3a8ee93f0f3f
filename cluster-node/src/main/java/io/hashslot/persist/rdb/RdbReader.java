package io.hashslot.persist.rdb;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads a snapshot from a channel and tells a visitor what is in it. Memory is bounded by the
 * largest string. Used once.
 *
 * <p>Input after the checksum is left alone, but may have been read ahead from the channel.
 */
public final class RdbReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = 9;
  private static final int FIRST_VERSION_WITH_CHECKSUM = 5;
  private static final String MODULE_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final RdbInput in;
  private final boolean verifyChecksum;
  private final RdbEntry entry = new RdbEntry();
  private final NativeBlock key = new NativeBlock();
  private final NativeBlock value = new NativeBlock();
  private int version;

  /**
   * @param verifyChecksum directive {@code rdbchecksum}: compare the trailer, unless it is zero
   */
  public RdbReader(ReadableByteChannel channel, boolean verifyChecksum) {
    this.verifyChecksum = verifyChecksum;
    in = RdbInput.of(channel, BUFFER_BYTES, verifyChecksum);
  }

  /**
   * Reads the whole snapshot.
   *
   * @throws RdbFormatException if the input is damaged, too new, or holds what this server cannot
   * @throws RdbTruncatedException if it ends too early
   */
  public void read(RdbVisitor visitor) throws IOException {
    header();
    while (true) {
      long at = in.offset();
      int code = in.u8();
      switch (code) {
        case Rdb.OP_EOF -> {
          trailer();
          return;
        }
        case Rdb.OP_SELECT_DB -> visitor.selectDb(in.smallLength("database"), at);
        case Rdb.OP_RESIZE_DB -> visitor.sizeHint(in.length(), in.length());
        case Rdb.OP_EXPIRE_MS -> entry.expireAtMs = in.i64();
        case Rdb.OP_EXPIRE_SECONDS -> entry.expireAtMs = in.i32() * 1000L;
        case Rdb.OP_FREQUENCY -> entry.frequency = in.u8();
        case Rdb.OP_IDLE -> entry.idleSeconds = in.length();
        case Rdb.OP_AUX -> visitor.aux(text(), text());
        case Rdb.OP_FUNCTION -> {
          in.string(value);
          visitor.function(value.toBytes());
        }
        case Rdb.OP_SLOT_INFO -> {
          in.length();
          in.length();
          in.length();
        }
        case Rdb.OP_MODULE_AUX ->
            throw new RdbFormatException(
                "data of module '" + moduleName(in.length()) + "', which is not here,", at);
        case Rdb.OP_FUNCTION_PRERELEASE ->
            throw new RdbFormatException("function of a Redis 7.0 pre-release", at);
        default -> record(code, at, visitor);
      }
    }
  }

  /** Version from the header, once {@link #read} has got that far. */
  public int version() {
    return version;
  }

  /** Bytes of the input consumed so far. */
  public long bytesRead() {
    return in.offset();
  }

  /** Gives the buffers back; does not close the channel. */
  @Override
  public void close() {
    in.close();
    key.close();
    value.close();
  }

  private void header() throws IOException {
    byte[] header = new byte[HEADER_BYTES];
    for (int i = 0; i < HEADER_BYTES; i++) {
      header[i] = (byte) in.u8();
    }
    String text = new String(header, StandardCharsets.ISO_8859_1);
    if (!text.matches("REDIS[0-9]{4}")) {
      throw new RdbFormatException("wrong signature", 0);
    }
    version = Integer.parseInt(text.substring(5));
    if (version < 1 || version > Rdb.NEWEST_VERSION) {
      throw new RdbFormatException("RDB version " + version + " cannot be read", 5);
    }
  }

  private void record(int type, long at, RdbVisitor visitor) throws IOException {
    if (type == 7) {
      in.string(key);
      throw new RdbFormatException(
          "value of module '" + moduleName(in.length()) + "', which is not here,", at);
    }
    if (!Rdb.isValueType(type)) {
      String name = type < 26 ? " (" + Rdb.typeName(type) + ")" : "";
      throw new RdbFormatException("unknown type or opcode " + type + name, at);
    }
    entry.offset = at;
    in.string(key);
    entry.over(key.address(), key.length);
    RecordBatch batch = visitor.batch(entry);
    RdbInput from = batch == null ? in : batch.add(entry, type, in);
    if (from != null) {
      decode(type, from, visitor);
    }
    entry.forgetAttributes();
  }

  private void decode(int type, RdbInput from, RdbVisitor visitor) throws IOException {
    if (type == Rdb.TYPE_STRING) {
      from.string(value);
      visitor.string(entry, value.address(), value.length);
    } else {
      visitor.collection(
          entry, RdbValues.kindOf(type), target -> RdbValues.read(type, from, target));
    }
    if (from != in) {
      from.rejoin();
    }
  }

  private void trailer() throws IOException {
    if (version < FIRST_VERSION_WITH_CHECKSUM) {
      return;
    }
    long computed = in.crc();
    long at = in.offset();
    long stored = in.i64();
    if (verifyChecksum && stored != 0 && stored != computed) {
      throw new RdbFormatException(
          "wrong checksum: computed "
              + Long.toHexString(computed)
              + ", stored "
              + Long.toHexString(stored),
          at);
    }
  }

  private String text() throws IOException {
    in.string(value);
    return new String(value.toBytes(), StandardCharsets.ISO_8859_1);
  }

  /** A module's name: nine letters of six bits above ten bits of version. */
  private static String moduleName(long id) {
    StringBuilder name = new StringBuilder(9);
    for (int i = 0; i < 9; i++) {
      name.append(MODULE_ALPHABET.charAt((int) (id >>> 58 - 6 * i & 63)));
    }
    return name.toString();
  }
}
