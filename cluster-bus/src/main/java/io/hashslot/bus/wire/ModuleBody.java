package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * The body of a MODULE frame, which is for a loadable module of the C servers. A view: valid until
 * the buffer is reused.
 *
 * <pre>
 *  0  module id, opaque   8
 *  8  payload length      4
 * 12  module's own type   1
 * 13  payload
 * </pre>
 */
public final class ModuleBody {
  static final int HEAD_LENGTH = 13;
  static final int MODULE_ID = 0;
  static final int PAYLOAD_LENGTH = 8;
  static final int MODULE_TYPE = 12;

  private DirectBuffer buffer;
  private int offset;

  ModuleBody(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  ModuleBody wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
    return this;
  }

  /** The eight opaque bytes, first byte on the wire most significant. */
  public long moduleId() {
    return buffer.getLong(offset + MODULE_ID, BIG_ENDIAN);
  }

  /** The module's own message type. */
  public int moduleType() {
    return buffer.getByte(offset + MODULE_TYPE) & 0xFF;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    byte[] copy = new byte[buffer.getInt(offset + PAYLOAD_LENGTH, BIG_ENDIAN)];
    buffer.getBytes(offset + HEAD_LENGTH, copy);
    return copy;
  }
}
