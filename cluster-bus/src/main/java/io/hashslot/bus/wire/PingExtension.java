package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One record of the extensions behind the gossip of a PING, PONG or MEET. A view: valid until the
 * buffer is reused.
 *
 * <pre>
 *  0  length of the record, a multiple of 8   4
 *  4  type                                    2
 *  6  unused                                  2
 *  8  payload, zero-padded
 * </pre>
 *
 * <p>Types from {@link #CLIENT_IPV4} on have other meanings in newer Redis, where payloads of these
 * types are no address; {@link #text} then yields null or something that is no address.
 */
public final class PingExtension {
  /** Payload is the announced hostname, zero-terminated. */
  public static final int HOSTNAME = 0;

  /** Payload is the name people gave to the node, zero-terminated (Redis 7.2, Valkey 8). */
  public static final int HUMAN_NODENAME = 1;

  /** Payload is a node id and the seconds for which it stays forgotten (Redis 7.2, Valkey 8). */
  public static final int FORGOTTEN_NODE = 2;

  /** Payload is the id of the sender's shard, 40 bytes (Redis 7.2, Valkey 8). */
  public static final int SHARD_ID = 3;

  /** Payload is the IPv4 address for clients, zero-terminated (Valkey 8). */
  public static final int CLIENT_IPV4 = 4;

  /** Payload is the IPv6 address for clients, zero-terminated (Valkey 8). */
  public static final int CLIENT_IPV6 = 5;

  /**
   * Payload is the name of the zone the sender runs in, zero-terminated. Hashslot's own: Redis and
   * Valkey number theirs from 0 on, so this one is far away from what they may come to use. They
   * skip what they do not know, with a line in their logs.
   */
  public static final int AVAILABILITY_ZONE = 0x7A01;

  /** Length of the head of a record in bytes. */
  static final int HEAD_LENGTH = 8;

  static final int RECORD_LENGTH = 0;
  static final int TYPE = 4;

  /** Servers look at 16 bits of the length in one place and at 32 in another: nobody sends more. */
  static final int MAX_RECORD_LENGTH = 0xFFF8;

  /** Longest text in bytes, terminator included: hostnames are limited so by configuration. */
  static final int MAX_TEXT_SIZE = 256;

  static final int FORGOTTEN_PAYLOAD = NodeId.LENGTH + Long.BYTES;

  private DirectBuffer buffer;
  private int offset;

  PingExtension(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  PingExtension wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
    return this;
  }

  /** One of the constants of this class, or a number unknown to it. */
  public int type() {
    return buffer.getShort(offset + TYPE, BIG_ENDIAN) & 0xFFFF;
  }

  /** Length of the record, head included, in bytes. */
  public int recordLength() {
    return buffer.getInt(offset + RECORD_LENGTH, BIG_ENDIAN);
  }

  /**
   * The payload up to the first zero byte; null if there is none within 256 bytes or if there are
   * characters that are in no hostname, address or node name. It is then to be taken as if the
   * extension were not there.
   */
  public @Nullable String text() {
    int limit = Math.min(MAX_TEXT_SIZE, recordLength() - HEAD_LENGTH);
    return WireText.isHarmless(buffer, payload(), limit)
        ? WireText.read(buffer, payload(), limit)
        : null;
  }

  /** Tells whether {@link #text} of a peer would yield this text, if it were sent. */
  public static boolean isText(String text) {
    if (text.length() >= MAX_TEXT_SIZE) {
      return false;
    }
    return text.chars().allMatch(c -> c < 128 && WireText.isHarmless((char) c));
  }

  /** Who was forgotten; only of {@link #FORGOTTEN_NODE}. */
  public NodeId forgottenNode() {
    return NodeId.read(buffer, payload());
  }

  /** For how many seconds it stays forgotten; only of {@link #FORGOTTEN_NODE}. */
  public long forgottenForS() {
    return buffer.getLong(payload() + NodeId.LENGTH, BIG_ENDIAN);
  }

  /** The 40 characters of the sender's shard; only of {@link #SHARD_ID}. */
  public String shardId() {
    return buffer.getStringWithoutLengthAscii(payload(), NodeId.LENGTH);
  }

  private int payload() {
    return offset + HEAD_LENGTH;
  }

  /**
   * Whether the payload of a known type is as long as its fields and has well-formed names.
   *
   * @return null if all is well
   */
  @Nullable FrameFault check() {
    int minimum =
        switch (type()) {
          case FORGOTTEN_NODE -> FORGOTTEN_PAYLOAD;
          case SHARD_ID -> NodeId.LENGTH;
          default -> 0;
        };
    if (recordLength() - HEAD_LENGTH < minimum) {
      return FrameFault.EXTENSION_LENGTH;
    }
    return minimum == 0 || NodeId.isValid(buffer, payload()) ? null : FrameFault.NODE_ID;
  }
}
