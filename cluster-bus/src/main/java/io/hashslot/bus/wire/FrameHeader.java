package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The full header of a bus frame. A view: valid until the buffer is reused. All integers are
 * unsigned and big-endian; there is no padding.
 *
 * <pre>
 *    0  signature "RCmb"          4      2168  announced address      46, zero-padded
 *    4  total length              4      2214  extensions              2
 *    8  version = 1               2      2216  reserved               30
 *   10  client port               2      2246  secondary client port   2
 *   12  type                      2      2248  bus port                2
 *   14  gossip entries            2      2250  node flags              2
 *   16  current epoch             8      2252  cluster state           1
 *   24  config epoch              8      2253  message flags           3
 *   32  replication offset        8      2256  body
 *   40  sender                   40
 *   80  slots                  2048
 * 2128  primary of the sender    40, zeros = it is a primary
 * </pre>
 *
 * <p>The header of a replica carries the slots and the config epoch of its primary.
 */
public final class FrameHeader {
  /** Length in bytes. */
  public static final int LENGTH = 2256;

  /** The value of the version field. */
  public static final int VERSION = 1;

  /** Size of a field that holds an address, terminator included. */
  public static final int ADDRESS_SIZE = 46;

  static final int SIGNATURE_VALUE = 'R' << 24 | 'C' << 16 | 'm' << 8 | 'b';

  static final int SIGNATURE = 0;
  static final int TOTAL_LENGTH = 4;
  static final int VERSION_AT = 8;
  static final int PORT = 10;
  static final int TYPE = 12;
  static final int GOSSIP_COUNT = 14;
  static final int CURRENT_EPOCH = 16;
  static final int CONFIG_EPOCH = 24;
  static final int REPLICATION_OFFSET = 32;
  static final int SENDER = 40;
  static final int SLOTS = 80;
  static final int PRIMARY = 2128;
  static final int ADDRESS = 2168;
  static final int EXTENSION_COUNT = 2214;
  static final int SECONDARY_PORT = 2246;
  static final int BUS_PORT = 2248;
  static final int NODE_FLAGS = 2250;
  static final int STATE = 2252;
  static final int MESSAGE_FLAGS = 2253;
  static final int MARK = MESSAGE_FLAGS + 2;

  private DirectBuffer buffer;
  private int offset;

  FrameHeader(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  void wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
  }

  /**
   * The sender's client port: the TLS port if the cluster bus runs over TLS, else the plain one.
   */
  public int port() {
    return unsignedShort(PORT);
  }

  /** The client port of the other kind, TLS or plain; 0 if there is none. */
  public int secondaryPort() {
    return unsignedShort(SECONDARY_PORT);
  }

  /** The sender's bus port. */
  public int busPort() {
    return unsignedShort(BUS_PORT);
  }

  /** The greatest epoch the sender knows. */
  public long currentEpoch() {
    return buffer.getLong(offset + CURRENT_EPOCH, BIG_ENDIAN);
  }

  /** The config epoch of the sender or, if it is a replica, of its primary. */
  public long configEpoch() {
    return buffer.getLong(offset + CONFIG_EPOCH, BIG_ENDIAN);
  }

  /** Bytes of the replication stream the sender has produced or, as a replica, processed. */
  public long replicationOffset() {
    return buffer.getLong(offset + REPLICATION_OFFSET, BIG_ENDIAN);
  }

  /** Who sends. */
  public NodeId sender() {
    return NodeId.read(buffer, offset + SENDER);
  }

  /** Whether this node sends; allocates nothing. */
  public boolean isFrom(NodeId node) {
    return node.matches(buffer, offset + SENDER);
  }

  /** The primary of the sender; null if the sender calls itself a primary. */
  public @Nullable NodeId primary() {
    return hasPrimary() ? NodeId.read(buffer, offset + PRIMARY) : null;
  }

  /** Whether the sender calls itself a replica. */
  public boolean hasPrimary() {
    for (int i = 0; i < NodeId.LENGTH; i++) {
      if (buffer.getByte(offset + PRIMARY + i) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a slot is among those of the sender or, if it is a replica, of its primary. */
  public boolean claims(int slot) {
    return (buffer.getByte(offset + SLOTS + (slot >>> 3)) & 1 << (slot & 7)) != 0;
  }

  /** Copies the slots of the sender or, if it is a replica, of its primary. */
  public void slotsTo(SlotSet target) {
    buffer.getBytes(offset + SLOTS, target.bitmap());
  }

  /** Whether the claimed slots are exactly these. Cheap: asked for every PING and PONG. */
  public boolean claimsExactly(SlotSet slots) {
    return slots.equalsBitmap(buffer, offset + SLOTS);
  }

  /** Whether at least one slot is claimed. */
  public boolean claimsAny() {
    for (int at = 0; at < Slots.COUNT / 8; at += Long.BYTES) {
      if (buffer.getLong(offset + SLOTS + at) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The address the sender announces; empty: use the one the socket shows. */
  public String announcedAddress() {
    return WireText.read(buffer, offset + ADDRESS, ADDRESS_SIZE);
  }

  /** The sender's own {@link NodeFlags}. */
  public int nodeFlags() {
    return unsignedShort(NODE_FLAGS);
  }

  /** Whether all these {@link NodeFlags} are set. */
  public boolean hasNodeFlags(int flags) {
    return (nodeFlags() & flags) == flags;
  }

  /** Whether the sender sees the cluster as down. */
  public boolean isClusterDown() {
    return buffer.getByte(offset + STATE) != 0;
  }

  /** The {@link MessageFlags}. */
  public int messageFlags() {
    return buffer.getByte(offset + MESSAGE_FLAGS) & 0xFF;
  }

  /** Whether all these {@link MessageFlags} are set. */
  public boolean hasMessageFlags(int flags) {
    return (messageFlags() & flags) == flags;
  }

  /** Whether the sender says that it is one of ours, see {@link FrameEncoder#ourMark}. */
  public boolean hasOurMark() {
    return buffer.getByte(offset + MARK) == MessageFlags.OUR_MARK;
  }

  int gossipCount() {
    return unsignedShort(GOSSIP_COUNT);
  }

  int extensionCount() {
    return unsignedShort(EXTENSION_COUNT);
  }

  private int unsignedShort(int field) {
    return buffer.getShort(offset + field, BIG_ENDIAN) & 0xFFFF;
  }
}
