package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.CountFailureReports;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/**
 * What one of five primaries makes of what the others tell it: {@code c} is told about, {@code b},
 * {@code d} and {@code e} tell.
 */
class FailureReportsTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId B = TestCore.id('b');
  private static final NodeId C = TestCore.id('c');
  private static final NodeId D = TestCore.id('d');
  private static final NodeId E = TestCore.id('e');
  private static final long TWO_NODE_TIMEOUTS_MS = 30_000;

  private TestCore test = core(0);

  private static TestCore core(int flagsOfC) {
    return core(SlotSet.range(0, 99), flagsOfC);
  }

  private static TestCore core(SlotSet mine, int flagsOfC) {
    int primary = NodeFlags.PRIMARY;
    return new TestCore(
        5,
        0,
        TestCore.node(ME, NodeFlags.MYSELF | primary, null, mine, 1),
        TestCore.node(B, primary, null, SlotSet.range(100, 199), 2),
        TestCore.node(C, primary | flagsOfC, null, SlotSet.range(200, 299), 3),
        TestCore.node(D, primary, null, SlotSet.range(300, 399), 4),
        TestCore.node(E, primary, null, new SlotSet(), 5));
  }

  private void tells(NodeId teller, SlotSet itsSlots, int flagsOfC, long pongS, String ip) {
    test.receive(
        MessageType.PING,
        teller,
        null,
        frame ->
            frame.slots(itsSlots).gossip(C, 0, pongS, ip, 1, 2, 0, NodeFlags.PRIMARY | flagsOfC));
  }

  private void tells(NodeId teller, int first, int flagsOfC) {
    tells(teller, SlotSet.range(first, first + 99), flagsOfC, 0, "127.0.0.1");
  }

  private Answer reports() {
    return test.ask(new CountFailureReports(C.text()));
  }

  private static Answer number(long value) {
    return new Answer.Number(value);
  }

  private NodeView c() {
    test.tick(0);
    NodeView c = test.core.view().node(C.text());
    assertThat(c).isNotNull();
    return c;
  }

  @Test
  void eachVotingPrimaryIsCountedOnce() {
    tells(B, 100, NodeFlags.PFAIL);
    tells(B, 100, NodeFlags.FAIL);
    assertThat(reports()).isEqualTo(number(1));
    tells(D, 300, NodeFlags.PFAIL);
    assertThat(reports()).isEqualTo(number(2));
    tells(E, new SlotSet(), NodeFlags.PFAIL, 0, "127.0.0.1");
    assertThat(reports()).as("who has no slots has no voice").isEqualTo(number(2));
    assertThat(c().failed()).as("I have not missed it myself").isFalse();
  }

  @Test
  void aFailureThatSomebodyDeclaresIsBelievedButNotMine() {
    test.receive(MessageType.FAIL, E, null, frame -> frame.failedNode(ME));
    test.receive(MessageType.FAIL, E, null, frame -> frame.failedNode(C));
    assertThat(c().failed()).isTrue();
    assertThat(test.core.view().self().failed()).isFalse();
  }

  @Test
  void whoSaysThatItIsBackTakesItsReportBack() {
    tells(B, 100, NodeFlags.PFAIL);
    tells(D, 300, NodeFlags.PFAIL);
    tells(B, 100, 0);
    assertThat(reports()).isEqualTo(number(1));
  }

  @Test
  void reportsAreGoodForTwoNodeTimeouts() {
    tells(B, 100, NodeFlags.PFAIL);
    test.nowMs += TWO_NODE_TIMEOUTS_MS;
    assertThat(reports()).isEqualTo(number(1));
    test.nowMs += 1;
    assertThat(reports()).isEqualTo(number(0));
  }

  @Test
  void theReportsOfWhoIsForgottenGoWithIt() {
    tells(B, 100, NodeFlags.PFAIL);
    assertThat(test.ask(new ClusterRequest.Forget(B.text()))).isEqualTo(Answer.OK);
    assertThat(reports()).isEqualTo(number(0));
  }

  @Test
  void whoDoesNotAnswerIsLookedForWhereOthersSeeIt() {
    tells(B, SlotSet.range(100, 199), 0, 0, "10.0.0.9");
    assertThat(c().ip()).as("I reach it where it is").isEqualTo("127.0.0.1");
    test = core(NodeFlags.PFAIL);
    tells(B, SlotSet.range(100, 199), NodeFlags.PFAIL, 0, "10.0.0.9");
    assertThat(c().ip()).as("nor do others reach it there").isEqualTo("127.0.0.1");
    tells(B, SlotSet.range(100, 199), 0, 0, "10.0.0.9");
    test.tick(100);
    assertThat(test.out.list())
        .anyMatch(
            effect ->
                effect instanceof Effect.Connect connect
                    && connect.node().equals(C)
                    && connect.ip().equals("10.0.0.9"));
    assertThat(c().ip()).isEqualTo("10.0.0.9");
  }

  @Test
  void theFreshPongOfSomebodyElseIsAsGoodAsMine() {
    // Without slots I ask nobody whether I may serve.
    test = core(new SlotSet(), 0);
    test.answer(C, frame -> frame.configEpoch(3).slots(SlotSet.range(200, 299)));
    test.nowMs += 3_000;
    long wallS = test.at().wallMs() / 1000;
    tells(B, SlotSet.range(100, 199), 0, wallS + 10, "127.0.0.1");
    assertThat(c().pongReceivedWallMs()).as("clocks differ, but not so").isLessThan(wallS * 1000);
    tells(B, SlotSet.range(100, 199), NodeFlags.PFAIL, wallS, "127.0.0.1");
    tells(B, SlotSet.range(100, 199), 0, wallS, "127.0.0.1");
    assertThat(c().pongReceivedWallMs()).isEqualTo(wallS * 1000);
  }
}
