package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.bus.wire.PingExtension;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where I am, and where my primary is: what frames tell of both. */
class AddressesTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId PRIMARY = TestCore.id('b');
  private static final NodeId THIRD = TestCore.id('c');
  private static final NodeId STRANGER = TestCore.id('d');
  private static final SlotSet SLOTS = SlotSet.range(0, 8_191);

  private static TestCore core(int flagsOfPrimary) {
    return new TestCore(
        2,
        0,
        TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, PRIMARY, new SlotSet(), 0),
        TestCore.node(PRIMARY, NodeFlags.PRIMARY | flagsOfPrimary, null, SLOTS, 1),
        TestCore.node(THIRD, NodeFlags.PRIMARY, null, SlotSet.range(8_192, 16_383), 2));
  }

  private final TestCore test = core(0);

  private String me() {
    return test.core.view().self().ip();
  }

  /** Somebody connects to an address of mine and greets. */
  private void greets(MessageType type, NodeId who, String atMyAddress) {
    int link = test.core.accept(atMyAddress, "10.0.0.2", test.at());
    test.receive(link, type, who, null, frame -> frame.announcedAddress("10.0.0.2"));
  }

  @Test
  void whoIsMetIsWhereTheOtherHasFoundIt() {
    greets(MessageType.PING, THIRD, "10.0.0.1");
    assertThat(me()).as("it is known already").isEqualTo("127.0.0.1");
    greets(MessageType.MEET, STRANGER, "10.0.0.1");
    assertThat(me()).isEqualTo("10.0.0.1");
  }

  @Test
  void whoSaysWhereItIsStaysThere() {
    ClusterConfig config = ClusterConfig.defaults(7000);
    test.configure(
        config.withAnnounce(
            new ClusterConfig.Announced("10.9.9.9", 7000, 0, 17_000, "", "", "", "")));
    greets(MessageType.MEET, STRANGER, "10.0.0.1");
    assertThat(me()).isEqualTo("10.9.9.9");
    test.configure(config);
    assertThat(me()).isEmpty();
    greets(MessageType.PING, THIRD, "10.0.0.1");
    assertThat(me()).isEqualTo("10.0.0.1");
  }

  @Test
  void aPrimaryThatHasMovedIsFollowed() {
    test.receive(
        MessageType.PONG, PRIMARY, null, frame -> frame.slots(SLOTS).announcedAddress("10.0.0.7"));
    assertThat(test.effect(Effect.Follow.class)).as("only a PING tells").isNull();
    test.receive(
        MessageType.PING, PRIMARY, null, frame -> frame.slots(SLOTS).announcedAddress("10.0.0.7"));
    Effect.Follow follow = test.effect(Effect.Follow.class);
    assertThat(follow).isNotNull();
    assertThat(follow.ip()).isEqualTo("10.0.0.7");
    assertThat(follow.partialAllowed()).as("it is the same data").isTrue();
    assertThat(test.effect(Effect.CloseLink.class)).as("to its old address").isNotNull();
  }

  @Test
  void aSuspectedPrimaryIsFollowedToWhereOthersSeeIt() {
    TestCore suspicious = core(NodeFlags.PFAIL);
    suspicious.receive(
        MessageType.PING,
        THIRD,
        null,
        frame -> frame.gossip(PRIMARY, 0, 0, "10.0.0.8", 1, 2, 0, NodeFlags.PRIMARY));
    Effect.Follow follow = suspicious.effect(Effect.Follow.class);
    assertThat(follow).isNotNull();
    assertThat(follow.ip()).isEqualTo("10.0.0.8");
  }

  /** Newer Redis has a secret in its place, which nobody must be told. */
  @Test
  void anAddressForClientsIsTakenOnlyIfItIsOne() {
    assertThat(toldToClients("s3cret-s3cret-s3cret-s3cret-s3cret-s3cr")).isEmpty();
    assertThat(toldToClients("2001:db8::1")).as("the other kind has its own place").isEmpty();
    assertThat(toldToClients("10.1.2.3")).isEqualTo("10.1.2.3");
  }

  private String toldToClients(String text) {
    test.receive(
        MessageType.PONG,
        THIRD,
        null,
        frame -> frame.messageFlags(MessageFlags.EXTENSION_DATA).clientIpv4(text));
    test.tick(100);
    NodeView third = test.core.view().node(THIRD.text());
    assertThat(third).isNotNull();
    return third.clientIpv4();
  }

  @Test
  void whatIAmCalledIsToldToWhoUnderstandsIt() {
    ClusterConfig config = ClusterConfig.defaults(7000);
    test.configure(
        config.withAnnounce(
            new ClusterConfig.Announced(
                "10.9.9.9", 7000, 0, 17_000, "h.example", "name", "10.1.2.3", "2001:db8::1")));
    test.receive(MessageType.PING, THIRD, null, frame -> frame.slots(SLOTS));
    BusFrame plain = test.sent(MessageType.PONG);
    assertThat(plain).isNotNull();
    assertThat(plain.firstExtension()).as("it has not said that it does").isNull();
    assertThat(plain.header().hasMessageFlags(MessageFlags.EXTENSION_DATA)).isTrue();
    assertThat(plain.header().announcedAddress()).isEqualTo("10.9.9.9");
    test.receive(
        MessageType.PING, THIRD, null, frame -> frame.messageFlags(MessageFlags.EXTENSION_DATA));
    BusFrame full = test.sent(MessageType.PONG);
    assertThat(full).isNotNull();
    Map<Integer, String> told = new HashMap<>();
    for (PingExtension each = full.firstExtension(); each != null; each = full.nextExtension()) {
      if (each.type() != PingExtension.SHARD_ID) told.put(each.type(), each.text());
    }
    assertThat(told)
        .isEqualTo(
            Map.of(
                PingExtension.HOSTNAME, "h.example",
                PingExtension.HUMAN_NODENAME, "name",
                PingExtension.CLIENT_IPV4, "10.1.2.3",
                PingExtension.CLIENT_IPV6, "2001:db8::1"));
  }
}
