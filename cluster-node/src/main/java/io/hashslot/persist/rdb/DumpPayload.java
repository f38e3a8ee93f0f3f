package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import io.hashslot.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
  public interface Sink {
    /** The decoded string, in native memory that is valid during the call. */
    void string(long address, int length) throws IOException;

    /** A collection, which has to be read during the call. */
    void collection(Kind kind, RdbVisitor.Reading reading) throws IOException;
  }

  /**
   * Appends the payload of a value.
   *
   * @param version what the reader understands; {@link Rdb#NEWEST_VERSION} unless it is known to be
   *     older
   */
  public static void write(Output out, RdbEncoder encoder, int version, Value value) {
    int from = out.position();
    encoder.to(out);
    encoder.u8(RdbValues.type(value, version));
    RdbValues.write(encoder, value, version);
    close(out, encoder, version, from);
  }

  /**
   * Appends the payload of {@code FUNCTION DUMP}.
   *
   * @param sources the sources of function libraries
   */
  public static void writeFunctions(
      Output out, RdbEncoder encoder, int version, Collection<byte[]> sources) {
    int from = out.position();
    encoder.to(out);
    for (byte[] source : sources) {
      encoder.u8(Rdb.OP_FUNCTION);
      encoder.string(source);
    }
    close(out, encoder, version, from);
  }

  /**
   * Appends the payload of a value that was written before: the value itself stands in the output,
   * from {@code from} on, with its type in front.
   */
  public static void close(Output out, RdbEncoder encoder, int version, int from) {
    encoder.to(out);
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
   * @throws RdbFormatException if the value is malformed, of a type that cannot be read
   */
  public static void read(long address, int length, Sink sink) throws IOException {
    try (RdbInput in = RdbInput.of(address, length - FOOTER_BYTES);
        NativeBlock value = new NativeBlock()) {
      int type = in.u8();
      if (!Rdb.isValueType(type)) {
        throw new RdbFormatException("unknown value type " + type, 0);
      }
      if (type == Rdb.TYPE_STRING) {
        in.string(value);
        sink.string(value.address(), value.length);
      } else {
        sink.collection(RdbValues.kindOf(type), target -> readNotEmpty(type, in, target));
      }
    }
  }

  /**
   * Returns the sources of the function libraries in a payload of {@code FUNCTION DUMP} that is
   * {@link #valid}.
   *
   * @throws RdbFormatException if there is anything else in it
   */
  public static List<byte[]> functions(long address, int length) throws IOException {
    List<byte[]> sources = new ArrayList<>();
    int end = length - FOOTER_BYTES;
    try (RdbInput in = RdbInput.of(address, end);
        NativeBlock value = new NativeBlock()) {
      while (in.offset() < end) {
        if (in.u8() != Rdb.OP_FUNCTION) {
          throw new RdbFormatException("given type is not a function", in.offset() - 1);
        }
        in.string(value);
        sources.add(value.toBytes());
      }
    }
    return sources;
  }

  /** In snapshots of old servers there are empty collections; in payloads they are an error. */
  private static void readNotEmpty(int type, RdbInput in, CollectionValue target)
      throws IOException {
    RdbValues.read(type, in, target);
    if (target.isEmpty() && target.kind() != Kind.STREAM) {
      throw new RdbFormatException("a " + target.kind().typeName() + " without elements", 0);
    }
  }
}
