package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames written by redis-server 7.0.15 and valkey-server 8.0.1. */
class CapturedFramesTest {
  static List<String> names() {
    return CapturedFrames.names();
  }

  static List<String> fullNames() {
    return CapturedFrames.table("Headers").stream().map(List::getFirst).toList();
  }

  static List<String> lightNames() {
    return CapturedFrames.table("Light frames").stream().map(List::getFirst).toList();
  }

  @Test
  void allThirtyAreThere() {
    assertThat(names()).hasSize(30).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void reencodingGivesTheVeryBytes(String name) {
    byte[] bytes = CapturedFrames.bytes(name);
    assertThat(new Reencoding().of(decode(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("fullNames")
  void headersSayWhatTheTableSays(String name) {
    BusFrame frame = decode(CapturedFrames.bytes(name));
    FrameHeader header = frame.header();
    SlotSet slots = new SlotSet();
    header.slotsTo(slots);
    NodeId primary = header.primary();
    List<String> told =
        List.of(
            name,
            "" + frame.length(),
            frame.type().code() + " " + tableName(frame.type()),
            "" + header.port(),
            "" + header.busPort(),
            "" + (frame.type().isPingLike() ? frame.gossipCount() : 0),
            "" + header.currentEpoch(),
            "" + header.configEpoch(),
            "" + header.replicationOffset(),
            header.sender().brief(),
            primary == null ? "-" : primary.brief(),
            slots.isEmpty() ? "(none)" : slots.toString(),
            "" + (frame.type().isPingLike() ? frame.extensionCount() : 0),
            "0x%04x".formatted(header.nodeFlags()),
            header.isClusterDown() ? "1" : "0",
            "" + header.messageFlags());
    assertThat(List.of(told)).isEqualTo(CapturedFrames.rows("Headers", name));
    assertThat(header.announcedAddress()).isEmpty();
    assertThat(header.secondaryPort()).isZero();
    assertThat(header.claimsExactly(slots)).isTrue();
    assertThat(header.claimsAny()).isEqualTo(!slots.isEmpty());
    assertThat(header.isFrom(header.sender())).isTrue();
    assertThat(frame).asString().contains(frame.type().toString(), header.sender().brief());
  }

  @ParameterizedTest
  @MethodSource("fullNames")
  void gossipSaysWhatTheTableSays(String name) {
    BusFrame frame = decode(CapturedFrames.bytes(name));
    List<List<String>> told = new ArrayList<>();
    for (int i = 0; frame.type().isPingLike() && i < frame.gossipCount(); i++) {
      GossipEntry entry = frame.gossip(i);
      told.add(
          List.of(
              name,
              "" + i,
              entry.node().brief(),
              entry.address(),
              "" + entry.port(),
              "" + entry.busPort(),
              "0x%04x".formatted(entry.flags()),
              "" + entry.pingSentS(),
              "" + entry.pongReceivedS()));
    }
    assertThat(told).isEqualTo(CapturedFrames.rows("Gossip entries", name));
    assertThat(!frame.type().isPingLike() || frame.gossipNamesAreValid()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("fullNames")
  void extensionsSayWhatTheTableSays(String name) {
    BusFrame frame = decode(CapturedFrames.bytes(name));
    List<List<String>> told = new ArrayList<>();
    PingExtension extension = frame.type().isPingLike() ? frame.firstExtension() : null;
    for (; extension != null; extension = frame.nextExtension()) {
      String value =
          switch (extension.type()) {
            case PingExtension.FORGOTTEN_NODE ->
                extension.forgottenNode() + " ttl " + extension.forgottenForS();
            case PingExtension.SHARD_ID -> extension.shardId();
            default -> "" + extension.text();
          };
      told.add(
          List.of(
              name, "" + told.size(), "" + extension.type(), "" + extension.recordLength(), value));
    }
    assertThat(told).isEqualTo(CapturedFrames.rows("Ping extensions (in wire order)", name));
  }

  @ParameterizedTest
  @MethodSource("fullNames")
  void otherBodiesSayWhatTheTableSays(String name) {
    BusFrame frame = decode(CapturedFrames.bytes(name));
    String told =
        switch (frame.type()) {
          case FAIL -> "failing node " + frame.failedNode();
          case PUBLISH, PUBLISHSHARD -> {
            PublishBody body = frame.publish();
            yield "channel %s (%d), message %s (%d)"
                .formatted(
                    new String(body.channel(), UTF_8),
                    body.channelLength(),
                    new String(body.message(), UTF_8),
                    body.messageLength());
          }
          case UPDATE -> {
            SlotSet slots = new SlotSet();
            frame.update().slotsTo(slots);
            assertThat(frame.update().claims(5460)).isTrue();
            assertThat(frame.update().claims(5461)).isFalse();
            yield "epoch %d, node %s, slots %s"
                .formatted(frame.update().configEpoch(), frame.update().node(), slots);
          }
          default -> "";
        };
    List<List<String>> rows = CapturedFrames.rows("Other bodies", name);
    assertThat(told).isEqualTo(rows.isEmpty() ? "" : rows.getFirst().get(1));
  }

  @ParameterizedTest
  @MethodSource("lightNames")
  void lightFramesSayWhatTheTableSays(String name) {
    BusFrame frame = decode(CapturedFrames.bytes(name));
    assertThat(frame.isLight()).isTrue();
    PublishBody body = frame.publish();
    List<String> told =
        List.of(
            name,
            "" + frame.length(),
            "0x%04x".formatted(frame.type().code() | MessageType.LIGHT_BIT),
            new String(body.channel(), UTF_8),
            new String(body.message(), UTF_8));
    assertThat(List.of(told)).isEqualTo(CapturedFrames.rows("Light frames", name));
  }

  /** A prefix is not taken for the frame, neither as it is nor with its length field set right. */
  @ParameterizedTest
  @MethodSource("names")
  void everyTruncationIsSeen(String name) {
    byte[] bytes = CapturedFrames.bytes(name);
    BusFrame frame = new BusFrame();
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThat(frame.wrap(new UnsafeBuffer(truncated), 0, length)).isNotNull();
      int told = BusFrame.frameLength(new UnsafeBuffer(truncated), 0, length, 1 << 20);
      assertThat(told).isEqualTo(length < BusFrame.PREFIX_LENGTH ? 0 : bytes.length);
      if (length >= 8) {
        UnsafeBuffer relabelled = new UnsafeBuffer(truncated);
        relabelled.putInt(4, length, BIG_ENDIAN);
        assertThat(frame.wrap(relabelled, 0, length)).isNotNull();
      }
    }
  }

  private static String tableName(MessageType type) {
    return switch (type) {
      case AUTH_REQUEST -> "AUTH_REQ";
      default -> type.name();
    };
  }

  private static BusFrame decode(byte[] bytes) {
    // With foreign bytes around it: a frame stands in the middle of a stream.
    byte[] stream = new byte[bytes.length + 10];
    Arrays.fill(stream, (byte) 0x5A);
    System.arraycopy(bytes, 0, stream, 5, bytes.length);
    UnsafeBuffer buffer = new UnsafeBuffer(stream);
    int length = BusFrame.frameLength(buffer, 5, bytes.length, 1 << 20);
    assertThat(length).isEqualTo(bytes.length);
    BusFrame frame = new BusFrame();
    assertThat(frame.wrap(buffer, 5, length)).isNull();
    return frame;
  }
}
