package io.hashslot.bus.core;

import static io.hashslot.bus.core.TestCore.id;
import static io.hashslot.bus.core.TestCore.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long one of two primaries serves that hears only what the test lets it hear. */
class LeaseTest {
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

  private void secondAnswers(TestCore.Touch touch) {
    t.answer(
        SECOND, frame -> touch.apply(frame.currentEpoch(3).configEpoch(2).slots(SLOTS_OF_SECOND)));
  }

  private ClusterHealth health() {
    return t.core.view().health();
  }

  /** The other answers more than it is asked until this one serves; no question is open then. */
  @BeforeEach
  void serves() {
    for (int tick = 0; tick < 30; tick++) {
      t.tick(100);
      secondAnswers(frame -> frame);
      secondAnswers(frame -> frame);
    }
    t.tick(0);
    assertThat(health()).isEqualTo(ClusterHealth.OK);
  }

  /** The moment at which the second is asked next. */
  private long untilAsked() {
    for (int tick = 0; tick < 100; tick++) {
      t.tick(100);
      if (t.countSent(MessageType.PING) > 0) return t.nowMs;
    }
    throw new AssertionError("nobody was asked");
  }

  private void atEndOfLease() {
    t.nowMs = t.core.servesUntilMs();
    t.out.clear();
    t.core.onLeaseEnd(t.at(), t.out);
  }

  @Test
  void endsANodeTimeoutAfterThePingThatWasAnsweredLast() {
    long askedAtMs = untilAsked();
    t.nowMs += 3_000;
    secondAnswers(frame -> frame);
    t.tick(0);
    assertThat(t.core.servesUntilMs()).isEqualTo(askedAtMs + NODE_TIMEOUT_MS);
    assertThat(t.core.view().servesUntilMs()).isEqualTo(askedAtMs + NODE_TIMEOUT_MS);
    atEndOfLease();
    assertThat(health()).isEqualTo(ClusterHealth.UNPROVEN);
    assertThat(t.effect(Effect.Publish.class)).isNotNull();
  }

  @Test
  void aTimerThatComesTooEarlyEndsNothing() {
    untilAsked();
    t.nowMs = t.core.servesUntilMs() - 1;
    t.core.onLeaseEnd(t.at(), t.out);
    assertThat(health()).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void whatIsSaidUnaskedProvesNothing() {
    long untilMs = t.core.servesUntilMs();
    while (t.nowMs < untilMs - 200) {
      t.tick(100);
      t.claim(SECOND, 2, SLOTS_OF_SECOND);
      t.receive(MessageType.PING, SECOND, null, f -> f.configEpoch(2).slots(SLOTS_OF_SECOND));
    }
    assertThat(t.core.servesUntilMs()).isEqualTo(untilMs);
    atEndOfLease();
    assertThat(health()).isEqualTo(ClusterHealth.UNPROVEN);
  }

  @Test
  void anAnswerOfWhoSuspectsMeProvesNothing() {
    untilAsked();
    long untilMs = t.core.servesUntilMs();
    secondAnswers(
        f -> f.gossip(ME, 0, 0, "127.0.0.1", 1, 2, 0, NodeFlags.PRIMARY | NodeFlags.PFAIL));
    t.tick(0);
    assertThat(t.core.servesUntilMs()).isEqualTo(untilMs);
  }

  @Test
  void anAnswerIsThatToTheOldestQuestion() {
    long askedAtMs = untilAsked();
    long againAtMs = untilAsked();
    t.nowMs += 50;
    secondAnswers(frame -> frame);
    t.tick(0);
    assertThat(t.core.servesUntilMs()).isEqualTo(askedAtMs + NODE_TIMEOUT_MS);
    secondAnswers(frame -> frame);
    t.tick(0);
    assertThat(t.core.servesUntilMs()).isEqualTo(againAtMs + NODE_TIMEOUT_MS);
  }

  @Test
  void whoWasCutOffForAMomentServesAsSoonAsItIsAnswered() {
    untilAsked();
    atEndOfLease();
    assertThat(health()).isEqualTo(ClusterHealth.UNPROVEN);
    for (int tick = 0; tick < 3; tick++) {
      t.tick(100);
      t.linksUp();
    }
    for (int answers = 0; health() == ClusterHealth.UNPROVEN && answers < 10; answers++) {
      secondAnswers(frame -> frame);
    }
    assertThat(health()).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void whoMissedAnElectionSettlesFirst() {
    untilAsked();
    atEndOfLease();
    for (int tick = 0; tick < 3; tick++) {
      t.tick(100);
      t.linksUp();
    }
    for (int answers = 0; health() == ClusterHealth.UNPROVEN && answers < 10; answers++) {
      secondAnswers(frame -> frame.currentEpoch(4));
    }
    assertThat(health()).isEqualTo(ClusterHealth.SETTLING);
  }

  @Test
  void aloneThereIsNobodyToAsk() {
    var alone =
        new TestCore(
            1,
            0,
            node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 16_383), 1));
    for (int tick = 0; tick < 1_000; tick++) alone.tick(100);
    assertThat(alone.core.view().health()).isEqualTo(ClusterHealth.OK);
  }

  @Test
  void ofFiveTwoMustAnswer() {
    var five =
        new TestCore(
            5,
            0,
            node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 5_000), 1),
            node(SECOND, NodeFlags.PRIMARY, null, SlotSet.range(5_001, 10_000), 2),
            node(THIRD, NodeFlags.PRIMARY, null, SlotSet.range(10_001, 12_000), 3),
            node(id('d'), NodeFlags.PRIMARY, null, SlotSet.range(12_001, 14_000), 4),
            node(id('e'), NodeFlags.PRIMARY, null, SlotSet.range(14_001, 16_383), 5));
    five.tick(3_000);
    five.answer(SECOND, frame -> frame.configEpoch(2).slots(SlotSet.range(5_001, 10_000)));
    assertThat(five.core.view().health()).isEqualTo(ClusterHealth.UNPROVEN);
    five.answer(id('e'), frame -> frame.configEpoch(5).slots(SlotSet.range(14_001, 16_383)));
    assertThat(five.core.view().health()).isNotEqualTo(ClusterHealth.UNPROVEN);
  }
}
