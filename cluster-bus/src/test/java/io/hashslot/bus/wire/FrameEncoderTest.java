package io.hashslot.bus.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the captured frames do not show. */
class FrameEncoderTest {
  private static final NodeId ME = NodeId.random(new SplittableRandom(1));
  private static final NodeId OTHER = NodeId.random(new SplittableRandom(2));

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final FrameEncoder encoder = new FrameEncoder();

  @Test
  void moduleFramesAreCarriedThrough() {
    UnsafeBuffer payload = new UnsafeBuffer("payload".getBytes(UTF_8));
    int length =
        encoder.begin(buffer, 0, MessageType.MODULE).sender(ME).module(77, 200, payload).finish();
    BusFrame frame = decode(length);
    assertThat(length).isEqualTo(2269 + 7);
    assertThat(frame.module().moduleId()).isEqualTo(77);
    assertThat(frame.module().moduleType()).isEqualTo(200);
    assertThat(frame.module().payload()).isEqualTo("payload".getBytes(UTF_8));
  }

  @Test
  void modulesOfOursTalkInLightFrames() {
    UnsafeBuffer payload = new UnsafeBuffer("payload".getBytes(UTF_8));
    int length = encoder.lightModule(buffer, 0, 0x0102030405060708L, 200, payload);
    byte[] written = new byte[length];
    buffer.getBytes(0, written);
    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(
            "52436d62"
                + "00000024"
                + "0001"
                + "0000"
                + "8009"
                + "0000"
                + "0102030405060708"
                + "00000007"
                + "c8"
                + "7061796c6f6164");
    BusFrame frame = decode(length);
    assertThat(frame.isLight()).isTrue();
    assertThat(frame.module().payload()).isEqualTo("payload".getBytes(UTF_8));
    assertThat(new Reencoding().of(frame)).isEqualTo(written);
  }

  @Test
  void aFullPingHasAllFieldsInTheirPlaces() {
    int length =
        encoder
            .begin(buffer, 0, MessageType.PING)
            .sender(ME)
            .primary(OTHER)
            .announcedAddress("2001:db8::1")
            .secondaryPort(6380)
            .port(65535)
            .messageFlags(MessageFlags.EXTENSION_DATA)
            .gossip(OTHER, 4_000_000_000L, 1, "10.0.0.1", 6379, 16379, 6380, 0xFFFF)
            .clientIpv6("2001:db8::2")
            .forgottenNode(OTHER, 60)
            .finish();
    BusFrame frame = decode(length);
    assertThat(frame.header().primary()).isEqualTo(OTHER);
    assertThat(frame.header().announcedAddress()).isEqualTo("2001:db8::1");
    assertThat(frame.header().port()).isEqualTo(65535);
    assertThat(frame.header().secondaryPort()).isEqualTo(6380);
    assertThat(frame.gossip(0).pingSentS()).isEqualTo(4_000_000_000L);
    assertThat(frame.gossip(0).flags()).isEqualTo(0xFFFF);
    assertThat(frame.gossip(0).secondaryPort()).isEqualTo(6380);
    assertThat(frame.firstExtension()).isNotNull().returns("2001:db8::2", PingExtension::text);
    assertThat(frame.nextExtension()).isNotNull().returns(60L, PingExtension::forgottenForS);
  }

  /** Sizes seen on the wire: 21 characters take 32 bytes, 4 take 16, 8 take 24. */
  @Test
  void extensionsArePaddedWithAtLeastOneZero() {
    assertThat(pingWithHostname("host-zero.example.com")).isEqualTo(2256 + 32);
    assertThat(pingWithHostname("zero")).isEqualTo(2256 + 16);
    assertThat(pingWithHostname("10.1.2.3")).isEqualTo(2256 + 24);
  }

  @Test
  void aReusedBufferLeavesNoTraces() {
    buffer.setMemory(0, 5000, (byte) 0x5A);
    int length = encoder.begin(buffer, 0, MessageType.MFSTART).sender(ME).finish();
    BusFrame frame = decode(length);
    assertThat(frame.header().primary()).isNull();
    assertThat(frame.header().announcedAddress()).isEmpty();
    assertThat(frame.header().claimsAny()).isFalse();
    assertThat(buffer.getByte(2230)).isZero();
  }

  @Test
  void whatCannotBeSentIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.begin(buffer, 0, MessageType.UNKNOWN));
    assertThatThrownBy(encoder::finish).isInstanceOf(IllegalStateException.class);
    encoder.begin(buffer, 0, MessageType.PING);
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.announcedAddress("x".repeat(46)));
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.shardId("short"));
    encoder.hostname("h");
    assertThatThrownBy(() -> encoder.gossip(OTHER, 0, 0, "", 0, 0, 0, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                encoder.lightPublish(
                    buffer, 0, MessageType.PING, new UnsafeBuffer(0, 0), new UnsafeBuffer(0, 0)));
  }

  @Test
  void flagsHaveTheNamesOfClusterNodes() {
    assertThat(NodeFlags.text(NodeFlags.MYSELF | NodeFlags.PRIMARY)).isEqualTo("myself,master");
    assertThat(NodeFlags.text(NodeFlags.LIGHT_HEADER)).isEqualTo("noflags");
    int flags = NodeFlags.REPLICA | NodeFlags.PFAIL | NodeFlags.FAIL | NodeFlags.NOFAILOVER;
    assertThat(NodeFlags.text(flags)).isEqualTo("slave,fail?,fail,nofailover");
    assertThat(NodeFlags.parse("slave,fail?,fail,nofailover")).isEqualTo(flags);
    assertThat(NodeFlags.parse("noflags")).isZero();
    assertThat(NodeFlags.parse("noaddr,handshake"))
        .isEqualTo(NodeFlags.NOADDR | NodeFlags.HANDSHAKE);
    assertThatIllegalArgumentException().isThrownBy(() -> NodeFlags.parse("master,"));
  }

  @Test
  void idsAreRandomHexadecimalAndOrderedByBytes() {
    NodeId id = NodeId.random(new SplittableRandom(3));
    assertThat(id.text()).matches("[0-9a-f]{40}");
    assertThat(new NodeId("0".repeat(40))).isLessThan(new NodeId("a".repeat(40)));
    assertThat(NodeId.isValid("A".repeat(40))).isFalse();
    assertThat(NodeId.isValid("a".repeat(39))).isFalse();
  }

  private int pingWithHostname(String hostname) {
    return encoder
        .begin(buffer, 0, MessageType.PING)
        .sender(ME)
        .messageFlags(MessageFlags.EXTENSION_DATA)
        .hostname(hostname)
        .finish();
  }

  private BusFrame decode(int length) {
    assertThat(BusFrame.frameLength(buffer, 0, length, 1 << 20)).isEqualTo(length);
    BusFrame frame = new BusFrame();
    assertThat(frame.wrap(buffer, 0, length)).isNull();
    return frame;
  }
}
