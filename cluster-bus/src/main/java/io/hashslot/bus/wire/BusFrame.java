package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.hashslot.slot.SlotSet;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A received frame, checked, with flyweights for its parts. One instance serves all frames of a
 * receiver: {@link #wrap} moves it (and all flyweights it has given out) to the next one.
 *
 * <p>Bytes from the network are hostile until proven otherwise. {@code wrap} therefore checks
 * everything the accessors rely on: lengths against type and counts, every record of the
 * extensions, the form of names and addresses. It never reads beyond the frame and never throws for
 * what a peer may send. After it has returned null every accessor that fits the type may be called;
 * before that, none. A node id in gossip is the one exception: see {@link #gossipNamesAreValid}.
 *
 * <p>A frame with a light header (PUBLISH and PUBLISHSHARD since Valkey 8; MODULE between nodes of
 * ours) has no sender, epochs or flags: {@link #header} must not be asked for. What it publishes
 * may only be taken from a link that is tied to a node whose handshake is over; otherwise the link
 * has to be closed, which is for the caller to do.
 */
public final class BusFrame {
  /** Length of the light header in bytes, up to the body. */
  public static final int LIGHT_HEADER_LENGTH = 16;

  /**
   * So many bytes are needed to tell where a frame ends: up to the type field, which is included.
   */
  public static final int PREFIX_LENGTH = 14;

  private static final int NO_BUS = -1;
  private static final int BELOW_HEADER = -2;
  private static final int ABOVE_LIMIT = -3;

  private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

  private final FrameHeader header = new FrameHeader(EMPTY);
  private final GossipEntry entry = new GossipEntry(EMPTY);
  private final PingExtension extension = new PingExtension(EMPTY);
  private final PublishBody publish = new PublishBody(EMPTY);
  private final UpdateBody update = new UpdateBody(EMPTY);
  private final ModuleBody module = new ModuleBody(EMPTY);

  private DirectBuffer buffer = EMPTY;
  private int offset;
  private int length;
  private boolean light;
  private MessageType type = MessageType.UNKNOWN;
  private int extensionsLeft;
  private int extensionAt;

  /**
   * How long the frame at the head of a stream is.
   *
   * @param available how many bytes there are from the offset on
   * @param maxLength longest frame to be accepted, in bytes
   * @return the length in bytes, which may be more than is available; 0 if more bytes are needed to
   *     tell; negative if the link has to be closed for the reason {@link #framingFault} gives
   */
  public static int frameLength(DirectBuffer stream, int offset, int available, int maxLength) {
    if (available >= 4
        && stream.getInt(offset + FrameHeader.SIGNATURE, BIG_ENDIAN)
            != FrameHeader.SIGNATURE_VALUE) {
      return NO_BUS;
    }
    if (available < PREFIX_LENGTH) {
      return 0;
    }
    long length = unsignedInt(stream, offset + FrameHeader.TOTAL_LENGTH);
    int type = stream.getShort(offset + FrameHeader.TYPE, BIG_ENDIAN);
    int minimum = (type & MessageType.LIGHT_BIT) != 0 ? LIGHT_HEADER_LENGTH : FrameHeader.LENGTH;
    if (length < minimum) {
      return BELOW_HEADER;
    }
    return length > maxLength ? ABOVE_LIMIT : (int) length;
  }

  /** What a negative result of {@link #frameLength} means. */
  public static FrameFault framingFault(int frameLength) {
    return switch (frameLength) {
      case NO_BUS -> FrameFault.BAD_SIGNATURE;
      case BELOW_HEADER -> FrameFault.TOO_SHORT;
      case ABOVE_LIMIT -> FrameFault.TOO_LONG;
      default -> throw new IllegalArgumentException("no fault: " + frameLength);
    };
  }

  /**
   * Moves to another frame and checks it.
   *
   * @param length in bytes, as {@link #frameLength} found it; the buffer must have them all
   * @return null if the frame is sound, else what is wrong with it
   * @throws IndexOutOfBoundsException if the buffer is shorter than that
   */
  public @Nullable FrameFault wrap(DirectBuffer buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.capacity());
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    if (length < LIGHT_HEADER_LENGTH) {
      return FrameFault.TOO_SHORT;
    }
    if (buffer.getInt(offset + FrameHeader.SIGNATURE, BIG_ENDIAN) != FrameHeader.SIGNATURE_VALUE) {
      return FrameFault.BAD_SIGNATURE;
    }
    int typeField = unsignedShort(FrameHeader.TYPE);
    light = (typeField & MessageType.LIGHT_BIT) != 0;
    type = MessageType.of(typeField & ~MessageType.LIGHT_BIT);
    if (!light && length < FrameHeader.LENGTH) {
      return FrameFault.TOO_SHORT;
    }
    if (unsignedShort(FrameHeader.VERSION_AT) != FrameHeader.VERSION) {
      return FrameFault.WRONG_VERSION;
    }
    if (unsignedInt(buffer, offset + FrameHeader.TOTAL_LENGTH) != length) {
      return FrameFault.WRONG_LENGTH;
    }
    if (light) {
      if (type == MessageType.MODULE) return checkModule();
      return type.isPublishLike() ? checkPublish() : FrameFault.LIGHT_TYPE;
    }
    header.wrap(buffer, offset);
    FrameFault fault = checkBody();
    return fault != null ? fault : checkHeader();
  }

  private @Nullable FrameFault checkBody() {
    return switch (type) {
      case PING, PONG, MEET -> checkPingLike();
      case PUBLISH, PUBLISHSHARD -> checkPublish();
      case FAIL -> {
        FrameFault fault = expectBodyLength(NodeId.LENGTH);
        yield fault != null ? fault : checkName(FrameHeader.LENGTH);
      }
      case UPDATE -> {
        FrameFault fault = expectBodyLength(UpdateBody.LENGTH);
        yield fault != null ? fault : checkUpdate();
      }
      case AUTH_REQUEST, AUTH_ACK, MFSTART -> expectBodyLength(0);
      case MODULE -> checkModule();
      case UNKNOWN -> null;
    };
  }

  private @Nullable FrameFault checkHeader() {
    if (!NodeId.isValid(buffer, offset + FrameHeader.SENDER)
        || (header.hasPrimary() && !NodeId.isValid(buffer, offset + FrameHeader.PRIMARY))) {
      return FrameFault.NODE_ID;
    }
    if (!WireText.isHarmless(buffer, offset + FrameHeader.ADDRESS, FrameHeader.ADDRESS_SIZE)) {
      return FrameFault.TEXT;
    }
    // Beyond 2^63 nothing honest counts; one such epoch would be carried on by all nodes for ever.
    return header.currentEpoch() < 0 || header.configEpoch() < 0 ? FrameFault.EPOCH : null;
  }

  private @Nullable FrameFault checkPingLike() {
    int at = FrameHeader.LENGTH + header.gossipCount() * GossipEntry.LENGTH;
    if (at > length) {
      return FrameFault.WRONG_LENGTH;
    }
    for (int i = 0; i < header.gossipCount(); i++) {
      int address = gossipOffset(i) + GossipEntry.ADDRESS;
      if (!WireText.isHarmless(buffer, address, FrameHeader.ADDRESS_SIZE)) {
        return FrameFault.TEXT;
      }
    }
    for (int i = extensionCount(); i > 0; i--) {
      if (length - at < PingExtension.HEAD_LENGTH) {
        return FrameFault.EXTENSION_LENGTH;
      }
      long record = unsignedInt(buffer, offset + at + PingExtension.RECORD_LENGTH);
      if (record < PingExtension.HEAD_LENGTH
          || record > PingExtension.MAX_RECORD_LENGTH
          || record % 8 != 0
          || record > length - at) {
        return FrameFault.EXTENSION_LENGTH;
      }
      FrameFault fault = extension.wrap(buffer, offset + at).check();
      if (fault != null) {
        return fault;
      }
      at += (int) record;
    }
    return at == length ? null : FrameFault.WRONG_LENGTH;
  }

  private @Nullable FrameFault checkPublish() {
    int data = headerLength() + PublishBody.DATA;
    if (length < data) {
      return FrameFault.WRONG_LENGTH;
    }
    long expected =
        data
            + unsignedInt(buffer, body() + PublishBody.CHANNEL_LENGTH)
            + unsignedInt(buffer, body() + PublishBody.MESSAGE_LENGTH);
    return expected == length ? null : FrameFault.WRONG_LENGTH;
  }

  private @Nullable FrameFault checkModule() {
    int payload = headerLength() + ModuleBody.HEAD_LENGTH;
    if (length < payload) {
      return FrameFault.WRONG_LENGTH;
    }
    long expected = payload + unsignedInt(buffer, body() + ModuleBody.PAYLOAD_LENGTH);
    return expected == length ? null : FrameFault.WRONG_LENGTH;
  }

  private @Nullable FrameFault checkUpdate() {
    if (update.wrap(buffer, body()).configEpoch() < 0) {
      return FrameFault.EPOCH;
    }
    return checkName(FrameHeader.LENGTH + UpdateBody.NODE);
  }

  private @Nullable FrameFault checkName(int at) {
    return NodeId.isValid(buffer, offset + at) ? null : FrameFault.NODE_ID;
  }

  private @Nullable FrameFault expectBodyLength(long bodyLength) {
    return length == FrameHeader.LENGTH + bodyLength ? null : FrameFault.WRONG_LENGTH;
  }

  /** What the frame is about. Known even of frames that are not sound, once their length is. */
  public MessageType type() {
    return type;
  }

  /** Whether the frame has the light header. */
  public boolean isLight() {
    return light;
  }

  /** Length of the whole frame in bytes. */
  public int length() {
    return length;
  }

  /** The full header. */
  public FrameHeader header() {
    return header;
  }

  /** How many gossip entries there are; only of PING, PONG, MEET. */
  public int gossipCount() {
    return header.gossipCount();
  }

  /** The flyweight of this class, moved to an entry from 0 to {@link #gossipCount} - 1. */
  public GossipEntry gossip(int index) {
    Objects.checkIndex(index, gossipCount());
    return entry.wrap(buffer, gossipOffset(index));
  }

  /**
   * Whether the node ids of all entries are well-formed. If not, the whole section has to be
   * skipped, the rest of the frame counts (as Valkey 8 does).
   */
  public boolean gossipNamesAreValid() {
    for (int i = 0; i < gossipCount(); i++) {
      if (!NodeId.isValid(buffer, gossipOffset(i) + GossipEntry.NODE)) {
        return false;
      }
    }
    return true;
  }

  /** How many extensions there are; only of PING, PONG, MEET. */
  public int extensionCount() {
    // Without the flag the count is not looked at, whatever it says.
    return header.hasMessageFlags(MessageFlags.EXTENSION_DATA) ? header.extensionCount() : 0;
  }

  /** Moves the extension flyweight to the first record; null if there is none. */
  public @Nullable PingExtension firstExtension() {
    extensionsLeft = extensionCount();
    extensionAt = gossipOffset(gossipCount());
    return extensionHere();
  }

  /** Moves the extension flyweight to the next record; null if there are no more. */
  public @Nullable PingExtension nextExtension() {
    extensionAt += extension.recordLength();
    extensionsLeft--;
    return extensionHere();
  }

  private @Nullable PingExtension extensionHere() {
    return extensionsLeft > 0 ? extension.wrap(buffer, extensionAt) : null;
  }

  /** Which node has failed; only of FAIL. */
  public NodeId failedNode() {
    return NodeId.read(buffer, body());
  }

  /** Channel and message; only of PUBLISH and PUBLISHSHARD. */
  public PublishBody publish() {
    return publish.wrap(buffer, body());
  }

  /** Who owns which slots; only of UPDATE. */
  public UpdateBody update() {
    return update.wrap(buffer, body());
  }

  /** What is for a module; only of MODULE. */
  public ModuleBody module() {
    return module.wrap(buffer, body());
  }

  private int headerLength() {
    return light ? LIGHT_HEADER_LENGTH : FrameHeader.LENGTH;
  }

  private int body() {
    return offset + headerLength();
  }

  private int gossipOffset(int index) {
    return offset + FrameHeader.LENGTH + index * GossipEntry.LENGTH;
  }

  private int unsignedShort(int field) {
    return buffer.getShort(offset + field, BIG_ENDIAN) & 0xFFFF;
  }

  private static long unsignedInt(DirectBuffer buffer, int at) {
    return buffer.getInt(at, BIG_ENDIAN) & 0xFFFF_FFFFL;
  }

  /** One line for logs and transcripts; only of a sound frame. */
  @Override
  public String toString() {
    if (light) {
      return "light " + type + " (" + length + " bytes)";
    }
    NodeId primary = header.primary();
    SlotSet slots = new SlotSet();
    header.slotsTo(slots);
    return "%s from %s%s epochs %d/%d offset %d flags 0x%04x/%d slots [%s] (%d bytes)"
        .formatted(
            type,
            header.sender().brief(),
            primary == null ? "" : " replica of " + primary.brief(),
            header.currentEpoch(),
            header.configEpoch(),
            header.replicationOffset(),
            header.nodeFlags(),
            header.messageFlags(),
            slots,
            length);
  }
}
