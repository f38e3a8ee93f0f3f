package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.hashslot.slot.SlotSet;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Builds whole frames. {@link #begin} starts one with a zeroed header; then follow the fields of
 * the header in any order and the parts of the body in the order of the wire (gossip, then
 * extensions); {@link #finish} sets the length. The buffer grows if it is expandable, otherwise it
 * must be long enough. One instance serves any number of frames, one at a time.
 *
 * <pre>{@code
 * int length = encoder.begin(buffer, 0, MessageType.FAIL).sender(me)....failedNode(it).finish();
 * }</pre>
 */
public final class FrameEncoder {
  private @Nullable MutableDirectBuffer target;
  private int start;
  private int end;
  private int gossipCount;
  private int extensionCount;

  /**
   * Starts a frame with a full header.
   *
   * @param type any type but {@link MessageType#UNKNOWN}
   */
  public FrameEncoder begin(MutableDirectBuffer buffer, int offset, MessageType type) {
    if (type == MessageType.UNKNOWN) {
      throw new IllegalArgumentException("frames of unknown type are not sent");
    }
    target = buffer;
    start = offset;
    end = offset;
    gossipCount = 0;
    extensionCount = 0;
    append(FrameHeader.LENGTH);
    putInt(FrameHeader.SIGNATURE, FrameHeader.SIGNATURE_VALUE);
    putShort(FrameHeader.VERSION_AT, FrameHeader.VERSION);
    putShort(FrameHeader.TYPE, type.code());
    return this;
  }

  /** See {@link FrameHeader#port}. */
  public FrameEncoder port(int port) {
    return putShort(FrameHeader.PORT, port);
  }

  /** See {@link FrameHeader#secondaryPort}. */
  public FrameEncoder secondaryPort(int port) {
    return putShort(FrameHeader.SECONDARY_PORT, port);
  }

  /** See {@link FrameHeader#busPort}. */
  public FrameEncoder busPort(int port) {
    return putShort(FrameHeader.BUS_PORT, port);
  }

  /** See {@link FrameHeader#currentEpoch}. */
  public FrameEncoder currentEpoch(long epoch) {
    return putLong(FrameHeader.CURRENT_EPOCH, epoch);
  }

  /** See {@link FrameHeader#configEpoch}. */
  public FrameEncoder configEpoch(long epoch) {
    return putLong(FrameHeader.CONFIG_EPOCH, epoch);
  }

  /** See {@link FrameHeader#replicationOffset}. */
  public FrameEncoder replicationOffset(long bytes) {
    return putLong(FrameHeader.REPLICATION_OFFSET, bytes);
  }

  /** See {@link FrameHeader#sender}. */
  public FrameEncoder sender(NodeId node) {
    node.write(buffer(), start + FrameHeader.SENDER);
    return this;
  }

  /** See {@link FrameHeader#primary}. */
  public FrameEncoder primary(@Nullable NodeId node) {
    if (node == null) {
      buffer().setMemory(start + FrameHeader.PRIMARY, NodeId.LENGTH, (byte) 0);
    } else {
      node.write(buffer(), start + FrameHeader.PRIMARY);
    }
    return this;
  }

  /** Those of the sender or, if it is a replica with a known primary, of that primary. */
  public FrameEncoder slots(SlotSet slots) {
    buffer().putBytes(start + FrameHeader.SLOTS, slots.bitmap());
    return this;
  }

  /**
   * See {@link FrameHeader#announcedAddress}.
   *
   * @throws IllegalArgumentException if the text is longer than 45 characters
   */
  public FrameEncoder announcedAddress(String address) {
    WireText.write(buffer(), start + FrameHeader.ADDRESS, FrameHeader.ADDRESS_SIZE, address);
    return this;
  }

  /** {@link NodeFlags} of the sender, {@link NodeFlags#MYSELF} included. */
  public FrameEncoder nodeFlags(int flags) {
    return putShort(FrameHeader.NODE_FLAGS, flags);
  }

  /** Whether the sender sees the cluster as down. */
  public FrameEncoder clusterDown(boolean down) {
    buffer().putByte(start + FrameHeader.STATE, (byte) (down ? 1 : 0));
    return this;
  }

  /** {@link MessageFlags}. */
  public FrameEncoder messageFlags(int flags) {
    buffer().putByte(start + FrameHeader.MESSAGE_FLAGS, (byte) flags);
    return this;
  }

  /**
   * Says that a Hashslot node sends, in the last of the message flag bytes, which servers of other
   * makes do not read.
   */
  public FrameEncoder ourMark() {
    buffer().putByte(start + FrameHeader.MARK, (byte) MessageFlags.OUR_MARK);
    return this;
  }

  /**
   * Adds what we know of a third node; only to PING, PONG, MEET and before all extensions.
   *
   * @param pingSentS unix time in seconds, 0 if no ping is unanswered
   * @param pongReceivedS unix time in seconds, 0 if there was none
   * @param address at most 45 characters
   * @throws IllegalStateException if an extension has been added already
   */
  public FrameEncoder gossip(
      NodeId node,
      long pingSentS,
      long pongReceivedS,
      String address,
      int port,
      int busPort,
      int secondaryPort,
      int flags) {
    if (extensionCount > 0) {
      throw new IllegalStateException("gossip stands before extensions");
    }
    int at = append(GossipEntry.LENGTH);
    node.write(buffer(), start + at + GossipEntry.NODE);
    putInt(at + GossipEntry.PING_SENT, (int) pingSentS);
    putInt(at + GossipEntry.PONG_RECEIVED, (int) pongReceivedS);
    WireText.write(buffer(), start + at + GossipEntry.ADDRESS, FrameHeader.ADDRESS_SIZE, address);
    putShort(at + GossipEntry.PORT, port);
    putShort(at + GossipEntry.BUS_PORT, busPort);
    putShort(at + GossipEntry.FLAGS, flags);
    putShort(at + GossipEntry.SECONDARY_PORT, secondaryPort);
    gossipCount++;
    return this;
  }

  /** Adds {@link PingExtension#HOSTNAME}. */
  public FrameEncoder hostname(String hostname) {
    return textExtension(PingExtension.HOSTNAME, hostname);
  }

  /** Adds {@link PingExtension#HUMAN_NODENAME}. */
  public FrameEncoder humanNodename(String name) {
    return textExtension(PingExtension.HUMAN_NODENAME, name);
  }

  /** Adds {@link PingExtension#CLIENT_IPV4}. */
  public FrameEncoder clientIpv4(String address) {
    return textExtension(PingExtension.CLIENT_IPV4, address);
  }

  /** Adds {@link PingExtension#CLIENT_IPV6}. */
  public FrameEncoder clientIpv6(String address) {
    return textExtension(PingExtension.CLIENT_IPV6, address);
  }

  /** Adds {@link PingExtension#AVAILABILITY_ZONE}. */
  public FrameEncoder availabilityZone(String zone) {
    return textExtension(PingExtension.AVAILABILITY_ZONE, zone);
  }

  /** Adds {@link PingExtension#FORGOTTEN_NODE}. */
  public FrameEncoder forgottenNode(NodeId node, long forS) {
    int payload = beginExtension(PingExtension.FORGOTTEN_NODE, PingExtension.FORGOTTEN_PAYLOAD);
    node.write(buffer(), start + payload);
    return putLong(payload + NodeId.LENGTH, forS);
  }

  /**
   * Adds {@link PingExtension#SHARD_ID}.
   *
   * @throws IllegalArgumentException if this is not 40 characters long
   */
  public FrameEncoder shardId(String shardId) {
    if (shardId.length() != NodeId.LENGTH) {
      throw new IllegalArgumentException("no shard id: '" + shardId + "'");
    }
    int payload = beginExtension(PingExtension.SHARD_ID, NodeId.LENGTH);
    buffer().putStringWithoutLengthAscii(start + payload, shardId);
    return this;
  }

  private FrameEncoder textExtension(int type, String text) {
    int size = text.length() + 1;
    int payload = beginExtension(type, size);
    WireText.write(buffer(), start + payload, size, text);
    return this;
  }

  /** Offset of the payload from the start of the frame. */
  private int beginExtension(int type, int payloadLength) {
    int recordLength = PingExtension.HEAD_LENGTH + (payloadLength + 7 & ~7);
    if (recordLength > PingExtension.MAX_RECORD_LENGTH) {
      throw new IllegalArgumentException("extension of " + payloadLength + " bytes");
    }
    int at = append(recordLength);
    putInt(at + PingExtension.RECORD_LENGTH, recordLength);
    putShort(at + PingExtension.TYPE, type);
    extensionCount++;
    return at + PingExtension.HEAD_LENGTH;
  }

  /** The body of a FAIL. */
  public FrameEncoder failedNode(NodeId node) {
    node.write(buffer(), start + append(NodeId.LENGTH));
    return this;
  }

  /** The body of a PUBLISH or PUBLISHSHARD; both buffers are taken whole. */
  public FrameEncoder publish(DirectBuffer channel, DirectBuffer message) {
    appendPublish(channel, message);
    return this;
  }

  /** The body of an UPDATE. */
  public FrameEncoder update(NodeId node, long configEpoch, SlotSet slots) {
    int at = append(UpdateBody.LENGTH);
    putLong(at + UpdateBody.EPOCH, configEpoch);
    node.write(buffer(), start + at + UpdateBody.NODE);
    buffer().putBytes(start + at + UpdateBody.SLOTS, slots.bitmap());
    return this;
  }

  /** How many entries of gossip the frame has so far. */
  public int gossipCount() {
    return gossipCount;
  }

  /** The body of a MODULE frame. */
  public FrameEncoder module(long moduleId, int moduleType, DirectBuffer payload) {
    int at = append(ModuleBody.HEAD_LENGTH + payload.capacity());
    putLong(at + ModuleBody.MODULE_ID, moduleId);
    putInt(at + ModuleBody.PAYLOAD_LENGTH, payload.capacity());
    buffer().putByte(start + at + ModuleBody.MODULE_TYPE, (byte) moduleType);
    buffer().putBytes(start + at + ModuleBody.HEAD_LENGTH, payload, 0, payload.capacity());
    return this;
  }

  /**
   * Sets length and counts.
   *
   * @return the length of the frame in bytes
   */
  public int finish() {
    putShort(FrameHeader.GOSSIP_COUNT, gossipCount);
    putShort(FrameHeader.EXTENSION_COUNT, extensionCount);
    int length = end - start;
    putInt(FrameHeader.TOTAL_LENGTH, length);
    target = null;
    return length;
  }

  /**
   * Writes a PUBLISH or PUBLISHSHARD with the light header, for peers that have set {@link
   * NodeFlags#LIGHT_HEADER}.
   *
   * @return the length of the frame in bytes
   */
  public int lightPublish(
      MutableDirectBuffer buffer,
      int offset,
      MessageType type,
      DirectBuffer channel,
      DirectBuffer message) {
    if (!type.isPublishLike()) {
      throw new IllegalArgumentException(type + " has no light header");
    }
    beginLight(buffer, offset, type);
    appendPublish(channel, message);
    return finishLight();
  }

  /**
   * Writes a MODULE frame with the light header, which only nodes of ours understand ({@link
   * FrameHeader#hasOurMark}).
   *
   * @param moduleType 0 to 255
   * @return the length of the frame in bytes
   */
  public int lightModule(
      MutableDirectBuffer buffer, int offset, long moduleId, int moduleType, DirectBuffer payload) {
    beginLight(buffer, offset, MessageType.MODULE);
    module(moduleId, moduleType, payload);
    return finishLight();
  }

  private void beginLight(MutableDirectBuffer buffer, int offset, MessageType type) {
    target = buffer;
    start = offset;
    end = offset;
    append(BusFrame.LIGHT_HEADER_LENGTH);
    putInt(FrameHeader.SIGNATURE, FrameHeader.SIGNATURE_VALUE);
    putShort(FrameHeader.VERSION_AT, FrameHeader.VERSION);
    putShort(FrameHeader.TYPE, type.code() | MessageType.LIGHT_BIT);
  }

  private int finishLight() {
    int length = end - start;
    putInt(FrameHeader.TOTAL_LENGTH, length);
    target = null;
    return length;
  }

  private void appendPublish(DirectBuffer channel, DirectBuffer message) {
    int at = append(PublishBody.DATA + channel.capacity() + message.capacity());
    putInt(at + PublishBody.CHANNEL_LENGTH, channel.capacity());
    putInt(at + PublishBody.MESSAGE_LENGTH, message.capacity());
    int data = start + at + PublishBody.DATA;
    buffer().putBytes(data, channel, 0, channel.capacity());
    buffer().putBytes(data + channel.capacity(), message, 0, message.capacity());
  }

  /** Adds zeroed bytes and returns their offset from the start of the frame. */
  private int append(int length) {
    int at = end - start;
    buffer().checkLimit(Math.addExact(end, length));
    buffer().setMemory(end, length, (byte) 0);
    end += length;
    return at;
  }

  private FrameEncoder putShort(int at, int value) {
    buffer().putShort(start + at, (short) value, BIG_ENDIAN);
    return this;
  }

  private FrameEncoder putInt(int at, int value) {
    buffer().putInt(start + at, value, BIG_ENDIAN);
    return this;
  }

  private FrameEncoder putLong(int at, long value) {
    buffer().putLong(start + at, value, BIG_ENDIAN);
    return this;
  }

  private MutableDirectBuffer buffer() {
    MutableDirectBuffer buffer = target;
    if (buffer == null) {
      throw new IllegalStateException("no frame has been begun");
    }
    return buffer;
  }
}
