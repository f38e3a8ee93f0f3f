package io.hashslot.bus.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Who says anything lives: pings of mine to {@code b} and {@code c} have been out from the start,
 * neither answers, and {@code b} says something else. And what messages without header need.
 */
class SignsOfLifeTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId B = TestCore.id('b');
  private static final NodeId C = TestCore.id('c');
  private static final long NODE_TIMEOUT_MS = 15_000;

  private final TestCore test =
      new TestCore(
          3,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.range(0, 5_000), 1),
          TestCore.node(B, NodeFlags.PRIMARY, null, SlotSet.range(5_001, 10_000), 2),
          TestCore.node(C, NodeFlags.PRIMARY, null, SlotSet.range(10_001, 16_383), 3));

  private int link = test.core.accept("127.0.0.1", "127.0.0.2", test.at());

  private void sends(MessageType type) {
    test.receive(
        link, type, B, null, frame -> type == MessageType.PUBLISH ? message(frame) : frame);
  }

  private static FrameEncoder message(FrameEncoder frame) {
    return frame.publish(text("channel"), text("message"));
  }

  private static UnsafeBuffer text(String text) {
    return new UnsafeBuffer(text.getBytes(US_ASCII));
  }

  private void sendsLightly() {
    test.out.clear();
    var buffer = new ExpandableArrayBuffer();
    int length =
        new FrameEncoder()
            .lightPublish(buffer, 0, MessageType.PUBLISH, text("channel"), text("message"));
    test.core.onFrame(link, buffer, 0, length, test.at(), test.out);
  }

  private boolean suspected(NodeId id) {
    NodeView node = test.core.view().node(id.text());
    assertThat(node).isNotNull();
    return node.suspected();
  }

  private void passes(long ms) {
    for (long left = ms; left > 0; left -= 100) test.tick(100);
  }

  @Test
  void anyFrameTellsThatItsSenderLives() {
    passes(NODE_TIMEOUT_MS - 1_000);
    sends(MessageType.PUBLISH);
    assertThat(test.effect(Effect.Deliver.class)).isNotNull();
    passes(2_000);
    assertThat(suspected(C)).isTrue();
    assertThat(suspected(B)).isFalse();
  }

  @Test
  void soDoesAFrameWithoutHeader() {
    sends(MessageType.PONG);
    passes(NODE_TIMEOUT_MS - 1_000);
    sendsLightly();
    assertThat(test.effect(Effect.Deliver.class)).isNotNull();
    passes(2_000);
    assertThat(suspected(C)).isTrue();
    assertThat(suspected(B)).isFalse();
  }

  @Test
  void aFrameWithoutHeaderComesFromNobodyIfItIsTheFirst() {
    sendsLightly();
    assertThat(test.effect(Effect.Deliver.class)).isNull();
    assertThat(test.effect(Effect.CloseLink.class)).isNotNull();
  }

  @Test
  void theNewerOfTwoConnectionsOfANodeStays() {
    sends(MessageType.PONG);
    int older = link;
    link = test.core.accept("127.0.0.1", "127.0.0.2", test.at());
    sends(MessageType.PONG);
    assertThat(test.effect(Effect.CloseLink.class)).isEqualTo(new Effect.CloseLink(older));
  }

  private boolean sentLightly() {
    test.out.clear();
    var news = new ClusterRequest.Broadcast(new byte[] {'n'}, new byte[] {'m'}, false);
    test.core.onRequest(1, news, test.at(), test.out);
    return test.out.list().stream().anyMatch(SignsOfLifeTest::isLight);
  }

  private static boolean isLight(Effect effect) {
    if (!(effect instanceof Effect.Send send)) return false;
    var frame = new BusFrame();
    assertThat(frame.wrap(send.frame(), 0, send.frame().capacity())).isNull();
    return frame.isLight();
  }

  @Test
  void framesWithoutHeaderGoToThoseWhoSayThatTheyTakeThem() {
    assertThat(sentLightly()).isFalse();
    int takes = NodeFlags.PRIMARY | NodeFlags.MYSELF | NodeFlags.LIGHT_HEADER;
    test.receive(link, MessageType.PONG, B, null, frame -> frame.nodeFlags(takes));
    assertThat(sentLightly()).isTrue();
    sends(MessageType.PONG);
    assertThat(sentLightly()).as("it was replaced by one that does not").isFalse();
  }

  @Test
  void whoMustNotFailOverSaysSoWithEveryGreeting() {
    NodeId replica = TestCore.id('d');
    var shard =
        new TestCore(
            1,
            0,
            TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.of(1), 1),
            TestCore.node(replica, NodeFlags.REPLICA, ME, new SlotSet(), 0));
    int must = NodeFlags.REPLICA | NodeFlags.MYSELF;
    shard.receive(
        MessageType.PONG, replica, ME, frame -> frame.nodeFlags(must | NodeFlags.NOFAILOVER));
    shard.tick(100);
    assertThat(ClusterTexts.nodes(shard.core.view(), ClusterTexts.Audience.PLAIN))
        .contains(" slave,nofailover ");
    shard.receive(MessageType.PONG, replica, ME, frame -> frame.nodeFlags(must));
    shard.tick(100);
    assertThat(ClusterTexts.nodes(shard.core.view(), ClusterTexts.Audience.PLAIN))
        .doesNotContain("nofailover");
  }
}
