package io.hashslot.bus.core;

import static io.hashslot.bus.core.TestCore.id;
import static io.hashslot.bus.core.TestCore.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.LeaseTalk.Kind;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The light question between two primaries, and when the full one takes its place. */
class InquiryTest {
  private static final NodeId ME = id('a');
  private static final NodeId SECOND = id('b');
  private static final NodeId THIRD = id('c');
  private static final SlotSet SLOTS_OF_SECOND = SlotSet.range(5_001, 16_383);
  private static final long NODE_TIMEOUT_MS = ClusterConfig.defaults(7000).nodeTimeoutMs();

  private final TestCore t =
      new TestCore(
          3,
          0,
          node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 5_000), 1),
          node(SECOND, NodeFlags.PRIMARY, null, SLOTS_OF_SECOND, 2));

  private static FrameEncoder full(FrameEncoder frame) {
    return frame.currentEpoch(3).configEpoch(2).slots(SLOTS_OF_SECOND);
  }

  private static LeaseTalk secondSays(Kind kind) {
    return new LeaseTalk(kind, SECOND, 3, 2, LeaseTalk.digest(SLOTS_OF_SECOND), 0);
  }

  /** The other answers in full, as one of ours, until this one serves and no question is open. */
  private void serves() {
    for (int tick = 0; tick < 30; tick++) {
      t.tick(100);
      t.answer(SECOND, frame -> full(frame.ourMark()));
      t.answer(SECOND, frame -> full(frame.ourMark()));
    }
    t.tick(0);
    assertThat(t.core.view().health()).isEqualTo(ClusterHealth.OK);
  }

  /**
   * What is asked next in a light frame, at {@link TestCore#nowMs}: when a ping has not been
   * answered for a while. The answers to all that was asked before it come then.
   */
  private LeaseTalk asked() {
    int pings = 0;
    for (int tick = 0; tick < 100; tick++) {
      t.tick(100);
      pings += t.countSent(MessageType.PING);
      LeaseTalk said = t.said();
      if (said == null) continue;
      for (; pings > 0; pings--) t.answer(SECOND, frame -> full(frame.ourMark()));
      return said;
    }
    throw new AssertionError("nobody was asked");
  }

  private long servesUntilMs() {
    t.tick(0);
    return t.core.servesUntilMs();
  }

  private int inbound() {
    return inbound(t);
  }

  /** A connection on which the second has introduced itself. */
  private static int inbound(TestCore t) {
    int link = t.core.accept("127.0.0.1", "127.0.0.1", t.at());
    var buffer = new ExpandableArrayBuffer();
    FrameEncoder ping =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.PING)
            .sender(SECOND)
            .port(1)
            .busPort(2)
            .nodeFlags(NodeFlags.PRIMARY | NodeFlags.MYSELF);
    t.core.onFrame(link, buffer, 0, full(ping).finish(), t.at(), t.out);
    return link;
  }

  private @Nullable Kind answerTo(LeaseTalk question) {
    t.light(inbound(), question);
    LeaseTalk said = t.said();
    return said == null ? null : said.kind();
  }

  @Test
  void provesFromTheMomentOfTheQuestion() {
    serves();
    LeaseTalk question = asked();
    long askedAtMs = t.nowMs;
    assertThat(question)
        .isEqualTo(
            new LeaseTalk(Kind.QUESTION, ME, 3, 1, LeaseTalk.digest(SlotSet.range(0, 5_000)), 0));
    t.nowMs += 2_000;
    t.light(SECOND, secondSays(Kind.AGREES));
    assertThat(servesUntilMs()).isEqualTo(askedAtMs + NODE_TIMEOUT_MS);
    assertThat(t.core.view().node(SECOND.text()))
        .isNotNull()
        .returns(0L, NodeView::pingSentWallMs)
        .returns(1_795_000_000_000L + t.nowMs, NodeView::pongReceivedWallMs);
  }

  @Test
  void whatWasNotAskedIsNotProven() {
    serves();
    long untilMs = t.core.servesUntilMs();
    t.tick(100);
    t.light(SECOND, secondSays(Kind.AGREES));
    assertThat(servesUntilMs()).isEqualTo(untilMs);
  }

  @Test
  void whoDiffersIsAskedInFullAndHasNotProvenAnything() {
    serves();
    asked();
    long untilMs = servesUntilMs();
    t.light(SECOND, secondSays(Kind.DIFFERS));
    assertThat(t.countSent(MessageType.PING)).isEqualTo(1);
    assertThat(servesUntilMs()).isEqualTo(untilMs);
  }

  @Test
  void whoSaysOtherThingsOfItselfThanAreKnownIsAskedInFull() {
    long slots = LeaseTalk.digest(SLOTS_OF_SECOND);
    for (LeaseTalk odd :
        new LeaseTalk[] {
          new LeaseTalk(Kind.AGREES, SECOND, 3, 3, slots, 0),
          new LeaseTalk(Kind.AGREES, SECOND, 3, 2, slots + 1, 0)
        }) {
      serves();
      asked();
      long untilMs = servesUntilMs();
      t.light(SECOND, odd);
      assertThat(t.countSent(MessageType.PING)).isEqualTo(1);
      assertThat(servesUntilMs()).isEqualTo(untilMs);
    }
  }

  @Test
  void anAnswerOfSomebodyElseClosesTheConnection() {
    serves();
    asked();
    t.light(SECOND, new LeaseTalk(Kind.AGREES, THIRD, 3, 2, 0, 0));
    assertThat(t.effect(Effect.CloseLink.class)).isNotNull();
  }

  @Test
  void itsEpochIsHeard() {
    serves();
    asked();
    t.light(SECOND, new LeaseTalk(Kind.AGREES, SECOND, 9, 2, 0, 0));
    assertThat(t.core.snapshot().currentEpoch()).isEqualTo(9);
  }

  @Test
  void whoIsNotOfOurMakeIsPinged() {
    serves();
    t.answer(SECOND, InquiryTest::full);
    for (int tick = 0; tick < 100; tick++) {
      t.tick(100);
      assertThat(t.said()).isNull();
    }
  }

  @Test
  void whoHasNotBeenHeardInFullForHalfANodeTimeoutIsPinged() {
    serves();
    int pings = 0;
    for (long endMs = t.nowMs + NODE_TIMEOUT_MS; t.nowMs < endMs; ) {
      t.tick(100);
      pings += t.countSent(MessageType.PING);
      if (t.said() != null) t.light(SECOND, secondSays(Kind.AGREES));
    }
    assertThat(pings).isPositive();
  }

  @Test
  void whatIsKnownIsAgreedTo() {
    assertThat(answerTo(secondSays(Kind.QUESTION))).isEqualTo(Kind.AGREES);
  }

  @Test
  void whatIsNewHasToBeToldInFull() {
    long slots = LeaseTalk.digest(SLOTS_OF_SECOND);
    assertThat(answerTo(new LeaseTalk(Kind.QUESTION, SECOND, 3, 4, slots, 0)))
        .isEqualTo(Kind.DIFFERS);
    assertThat(answerTo(new LeaseTalk(Kind.QUESTION, SECOND, 3, 2, slots + 1, 0)))
        .isEqualTo(Kind.DIFFERS);
  }

  @Test
  void aReplacedPrimaryIsNotAgreedTo() {
    var t =
        new TestCore(
            3,
            0,
            node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 5_000), 1),
            node(SECOND, NodeFlags.PRIMARY, null, SLOTS_OF_SECOND, 2),
            node(THIRD, NodeFlags.PRIMARY, null, new SlotSet(), 0));
    int link = inbound(t);
    t.claim(THIRD, 6, SLOTS_OF_SECOND);
    t.light(link, secondSays(Kind.QUESTION));
    assertThat(t.said()).isNotNull().returns(Kind.DIFFERS, LeaseTalk::kind);
    t.light(link, new LeaseTalk(Kind.QUESTION, SECOND, 3, 2, LeaseTalk.digest(new SlotSet()), 0));
    assertThat(t.said()).isNotNull().returns(Kind.DIFFERS, LeaseTalk::kind);
  }

  @Test
  void whoIsNotKnownGetsTheAnswerToAPing() {
    t.light(t.core.accept("127.0.0.1", "127.0.0.1", t.at()), secondSays(Kind.QUESTION));
    assertThat(t.said()).isNotNull().returns(Kind.AGREES, LeaseTalk::kind);
    t.light(inbound(), new LeaseTalk(Kind.QUESTION, THIRD, 3, 2, 0, 0));
    assertThat(t.countSent(MessageType.PONG)).isEqualTo(1);
  }

  /** One that asks all the time lives, though it cannot be reached. */
  @Test
  void whoAsksIsNotSuspected() {
    int link = inbound();
    for (long endMs = t.nowMs + 3 * NODE_TIMEOUT_MS; t.nowMs < endMs; ) {
      t.tick(100);
      t.light(link, secondSays(Kind.QUESTION));
    }
    assertThat(t.core.pulse().suspected()).isZero();
  }
}
