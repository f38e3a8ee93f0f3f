package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes no honest node sends. Bounds checks are on in tests, so an overread is an exception. */
class HostileFramesTest {
  private static final String PING = "redis7015-03-ping-gossip2-hostname-ext";
  private static final String PONG = "valkey801-16-pong-forgotten-node-ext";
  private static final int EXTENSIONS = FrameHeader.LENGTH + GossipEntry.LENGTH;

  static List<String> names() {
    return CapturedFrames.names();
  }

  /** Whatever a mutation does, reading what the check lets through neither throws nor overreads. */
  @ParameterizedTest
  @MethodSource("names")
  void mutatedFramesAreRefusedOrReadable(String name) {
    mutatedAreRefusedOrReadable(CapturedFrames.bytes(name));
  }

  @Test
  void mutatedLightModuleFramesAreRefusedOrReadable() {
    mutatedAreRefusedOrReadable(lightModule());
  }

  private static void mutatedAreRefusedOrReadable(byte[] original) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = Arrays.copyOf(original, length(original.length, random));
      mutate(bytes, random);
      if (random.nextBoolean() && bytes.length >= 8) {
        new UnsafeBuffer(bytes).putInt(4, bytes.length, BIG_ENDIAN);
      }
      try {
        BusFrame frame = new BusFrame();
        if (frame.wrap(new UnsafeBuffer(bytes), 0, bytes.length) == null) {
          readAll(frame);
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }

  private static int length(int original, SplittableRandom random) {
    return random.nextInt(4) > 0 ? original : Math.max(0, original + random.nextInt(-300, 300));
  }

  /** Mostly the interesting fields: lengths, counts, types and what follows the header. */
  private static void mutate(byte[] bytes, SplittableRandom random) {
    for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 0; i--) {
      int at =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(Math.min(16, bytes.length));
            case 1 -> random.nextInt(bytes.length) / 8;
            case 2 -> Math.max(0, bytes.length - 1 - random.nextInt(400));
            default -> random.nextInt(bytes.length);
          };
      at = random.nextInt(8) == 0 ? FrameHeader.EXTENSION_COUNT + 1 : at;
      if (at < bytes.length) {
        bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) random.nextInt(12);
      }
    }
  }

  private static void readAll(BusFrame frame) {
    if (frame.type().isPingLike() && !frame.gossipNamesAreValid()) {
      return;
    }
    if (frame.type() == MessageType.UNKNOWN) {
      assertThat(frame.toString()).contains("UNKNOWN");
      return;
    }
    PingExtension extension = frame.type().isPingLike() ? frame.firstExtension() : null;
    for (; extension != null; extension = frame.nextExtension()) {
      if (extension.type() <= PingExtension.CLIENT_IPV6 && extension.text() == null) {
        return;
      }
    }
    assertThat(new Reencoding().of(frame).length).isLessThanOrEqualTo(frame.length());
  }

  @Test
  void aStreamThatIsNoBusIsSeenAtTheFourthByte() {
    UnsafeBuffer http = new UnsafeBuffer("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
    assertThat(BusFrame.frameLength(http, 0, 3, 1 << 20)).isZero();
    int told = BusFrame.frameLength(http, 0, 4, 1 << 20);
    assertThat(BusFrame.framingFault(told)).isEqualTo(FrameFault.BAD_SIGNATURE);
  }

  @Test
  void lengthsThatCannotBeFollowedCloseTheLink() {
    UnsafeBuffer frame = captured(PING);
    frame.putInt(4, 100, BIG_ENDIAN);
    assertThat(framingFault(frame)).isEqualTo(FrameFault.TOO_SHORT);
    frame.putInt(4, -1, BIG_ENDIAN);
    assertThat(framingFault(frame)).isEqualTo(FrameFault.TOO_LONG);
    UnsafeBuffer light = captured("valkey801-08-light-publish");
    light.putInt(4, 15, BIG_ENDIAN);
    assertThat(framingFault(light)).isEqualTo(FrameFault.TOO_SHORT);
    for (FrameFault fault : FrameFault.values()) {
      boolean closes = fault.name().startsWith("TOO") || fault == FrameFault.BAD_SIGNATURE;
      assertThat(fault.closesLink()).isEqualTo(closes);
      assertThat(fault.reason()).isNotEmpty();
    }
  }

  @Test
  void anotherVersionIsRefused() {
    UnsafeBuffer frame = captured(PING);
    frame.putShort(8, (short) 2, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.WRONG_VERSION);
  }

  @Test
  void strayBytesAreRefused() {
    byte[] longer = Arrays.copyOf(CapturedFrames.bytes(PING), 2496 + 8);
    UnsafeBuffer frame = new UnsafeBuffer(longer);
    frame.putInt(4, longer.length, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.WRONG_LENGTH);
  }

  @Test
  void countsBeyondTheFrameAreRefused() {
    UnsafeBuffer frame = captured(PING);
    frame.putShort(FrameHeader.GOSSIP_COUNT, (short) 0xFFFF, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.WRONG_LENGTH);
    frame = captured(PING);
    frame.putShort(FrameHeader.EXTENSION_COUNT, (short) 2, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.EXTENSION_LENGTH);
  }

  @Test
  void extensionsOfImpossibleLengthAreRefused() {
    for (int length : new int[] {0, 7, 20, 64, 0x10008, -8}) {
      UnsafeBuffer frame = captured(PONG);
      frame.putInt(EXTENSIONS, length, BIG_ENDIAN);
      assertThat(check(frame)).as("length %d", length).isEqualTo(FrameFault.EXTENSION_LENGTH);
    }
  }

  /** 8 + 40 bytes are enough for a shard but not for a forgotten node, and so on. */
  @Test
  void extensionsShorterThanTheirFieldsAreRefused() {
    UnsafeBuffer frame = captured("valkey801-02-pong-shardid-ext");
    frame.putShort(FrameHeader.LENGTH + 4, (short) PingExtension.FORGOTTEN_NODE, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.EXTENSION_LENGTH);
    frame = captured("redis7015-01-meet-hostname-ext");
    frame.putShort(FrameHeader.LENGTH + 4, (short) PingExtension.SHARD_ID, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.EXTENSION_LENGTH);
  }

  @Test
  void unknownExtensionsAreSkippedOver() {
    UnsafeBuffer buffer = captured(PONG);
    buffer.putShort(EXTENSIONS + 4, (short) 99, BIG_ENDIAN);
    BusFrame frame = new BusFrame();
    assertThat(frame.wrap(buffer, 0, buffer.capacity())).isNull();
    assertThat(frame.firstExtension()).isNotNull().returns(99, PingExtension::type);
    assertThat(frame.nextExtension()).isNotNull().returns(3, PingExtension::type);
    assertThat(frame.nextExtension()).isNull();
  }

  @Test
  void extensionsWithoutTheFlagAreNotLookedAt() {
    UnsafeBuffer frame = captured(PONG);
    frame.putByte(FrameHeader.MESSAGE_FLAGS, (byte) 0);
    assertThat(check(frame)).isEqualTo(FrameFault.WRONG_LENGTH);
  }

  @Test
  void namesThatAreNoIdsAreRefused() {
    UnsafeBuffer frame = captured(PING);
    frame.putByte(FrameHeader.SENDER + 39, (byte) ' ');
    assertThat(check(frame)).isEqualTo(FrameFault.NODE_ID);
    frame = captured(PING);
    frame.putByte(FrameHeader.PRIMARY + 39, (byte) 'a');
    assertThat(check(frame)).isEqualTo(FrameFault.NODE_ID);
    frame = captured("redis7015-06-fail");
    frame.putByte(FrameHeader.LENGTH, (byte) 'A');
    assertThat(check(frame)).isEqualTo(FrameFault.NODE_ID);
  }

  /** An id in gossip costs only the gossip. */
  @Test
  void aBadNameInGossipIsLeftToTheReader() {
    UnsafeBuffer buffer = captured(PING);
    buffer.putByte(FrameHeader.LENGTH + 104, (byte) '\n');
    BusFrame frame = new BusFrame();
    assertThat(frame.wrap(buffer, 0, buffer.capacity())).isNull();
    assertThat(frame.gossipNamesAreValid()).isFalse();
  }

  /** Texts of peers are written to nodes.conf: a line feed would begin a record there. */
  @Test
  void textsThatCouldForgeRecordsAreRefused() {
    UnsafeBuffer frame = captured(PING);
    frame.putByte(FrameHeader.ADDRESS, (byte) '\n');
    assertThat(check(frame)).isEqualTo(FrameFault.TEXT);
    frame = captured(PING);
    frame.putByte(FrameHeader.LENGTH + 48, (byte) ',');
    assertThat(check(frame)).isEqualTo(FrameFault.TEXT);
    frame = captured(PING);
    frame.setMemory(FrameHeader.ADDRESS, FrameHeader.ADDRESS_SIZE, (byte) '1');
    assertThat(check(frame)).isEqualTo(FrameFault.TEXT);
    UnsafeBuffer buffer = captured("redis7015-01-meet-hostname-ext");
    buffer.putByte(FrameHeader.LENGTH + 10, (byte) ' ');
    BusFrame hostname = new BusFrame();
    assertThat(hostname.wrap(buffer, 0, buffer.capacity())).isNull();
    assertThat(hostname.firstExtension()).isNotNull().returns(null, PingExtension::text);
  }

  @Test
  void epochsThatCouldNeverBeSurpassedAreRefused() {
    UnsafeBuffer frame = captured(PING);
    frame.putLong(FrameHeader.CURRENT_EPOCH, -1, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.EPOCH);
    frame = captured("redis7015-14-update");
    frame.putLong(FrameHeader.LENGTH, Long.MIN_VALUE, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.EPOCH);
  }

  @Test
  void onlyPublishAndModulesMayHaveTheLightHeader() {
    UnsafeBuffer frame = captured("valkey801-08-light-publish");
    for (int type : new int[] {0, 1, 2, 3, 5, 6, 7, 8, 11}) {
      frame.putShort(12, (short) (0x8000 | type), BIG_ENDIAN);
      assertThat(check(frame)).as("type %d", type).isEqualTo(FrameFault.LIGHT_TYPE);
    }
  }

  @Test
  void lightModuleFramesOfImpossibleLengthAreRefused() {
    for (int payload : new int[] {0, 71, 73, -1, Integer.MIN_VALUE}) {
      UnsafeBuffer frame = new UnsafeBuffer(lightModule());
      frame.putInt(BusFrame.LIGHT_HEADER_LENGTH + 8, payload, BIG_ENDIAN);
      assertThat(check(frame)).as("payload %d", payload).isEqualTo(FrameFault.WRONG_LENGTH);
    }
    byte[] head = Arrays.copyOf(lightModule(), BusFrame.LIGHT_HEADER_LENGTH + 12);
    UnsafeBuffer frame = new UnsafeBuffer(head);
    frame.putInt(4, head.length, BIG_ENDIAN);
    assertThat(check(frame)).isEqualTo(FrameFault.WRONG_LENGTH);
  }

  private static byte[] lightModule() {
    var buffer = new ExpandableArrayBuffer();
    int length = new FrameEncoder().lightModule(buffer, 0, 77, 4, new UnsafeBuffer(new byte[72]));
    return Arrays.copyOf(buffer.byteArray(), length);
  }

  @Test
  void unknownTypesAreSoundAtAnyLength() {
    byte[] longer = Arrays.copyOf(CapturedFrames.bytes(PING), 3001);
    UnsafeBuffer buffer = new UnsafeBuffer(longer);
    buffer.putInt(4, longer.length, BIG_ENDIAN);
    buffer.putShort(12, (short) 11, BIG_ENDIAN);
    BusFrame frame = new BusFrame();
    assertThat(frame.wrap(buffer, 0, longer.length)).isNull();
    assertThat(frame.type()).isEqualTo(MessageType.UNKNOWN);
  }

  private static FrameFault framingFault(UnsafeBuffer frame) {
    return BusFrame.framingFault(BusFrame.frameLength(frame, 0, frame.capacity(), 1 << 20));
  }

  private static FrameFault check(UnsafeBuffer frame) {
    return new BusFrame().wrap(frame, 0, frame.capacity());
  }

  private static UnsafeBuffer captured(String name) {
    return new UnsafeBuffer(CapturedFrames.bytes(name));
  }
}
