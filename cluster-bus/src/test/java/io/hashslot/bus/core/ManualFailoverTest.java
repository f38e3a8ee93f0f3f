package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** For how long both sides of a failover by hand try, and who may ask for one. */
class ManualFailoverTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId OTHER = TestCore.id('b');
  private static final NodeId STRANGER = TestCore.id('c');
  private static final SlotSet SLOTS = SlotSet.range(0, 99);
  private static final long TIMEOUT_MS = 1_200;

  private static TestCore primary() {
    var test =
        new TestCore(
            2,
            0,
            TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SLOTS, 1),
            TestCore.node(OTHER, NodeFlags.REPLICA, ME, new SlotSet(), 1),
            TestCore.node(STRANGER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2));
    test.configure(TestCore.config(1, 60, TIMEOUT_MS));
    return test;
  }

  private static TestCore replica() {
    var test =
        new TestCore(
            2,
            0,
            TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, OTHER, new SlotSet(), 1),
            TestCore.node(OTHER, NodeFlags.PRIMARY, null, SLOTS, 1),
            TestCore.node(STRANGER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2));
    test.configure(TestCore.config(1, 60, TIMEOUT_MS));
    return test;
  }

  private static boolean notes(TestCore test, String text) {
    return test.out.list().stream()
        .anyMatch(effect -> effect instanceof Effect.Note note && note.text().contains(text));
  }

  @Test
  void thePrimaryHoldsWritesBackForTwiceTheTimeoutAtMost() {
    TestCore test = primary();
    test.receive(MessageType.MFSTART, OTHER, ME, frame -> frame);
    Effect.PauseWrites pause = test.effect(Effect.PauseWrites.class);
    assertThat(pause).isNotNull();
    assertThat(pause.untilMonotonicMs()).isEqualTo(test.nowMs + 2 * TIMEOUT_MS);
    test.tick(TIMEOUT_MS - 1);
    assertThat(test.effect(Effect.ResumeWrites.class)).isNull();
    test.tick(1);
    assertThat(test.effect(Effect.ResumeWrites.class)).isNotNull();
  }

  @Test
  void nobodyButAReplicaOfItsOwnMayAskItForThat() {
    TestCore test = primary();
    test.receive(MessageType.MFSTART, STRANGER, null, frame -> frame);
    assertThat(test.effect(Effect.PauseWrites.class)).isNull();
  }

  @Test
  void aReplicaThatIsForgottenHoldsNobodyUpAnyMore() {
    TestCore test = primary();
    test.receive(MessageType.MFSTART, OTHER, ME, frame -> frame);
    assertThat(test.ask(new ClusterRequest.Forget(OTHER.text()))).isEqualTo(Answer.OK);
    assertThat(test.effect(Effect.ResumeWrites.class)).isNotNull();
  }

  @Test
  void theReplicaGivesUpAfterTheTimeout() {
    TestCore test = replica();
    test.answer(OTHER, frame -> frame.configEpoch(1).slots(SLOTS));
    assertThat(test.ask(new Failover(FailoverMode.COOPERATIVE))).isEqualTo(Answer.OK);
    assertThat(test.sent(MessageType.MFSTART)).isNotNull();
    test.tick(TIMEOUT_MS - 1);
    assertThat(notes(test, "manual failover timed out")).isFalse();
    test.tick(1);
    assertThat(notes(test, "manual failover timed out")).isTrue();
    test.receive(
        MessageType.PING,
        OTHER,
        null,
        frame -> frame.configEpoch(1).slots(SLOTS).messageFlags(MessageFlags.PAUSED));
    assertThat(test.sent(MessageType.AUTH_REQUEST)).as("that comes too late").isNull();
  }

  @Test
  void theReplicaAsksForVotesWhenItHasAllThatThePrimaryStoppedAt() {
    TestCore test = replica();
    test.answer(OTHER, frame -> frame.configEpoch(1).slots(SLOTS));
    test.ask(new Failover(FailoverMode.COOPERATIVE));
    test.receive(
        MessageType.PING,
        OTHER,
        null,
        frame -> frame.configEpoch(1).slots(SLOTS).messageFlags(MessageFlags.PAUSED));
    BusFrame request = test.sent(MessageType.AUTH_REQUEST);
    assertThat(request).isNotNull();
    assertThat(request.header().hasMessageFlags(MessageFlags.FORCE_ACK)).isTrue();
  }
}
