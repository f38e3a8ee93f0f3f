package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Channel and message of a PUBLISH or PUBLISHSHARD, behind a full or a light header. A view: valid
 * until the buffer is reused.
 *
 * <pre>
 *  0  channel length  4
 *  4  message length  4
 *  8  channel, message
 * </pre>
 */
public final class PublishBody {
  static final int CHANNEL_LENGTH = 0;
  static final int MESSAGE_LENGTH = 4;
  static final int DATA = 8;

  private DirectBuffer buffer;
  private int offset;

  PublishBody(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  PublishBody wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
    return this;
  }

  /** The buffer the offsets of this class refer to. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Where the channel begins in {@link #buffer}. */
  public int channelOffset() {
    return offset + DATA;
  }

  /** Length of the channel in bytes. */
  public int channelLength() {
    return buffer.getInt(offset + CHANNEL_LENGTH, BIG_ENDIAN);
  }

  /** Where the message begins in {@link #buffer}. */
  public int messageOffset() {
    return channelOffset() + channelLength();
  }

  /** Length of the message in bytes. */
  public int messageLength() {
    return buffer.getInt(offset + MESSAGE_LENGTH, BIG_ENDIAN);
  }

  /** A copy of the channel. */
  public byte[] channel() {
    byte[] copy = new byte[channelLength()];
    buffer.getBytes(channelOffset(), copy);
    return copy;
  }

  /** A copy of the message. */
  public byte[] message() {
    byte[] copy = new byte[messageLength()];
    buffer.getBytes(messageOffset(), copy);
    return copy;
  }
}
