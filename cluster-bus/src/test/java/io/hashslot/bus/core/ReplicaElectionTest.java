package io.hashslot.bus.core;

import static io.hashslot.bus.core.TestCore.id;
import static io.hashslot.bus.core.TestCore.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** I am a replica of a primary that has failed. When do I ask for votes? */
class ReplicaElectionTest {
  private static final NodeId ME = id('a');
  private static final NodeId FAILED = id('b');
  private static final NodeId VOTER = id('c');
  private static final NodeId EARLIER = id('1');
  private static final NodeId LATER = id('z');
  private static final NodeId RIVAL = id('e');
  private static final SlotSet ITS_SLOTS = SlotSet.range(0, 99);

  private static TestCore replicaOfFailed(SlotSet itsSlots) {
    return new TestCore(
        3,
        0,
        node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, FAILED, new SlotSet(), 1),
        node(FAILED, NodeFlags.PRIMARY | NodeFlags.FAIL, null, itsSlots, 1),
        node(VOTER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2));
  }

  private static boolean asksForVotes(TestCore test) {
    ClusterConfig config = ClusterConfig.defaults(7000).withReplicaValidityFactor(0);
    test.core.onConfig(config, test.at(), test.out);
    for (int tick = 0; tick < 100; tick++) {
      test.tick(ClusterCore.TICK_MS);
      if (test.countSent(MessageType.AUTH_REQUEST) > 0) return true;
    }
    return false;
  }

  @Test
  void onceTheFailureIsAgreedOn() {
    assertThat(asksForVotes(replicaOfFailed(ITS_SLOTS))).isTrue();
  }

  @Test
  void notBeforeItHasHeardWhatItsPrimaryOwns() {
    assertThat(asksForVotes(replicaOfFailed(new SlotSet()))).isFalse();
  }

  /** In milliseconds until the first tick at which it asks. */
  private static long nextRequest(TestCore test) {
    long since = test.nowMs;
    do test.tick(ClusterCore.TICK_MS);
    while (test.countSent(MessageType.AUTH_REQUEST) == 0);
    return test.nowMs - since;
  }

  private static TestCore candidate() {
    TestCore test = replicaOfFailed(ITS_SLOTS);
    assertThat(asksForVotes(test)).isTrue();
    return test;
  }

  /** Voters that were behind the news of the failure have it a message later. */
  @Test
  void onceMoreAtTheNextTickIfNobodyVotesAndThenEachTimeLater() {
    TestCore test = candidate();
    assertThat(nextRequest(test)).isEqualTo(100);
    assertThat(nextRequest(test)).isEqualTo(100);
    assertThat(nextRequest(test)).isEqualTo(200);
    assertThat(nextRequest(test)).isEqualTo(400);
    BusFrame request = test.sent(MessageType.AUTH_REQUEST);
    assertThat(request.header().currentEpoch()).as("the same attempt").isEqualTo(4);
  }

  /** Those who go after it wait for it. */
  @Test
  void inANewEpochAtTheNextTickIfAnotherCandidateHasALaterOne() {
    TestCore test = candidate();
    test.claim(VOTER, 9, SlotSet.range(100, 199));
    assertThat(nextRequest(test)).isEqualTo(100);
    assertThat(test.sent(MessageType.AUTH_REQUEST).header().currentEpoch()).isEqualTo(10);
    test.claim(VOTER, 19, SlotSet.range(100, 199));
    assertThat(nextRequest(test)).as("twice the time").isEqualTo(200);
  }

  /** A replica of another primary asks; primaries have the shards that they are called after. */
  private static void rivalAsks(TestCore test, NodeId itsPrimary, long epoch) {
    test.receive(MessageType.AUTH_REQUEST, RIVAL, itsPrimary, frame -> frame.currentEpoch(epoch));
  }

  private static TestCore candidateBeside(NodeId otherPrimary) {
    TestCore test =
        new TestCore(
            3,
            0,
            node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, FAILED, new SlotSet(), 1),
            node(FAILED, NodeFlags.PRIMARY | NodeFlags.FAIL, null, ITS_SLOTS, 1),
            node(VOTER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2),
            node(otherPrimary, NodeFlags.PRIMARY, null, SlotSet.range(200, 299), 3),
            node(RIVAL, NodeFlags.REPLICA, otherPrimary, new SlotSet(), 3));
    assertThat(asksForVotes(test)).isTrue();
    return test;
  }

  /** Nobody may win the epoch that both ask in, and others go after the two. */
  @Test
  void inANewEpochAtOnceIfSomebodyAsksInTheSameWhoGoesAfterIt() {
    TestCore test = candidateBeside(LATER);
    rivalAsks(test, LATER, 4);
    assertThat(test.sent(MessageType.AUTH_REQUEST).header().currentEpoch()).isEqualTo(5);
    rivalAsks(test, LATER, 4);
    assertThat(test.sent(MessageType.AUTH_REQUEST)).as("that is over").isNull();
    rivalAsks(test, LATER, 5);
    assertThat(test.sent(MessageType.AUTH_REQUEST)).as("not again and again").isNull();
    nextRequest(test);
    assertThat(test.sent(MessageType.AUTH_REQUEST).header().currentEpoch()).isEqualTo(5);
    assertThat(nextRequest(test)).as("after twice the first wait").isEqualTo(100);
    assertThat(test.sent(MessageType.AUTH_REQUEST).header().currentEpoch()).isEqualTo(6);
  }

  @Test
  void notForSomebodyWhoGoesBeforeItOrAsksInAnOlderEpoch() {
    TestCore test = candidateBeside(EARLIER);
    rivalAsks(test, EARLIER, 4);
    assertThat(test.sent(MessageType.AUTH_REQUEST)).isNull();
    test = candidateBeside(LATER);
    rivalAsks(test, LATER, 3);
    assertThat(test.sent(MessageType.AUTH_REQUEST)).isNull();
  }

  private static boolean asksWithin(TestCore test, long ms) {
    for (long end = test.nowMs + ms; test.nowMs < end; ) {
      test.tick(ClusterCore.TICK_MS);
      if (test.countSent(MessageType.AUTH_REQUEST) > 0) return true;
    }
    return false;
  }

  private static TestCore besideSiblingThatGoesFirst() {
    TestCore test =
        new TestCore(
            3,
            0,
            node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, FAILED, new SlotSet(), 1),
            node(FAILED, NodeFlags.PRIMARY | NodeFlags.FAIL, null, ITS_SLOTS, 1),
            node(VOTER, NodeFlags.PRIMARY, null, SlotSet.range(100, 199), 2),
            node(EARLIER, NodeFlags.REPLICA, FAILED, new SlotSet(), 1));
    test.configure(ClusterConfig.defaults(7000).withReplicaValidityFactor(0));
    return test;
  }

  private static void siblingAsks(TestCore test, long epoch) {
    test.receive(MessageType.AUTH_REQUEST, EARLIER, FAILED, frame -> frame.currentEpoch(epoch));
  }

  /** It may have to try again: whoever asked meanwhile would have votes that it needs. */
  @Test
  void onlyAfterANewWaitIfASiblingThatGoesFirstAsks() {
    TestCore test = besideSiblingThatGoesFirst();
    for (int attempt = 0; attempt < 3; attempt++) {
      // Rank 1, and nobody has said that it agrees: 1.5 s and up to half a second by chance.
      assertThat(asksWithin(test, 1_400)).isFalse();
      siblingAsks(test, 4L + attempt);
    }
    assertThat(asksWithin(test, 2_200)).isTrue();
  }

  @Test
  void evenIfASiblingThatGoesFirstAsksWithoutEnd() {
    TestCore test = besideSiblingThatGoesFirst();
    long attemptMs = 2 * ClusterConfig.defaults(7000).nodeTimeoutMs();
    long epoch = 4;
    for (long end = test.nowMs + attemptMs; test.nowMs < end; epoch++) {
      assertThat(asksWithin(test, 1_000)).isFalse();
      siblingAsks(test, epoch);
    }
    assertThat(asksWithin(test, 1_000)).as("patience is at its end").isFalse();
    siblingAsks(test, epoch);
    assertThat(asksWithin(test, 1_200)).isTrue();
  }
}
