package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** I am a voting primary; the primary of the candidate has failed. When do I vote? */
class VoterTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId FAILED = TestCore.id('b');
  private static final NodeId CANDIDATE = TestCore.id('c');
  private static final NodeId SIBLING = TestCore.id('d');
  private static final NodeId THIRD = TestCore.id('e');
  private static final long CURRENT_EPOCH = 10;
  private static final long NODE_TIMEOUT_MS = ClusterConfig.defaults(7000).nodeTimeoutMs();
  private static final SlotSet ITS_SLOTS = SlotSet.range(100, 199);

  private TestCore test = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, NodeFlags.FAIL);

  private static TestCore started(SlotSet mine, long lastVote, int flagsOfFailed) {
    return new TestCore(
        CURRENT_EPOCH,
        lastVote,
        TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, mine, 1),
        TestCore.node(FAILED, NodeFlags.PRIMARY | flagsOfFailed, null, ITS_SLOTS, 2),
        TestCore.node(CANDIDATE, NodeFlags.REPLICA, FAILED, new SlotSet(), 2),
        TestCore.node(SIBLING, NodeFlags.REPLICA, FAILED, new SlotSet(), 2),
        TestCore.node(THIRD, NodeFlags.PRIMARY, null, SlotSet.range(200, 299), 8));
  }

  /** Runs for longer than the lease of anybody whom it may have answered before it started. */
  private static TestCore core(SlotSet mine, long lastVote, int flagsOfFailed) {
    TestCore test = started(mine, lastVote, flagsOfFailed);
    test.nowMs += NODE_TIMEOUT_MS + 1;
    return test;
  }

  /** Whether I vote for who asks; the vote must stand behind the state that remembers it. */
  private boolean votes(NodeId who, long epoch, long claimEpoch, SlotSet claimed, int flags) {
    test.receive(
        MessageType.AUTH_REQUEST,
        who,
        FAILED,
        frame ->
            frame.slots(claimed).currentEpoch(epoch).configEpoch(claimEpoch).messageFlags(flags));
    if (test.sent(MessageType.AUTH_ACK) == null) return false;
    Effect.Persist persist = test.effect(Effect.Persist.class);
    assertThat(persist).as("a vote is remembered").isNotNull();
    assertThat(persist.sync()).isTrue();
    assertThat(persist.state().lastVoteEpoch()).isEqualTo(epoch);
    assertThat(test.position(Effect.Persist.class)).isLessThan(test.position(Effect.Send.class));
    return true;
  }

  private boolean votes(NodeId who, long epoch) {
    return votes(who, epoch, 2, ITS_SLOTS, 0);
  }

  @Test
  void forAReplicaOfAFailedPrimary() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
  }

  @Test
  void onlyOnceInAnEpoch() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    test.nowMs += 100_000;
    assertThat(votes(SIBLING, CURRENT_EPOCH + 1)).isFalse();
    assertThat(votes(SIBLING, CURRENT_EPOCH + 2)).isTrue();
  }

  @Test
  void notIfItVotedInThisEpochBeforeARestart() {
    test = core(SlotSet.range(0, 99), CURRENT_EPOCH, NodeFlags.FAIL);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH)).isFalse();
  }

  @Test
  void notInAnEpochThatIsOver() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH - 1)).isFalse();
  }

  @Test
  void notWithoutSlots() {
    test = core(new SlotSet(), CURRENT_EPOCH - 1, NodeFlags.FAIL);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
  }

  @Test
  void notWhileThePrimaryLivesUnlessForced() {
    test = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, 0);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2, 2, ITS_SLOTS, MessageFlags.FORCE_ACK)).isTrue();
  }

  /** Others may have agreed on it by suspicions that were taken back. */
  private void failsSayOthers() {
    test.receive(MessageType.FAIL, THIRD, null, frame -> frame.failedNode(FAILED));
  }

  private void pings() {
    test.receive(
        MessageType.PING,
        FAILED,
        null,
        frame -> frame.slots(ITS_SLOTS).currentEpoch(CURRENT_EPOCH).configEpoch(2));
    assertThat(test.sent(MessageType.PONG)).isNotNull();
  }

  @Test
  void notWhileThePrimaryMayServeByMyAnswerUnlessForced() {
    test = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, 0);
    pings();
    failsSayOthers();
    test.nowMs += NODE_TIMEOUT_MS;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1, 2, ITS_SLOTS, MessageFlags.FORCE_ACK)).isTrue();
    test.nowMs += 1;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2)).isTrue();
  }

  @Test
  void norWhileItMayServeByMyAnswerToItsLightQuestion() {
    test = core(SlotSet.range(0, 99), CURRENT_EPOCH - 1, 0);
    pings();
    test.nowMs += NODE_TIMEOUT_MS;
    long slots = LeaseTalk.digest(ITS_SLOTS);
    var question = new LeaseTalk(LeaseTalk.Kind.QUESTION, FAILED, CURRENT_EPOCH, 2, slots, 0);
    test.light(test.core.accept("127.0.0.1", "127.0.0.1", test.at()), question);
    assertThat(test.said()).isNotNull().returns(LeaseTalk.Kind.AGREES, LeaseTalk::kind);
    failsSayOthers();
    test.nowMs += NODE_TIMEOUT_MS;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
    test.nowMs += 1;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
  }

  /** It might get a majority's answers again while the candidate still gets votes. */
  @Test
  void andGoesOnTakingThePrimaryForFailedWhileTheVoteMayCount() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    test.nowMs += 2 * NODE_TIMEOUT_MS;
    test.answer(FAILED, frame -> frame.slots(ITS_SLOTS).configEpoch(2));
    assertThat(test.core.view().node(FAILED.text()).failed()).isTrue();
    test.nowMs += 1;
    test.answer(FAILED, frame -> frame.slots(ITS_SLOTS).configEpoch(2));
    assertThat(test.core.view().node(FAILED.text()).failed()).isFalse();
  }

  @Test
  void whenTheAnswerSaidThatItFailed() {
    pings();
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
  }

  @Test
  void notWhileItMayHaveForgottenAnAnswerByARestart() {
    test = started(SlotSet.range(0, 99), CURRENT_EPOCH - 1, NodeFlags.FAIL);
    test.nowMs += NODE_TIMEOUT_MS;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isFalse();
    test.nowMs += 1;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
  }

  @Test
  void whoIsVotedForMayServeByThatVote() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    test.claim(CANDIDATE, CURRENT_EPOCH + 1, ITS_SLOTS);
    test.receive(
        MessageType.PONG,
        SIBLING,
        CANDIDATE,
        frame -> frame.slots(ITS_SLOTS).configEpoch(CURRENT_EPOCH + 1));
    test.receive(MessageType.FAIL, THIRD, null, frame -> frame.failedNode(CANDIDATE));
    test.nowMs += NODE_TIMEOUT_MS;
    assertThat(votesAgainst(CANDIDATE)).isFalse();
    test.nowMs += 1;
    assertThat(votesAgainst(CANDIDATE)).isTrue();
  }

  private boolean votesAgainst(NodeId primary) {
    test.receive(
        MessageType.AUTH_REQUEST,
        SIBLING,
        primary,
        frame ->
            frame.slots(ITS_SLOTS).currentEpoch(CURRENT_EPOCH + 2).configEpoch(CURRENT_EPOCH + 1));
    return test.sent(MessageType.AUTH_ACK) != null;
  }

  @Test
  void notForAnotherReplicaOfTheSamePrimaryWithinTwoNodeTimeouts() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    test.nowMs += 29_999;
    assertThat(votes(SIBLING, CURRENT_EPOCH + 2)).isFalse();
    test.nowMs += 1;
    assertThat(votes(SIBLING, CURRENT_EPOCH + 3)).isTrue();
  }

  @Test
  void againForWhoLostAndAsksInANewEpoch() {
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1)).isTrue();
    test.nowMs += 100;
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2)).isTrue();
  }

  @Test
  void notForClaimsOnSlotsThatHaveANewerOwner() {
    SlotSet tooMuch = SlotSet.range(100, 200);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 1, 2, tooMuch, 0)).isFalse();
    BusFrame update = test.sent(MessageType.UPDATE);
    assertThat(update).as("it is told of the newer claim").isNotNull();
    assertThat(update.update().node()).isEqualTo(THIRD);
    assertThat(update.update().configEpoch()).isEqualTo(8);
    assertThat(votes(CANDIDATE, CURRENT_EPOCH + 2, 8, tooMuch, 0)).isTrue();
  }

  @Test
  void notForAPrimary() {
    assertThat(votes(THIRD, CURRENT_EPOCH + 1)).isFalse();
  }

  @Test
  void notForAStranger() {
    assertThat(votes(TestCore.id('f'), CURRENT_EPOCH + 1)).isFalse();
  }
}
