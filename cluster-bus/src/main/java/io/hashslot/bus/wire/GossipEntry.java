package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * What the sender of a PING, PONG or MEET says about a third node. A view: valid until the buffer
 * is reused. All integers are unsigned and big-endian.
 *
 * <pre>
 *   0  node id                     40      94  client port             2
 *  40  ping sent, unix seconds      4      96  bus port                2
 *  44  pong received, unix seconds  4      98  node flags              2
 *  48  address                     46     100  secondary client port   2
 *                                         102  reserved                2
 * </pre>
 */
public final class GossipEntry {
  /** Length in bytes. */
  public static final int LENGTH = 104;

  static final int NODE = 0;
  static final int PING_SENT = 40;
  static final int PONG_RECEIVED = 44;
  static final int ADDRESS = 48;
  static final int PORT = 94;
  static final int BUS_PORT = 96;
  static final int FLAGS = 98;
  static final int SECONDARY_PORT = 100;

  private DirectBuffer buffer;
  private int offset;

  GossipEntry(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  GossipEntry wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
    return this;
  }

  /** Of whom. */
  public NodeId node() {
    return NodeId.read(buffer, offset + NODE);
  }

  /** The {@link NodeId#digest} of {@link #node}. */
  public long nodeDigest() {
    return NodeId.digest(buffer, offset + NODE);
  }

  /** Whether {@link #node} is well-formed; nothing else may be asked about it if not. */
  public boolean nodeIsValid() {
    return NodeId.isValid(buffer, offset + NODE);
  }

  /** Whether it is about this node. */
  public boolean isOf(NodeId node) {
    return node.matches(buffer, offset + NODE);
  }

  /** Unix time in seconds of the sender's unanswered ping to the node; 0 if there is none. */
  public long pingSentS() {
    return buffer.getInt(offset + PING_SENT, BIG_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** Unix time in seconds of the last sign of life; 0 if there was none. */
  public long pongReceivedS() {
    return buffer.getInt(offset + PONG_RECEIVED, BIG_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** The node's last known address, in numbers; may be empty. */
  public String address() {
    return WireText.read(buffer, offset + ADDRESS, FrameHeader.ADDRESS_SIZE);
  }

  /** The client port, of the same kind as {@link FrameHeader#port}. */
  public int port() {
    return unsignedShort(PORT);
  }

  /** The bus port. */
  public int busPort() {
    return unsignedShort(BUS_PORT);
  }

  /** {@link NodeFlags} as the sender holds them, unfiltered. */
  public int flags() {
    return unsignedShort(FLAGS);
  }

  /** Whether any of these {@link NodeFlags} is set. */
  public boolean hasAnyFlag(int flags) {
    return (flags() & flags) != 0;
  }

  /** The client port of the other kind; 0 if there is none. */
  public int secondaryPort() {
    return unsignedShort(SECONDARY_PORT);
  }

  private int unsignedShort(int field) {
    return buffer.getShort(offset + field, BIG_ENDIAN) & 0xFFFF;
  }
}
