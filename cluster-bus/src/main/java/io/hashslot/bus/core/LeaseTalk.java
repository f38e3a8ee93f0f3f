package io.hashslot.bus.core;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.bus.wire.ModuleBody;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What primaries of our make say to each other instead of a PING and its PONG when one of them
 * needs a proof for its {@link Lease}: what the speaker says of itself, in so few bytes that
 * whoever knows it already sees that, and whoever does not asks for the full frame. It is the
 * payload of a frame for our module with the light header.
 *
 * <pre>
 *  0  speaker                    40
 * 40  its current epoch           8, big-endian as all of these
 * 48  its config epoch            8
 * 56  digest of its slots         8
 * 64  its replication offset      8
 * </pre>
 *
 * @param kind question or answer, the type of the frame for the module
 * @param speaker name of the primary that sent it
 * @param currentEpoch 0 or more
 * @param configEpoch 0 or more
 * @param slots see {@link #digest}
 * @param replicationOffset in bytes
 */
public record LeaseTalk(
    Kind kind,
    NodeId speaker,
    long currentEpoch,
    long configEpoch,
    long slots,
    long replicationOffset) {

  /** What is said. */
  public enum Kind {
    /** Do you know this of me? */
    QUESTION(4),
    /** I do, and have nothing against you. */
    AGREES(5),
    /** Ask me in full. */
    DIFFERS(6);

    private final int type;

    Kind(int type) {
      this.type = type;
    }

    int type() {
      return type;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int CURRENT_EPOCH = NodeId.LENGTH;
  private static final int CONFIG_EPOCH = CURRENT_EPOCH + Long.BYTES;
  private static final int SLOTS = CONFIG_EPOCH + Long.BYTES;
  private static final int OFFSET = SLOTS + Long.BYTES;

  /** Length of the payload in bytes. */
  static final int LENGTH = OFFSET + Long.BYTES;

  /** Odd, with as many ones as zeroes. */
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  /**
   * What a frame for a module says.
   *
   * @return null if it is about something else, or says what no honest node says
   */
  public static @Nullable LeaseTalk read(ModuleBody body) {
    if (body.moduleId() != Consents.MODULE_ID) return null;
    for (Kind kind : KINDS) {
      if (kind.type == body.moduleType()) return read(kind, body.payload());
    }
    return null;
  }

  private static @Nullable LeaseTalk read(Kind kind, byte[] payload) {
    if (payload.length != LENGTH) return null;
    var buffer = new UnsafeBuffer(payload);
    long currentEpoch = buffer.getLong(CURRENT_EPOCH, BIG_ENDIAN);
    long configEpoch = buffer.getLong(CONFIG_EPOCH, BIG_ENDIAN);
    var name = new String(payload, 0, NodeId.LENGTH, ISO_8859_1);
    if (currentEpoch < 0 || configEpoch < 0 || !NodeId.isValid(name)) return null;
    return new LeaseTalk(
        kind,
        new NodeId(name),
        currentEpoch,
        configEpoch,
        buffer.getLong(SLOTS, BIG_ENDIAN),
        buffer.getLong(OFFSET, BIG_ENDIAN));
  }

  byte[] payload() {
    var payload = new byte[LENGTH];
    var buffer = new UnsafeBuffer(payload);
    buffer.putStringWithoutLengthAscii(0, speaker.text());
    buffer.putLong(CURRENT_EPOCH, currentEpoch, BIG_ENDIAN);
    buffer.putLong(CONFIG_EPOCH, configEpoch, BIG_ENDIAN);
    buffer.putLong(SLOTS, slots, BIG_ENDIAN);
    buffer.putLong(OFFSET, replicationOffset, BIG_ENDIAN);
    return payload;
  }

  /** Differs for different sets but for one chance in 2^64; part of what goes over the wire. */
  static long digest(SlotSet slots) {
    long digest = MIX;
    for (int first = slots.next(0); first >= 0; ) {
      int end = slots.nextAbsent(first);
      digest = (digest ^ ((long) first << Short.SIZE | (end & 0xFFFF))) * MIX;
      digest ^= digest >>> Integer.SIZE;
      first = end < 0 ? -1 : slots.next(end);
    }
    return digest;
  }
}
