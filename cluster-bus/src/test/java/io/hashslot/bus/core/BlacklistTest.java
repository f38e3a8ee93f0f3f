package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.Forget;
import io.hashslot.bus.core.ClusterRequest.Reset;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.bus.wire.PingExtension;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** For how long somebody who was forgotten stays out, and how others hear of it. */
class BlacklistTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId OTHER = TestCore.id('b');
  private static final NodeId GONE = TestCore.id('c');
  private static final NodeId MINE = TestCore.id('d');

  /** I am a replica of d; b and c are primaries without slots. */
  private final TestCore test =
      new TestCore(
          2,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, MINE, new SlotSet(), 0),
          TestCore.node(MINE, NodeFlags.PRIMARY, null, SlotSet.range(0, 99), 1),
          TestCore.node(OTHER, NodeFlags.PRIMARY, null, new SlotSet(), 2),
          TestCore.node(GONE, NodeFlags.PRIMARY, null, new SlotSet(), 0));

  private boolean known(NodeId id) {
    return test.core.view().node(id.text()) != null;
  }

  private void gossipOf(NodeId id, int flags) {
    test.receive(
        MessageType.PING,
        OTHER,
        null,
        frame -> frame.gossip(id, 0, 0, "127.0.0.9", 1, 2, 0, flags));
  }

  @Test
  void asLongAsTheDirectiveSays() {
    test.configure(TestCore.config(1, 7, 5_000));
    assertThat(test.ask(new Forget(GONE.text()))).isEqualTo(Answer.OK);
    test.nowMs += 6_999;
    gossipOf(GONE, NodeFlags.PRIMARY);
    assertThat(known(GONE)).isFalse();
    assertThat(test.ask(new Forget(GONE.text()))).as("it is known to be gone").isEqualTo(Answer.OK);
    test.nowMs += 1;
    assertThat(test.ask(new Forget(GONE.text()))).isEqualTo(Answer.error("Unknown node " + GONE));
    gossipOf(GONE, NodeFlags.PRIMARY);
    assertThat(known(GONE)).isTrue();
  }

  @Test
  void aResetForgetsWhoWasForgotten() {
    test.ask(new Forget(GONE.text()));
    assertThat(test.ask(new Reset(false))).isEqualTo(Answer.OK);
    assertThat(test.ask(new Forget(GONE.text()))).isEqualTo(Answer.error("Unknown node " + GONE));
  }

  @Test
  void everyGreetingTellsOfIt() {
    test.ask(new Forget(GONE.text()));
    test.nowMs += 10_000;
    test.receive(
        MessageType.PING, OTHER, null, frame -> frame.messageFlags(MessageFlags.EXTENSION_DATA));
    BusFrame pong = test.sent(MessageType.PONG);
    assertThat(pong).isNotNull();
    long forS = -1;
    for (PingExtension each = pong.firstExtension(); each != null; each = pong.nextExtension()) {
      if (each.type() != PingExtension.FORGOTTEN_NODE) continue;
      assertThat(each.forgottenNode()).isEqualTo(GONE);
      forS = each.forgottenForS();
    }
    assertThat(forS).isEqualTo(50);
  }

  private void isToldToForget(NodeId id) {
    test.receive(
        MessageType.PING,
        OTHER,
        null,
        frame -> frame.messageFlags(MessageFlags.EXTENSION_DATA).forgottenNode(id, 20));
  }

  @Test
  void whoIsToldForgetsToo() {
    isToldToForget(GONE);
    assertThat(known(GONE)).isFalse();
    test.nowMs += 19_999;
    gossipOf(GONE, NodeFlags.PRIMARY);
    assertThat(known(GONE)).isFalse();
    test.nowMs += 1;
    gossipOf(GONE, NodeFlags.PRIMARY);
    assertThat(known(GONE)).isTrue();
  }

  @Test
  void butNotItselfAndNotItsPrimary() {
    isToldToForget(ME);
    isToldToForget(MINE);
    assertThat(known(ME)).isTrue();
    assertThat(known(MINE)).isTrue();
    assertThat(test.core.view().self().primary()).isEqualTo(MINE);
  }

  @Test
  void whoHasNoAddressOrIsNotKnownYetIsNotTakenFromGossip() {
    gossipOf(TestCore.id('e'), NodeFlags.PRIMARY | NodeFlags.NOADDR);
    gossipOf(TestCore.id('f'), NodeFlags.HANDSHAKE);
    assertThat(known(TestCore.id('e'))).isFalse();
    assertThat(known(TestCore.id('f'))).isFalse();
  }
}
