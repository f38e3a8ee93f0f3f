package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import java.io.IOException;
import org.agrona.UnsafeApi;

/**
 * Values as DUMP gives and RESTORE takes them: type byte and value as in a snapshot, then the
 * format's version (2 bytes) and a checksum over all before it (8 bytes), both little-endian.
 */
public final class DumpPayload {
  /** Bytes behind the value. */
  private static final int FOOTER_BYTES = 10;

  private DumpPayload() {}

  /** Hears the value of a payload. */
  @FunctionalInterface
  public interface StringSink {
    /** The decoded string, in native memory that is valid during the call. */
    void string(long address, int length) throws IOException;
  }

  /**
   * Appends the payload of a string.
   *
   * @param version what the reader understands; {@link Rdb#NEWEST_VERSION} unless it is known to be
   *     older
   */
  public static void writeString(
      Output out, RdbEncoder encoder, int version, long value, int length) {
    int from = out.position();
    encoder.to(out);
    encoder.u8(Rdb.TYPE_STRING);
    encoder.string(value, length);
    encoder.u8(version);
    encoder.u8(version >>> 8);
    encoder.i64(Crc64.update(0, out.address() + from, out.position() - from));
  }

  /**
   * Whether the bytes are a payload of a version that can be read, undamaged. RESTORE refuses
   * others with its own message.
   */
  public static boolean valid(long address, int length) {
    if (length < FOOTER_BYTES) {
      return false;
    }
    long footer = address + length - FOOTER_BYTES;
    int version = UnsafeApi.getShort(footer) & 0xffff;
    return version <= Rdb.NEWEST_VERSION
        && UnsafeApi.getLong(footer + 2) == Crc64.update(0, address, length - 8L);
  }

  /**
   * Decodes a payload that is {@link #valid}.
   *
   * @throws RdbFormatException if the value is malformed or of a type that cannot be held yet
   */
  public static void read(long address, int length, StringSink sink) throws IOException {
    try (RdbInput in = RdbInput.of(address, length - FOOTER_BYTES);
        NativeBlock value = new NativeBlock()) {
      int type = in.u8();
      if (type != Rdb.TYPE_STRING) {
        throw new RdbFormatException(
            "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", 0);
      }
      in.string(value);
      sink.string(value.address(), value.length);
    }
  }
}
