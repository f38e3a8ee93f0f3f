package io.hashslot.persist.rdb;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot from a channel and tells a visitor what is in it. Memory is bounded by the
 * largest string. Used once.
 *
 * <p>Input after the checksum is left alone, but may have been read ahead from the channel.
 */
public final class RdbReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = 9;
  private static final int NO_TYPE = -1;
  private static final int MODULE_VALUE = 7;
  private static final int FIRST_VERSION_WITH_CHECKSUM = 5;
  private static final String MODULE_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** What is being read; tools tell people where a file is damaged. */
  public enum Step {
    START,
    READ_TYPE,
    READ_EXPIRE,
    READ_KEY,
    READ_OBJECT_VALUE,
    CHECK_SUM,
    READ_LEN,
    READ_AUX,
    READ_MODULE_AUX,
    READ_FUNCTIONS
  }

  /** What there is to say of the checksum at the end. */
  public enum Checksum {
    /** The version has none, or the end was not reached. */
    NONE,

    /** It was switched off when the snapshot was written. */
    LEFT_OUT,

    /** It is right, or was not to be verified. */
    SOUND
  }

  private final RdbInput in;
  private final boolean verifyChecksum;
  private final RdbEntry entry = new RdbEntry();
  private final NativeBlock key = new NativeBlock();
  private final NativeBlock value = new NativeBlock();
  private int version;
  private Step step = Step.START;
  private Checksum checksum = Checksum.NONE;
  private int type = NO_TYPE;
  private boolean hasKey;

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
      step = Step.READ_TYPE;
      long at = in.offset();
      int code = in.u8();
      switch (code) {
        case Rdb.OP_EOF -> {
          trailer();
          return;
        }
        case Rdb.OP_SELECT_DB -> {
          step = Step.READ_LEN;
          visitor.selectDb(in.smallLength("database"), at);
        }
        case Rdb.OP_RESIZE_DB -> {
          step = Step.READ_LEN;
          visitor.sizeHint(in.length(), in.length());
        }
        case Rdb.OP_EXPIRE_MS -> {
          step = Step.READ_EXPIRE;
          entry.expireAtMs = expiry(in.i64());
        }
        case Rdb.OP_EXPIRE_SECONDS -> {
          step = Step.READ_EXPIRE;
          entry.expireAtMs = expiry(in.i32() * 1000L);
        }
        case Rdb.OP_FREQUENCY -> entry.frequency = in.u8();
        case Rdb.OP_IDLE -> entry.idleSeconds = in.length();
        case Rdb.OP_AUX -> {
          step = Step.READ_AUX;
          visitor.aux(text(), text());
        }
        case Rdb.OP_FUNCTION -> {
          step = Step.READ_FUNCTIONS;
          in.string(value);
          visitor.function(value.toBytes(), at);
        }
        case Rdb.OP_SLOT_INFO -> {
          in.length();
          in.length();
          in.length();
        }
        case Rdb.OP_MODULE_AUX -> moduleData(at, visitor);
        case Rdb.OP_FUNCTION_PRERELEASE ->
            throw new RdbFormatException("function of a Redis 7.0 pre-release", at);
        default -> record(code, at, visitor);
      }
    }
  }

  /**
   * A key whose time is before 1970 expired long ago; -1 stands for no expiry, as in the C servers.
   */
  private static long expiry(long atMs) {
    return atMs < -1 ? 0 : atMs;
  }

  /** What is being read. */
  public Step step() {
    return step;
  }

  /** What there is to say of the checksum, once {@link #read} has come to the end. */
  public Checksum checksum() {
    return checksum;
  }

  /** The type byte of the value that is being read, -1 if none is. */
  public int type() {
    return type;
  }

  /** The key whose value is being read, null if none is. */
  public byte @Nullable [] key() {
    return hasKey ? key.toBytes() : null;
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
      throw new RdbFormatException("Wrong signature trying to load DB from file", 0);
    }
    version = Integer.parseInt(text.substring(5));
    if (version < 1 || version > Rdb.NEWEST_VERSION) {
      throw new RdbFormatException("Can't handle RDB format version " + version, 5);
    }
  }

  private void record(int code, long at, RdbVisitor visitor) throws IOException {
    if (code != MODULE_VALUE && !Rdb.isValueType(code)) {
      String name = code < 26 ? " (" + Rdb.typeName(code) + ")" : "";
      throw new RdbFormatException("Invalid object type: " + code + name, at);
    }
    type = code;
    entry.offset = at;
    step = Step.READ_KEY;
    in.string(key);
    hasKey = true;
    entry.over(key.address(), key.length);
    step = Step.READ_OBJECT_VALUE;
    if (code == MODULE_VALUE) {
      visitor.module("value", moduleName(in.length()), at);
      skipModuleItems();
    } else {
      RecordBatch batch = visitor.batch(entry);
      RdbInput from = batch == null ? in : batch.add(entry, code, in);
      if (from != null) {
        decode(code, from, visitor);
      }
    }
    entry.forgetAttributes();
    hasKey = false;
    type = NO_TYPE;
  }

  /** What a module has saved beside the keys: its id, when it wants to be asked, items. */
  private void moduleData(long at, RdbVisitor visitor) throws IOException {
    step = Step.READ_MODULE_AUX;
    String module = moduleName(in.length());
    long form = in.length();
    if (form != ModuleItem.UNSIGNED) {
      throw new RdbFormatException("module data of form " + form, at);
    }
    in.length();
    visitor.module("data", module, at);
    skipModuleItems();
  }

  /** The forms of what modules save. */
  private static final class ModuleItem {
    static final int END = 0;
    static final int SIGNED = 1;
    static final int UNSIGNED = 2;
    static final int FLOAT = 3;
    static final int DOUBLE = 4;
    static final int STRING = 5;

    private ModuleItem() {}
  }

  private void skipModuleItems() throws IOException {
    while (true) {
      long at = in.offset();
      int form = in.smallLength("form of a module's item");
      switch (form) {
        case ModuleItem.END -> {
          return;
        }
        case ModuleItem.SIGNED, ModuleItem.UNSIGNED -> in.length();
        case ModuleItem.FLOAT -> in.skip(4);
        case ModuleItem.DOUBLE -> in.skip(8);
        case ModuleItem.STRING -> in.string(value);
        default -> throw new RdbFormatException("a module's item of form " + form, at);
      }
    }
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
    step = Step.CHECK_SUM;
    long computed = in.crc();
    long at = in.offset();
    long stored = in.i64();
    checksum = stored == 0 ? Checksum.LEFT_OUT : Checksum.SOUND;
    if (verifyChecksum && stored != 0 && stored != computed) {
      throw new RdbFormatException(
          "RDB CRC error: computed "
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
