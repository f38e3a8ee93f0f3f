package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a node of hundreds tells, whom it asks, and how much of it at once. */
class BigClusterTest {
  private static final int SIZE = 300;
  private static final NodeId ME = id(0);

  private static NodeId id(int number) {
    return new NodeId(String.format(Locale.ROOT, "%040x", number + 1));
  }

  /** I am the first of primaries with a slot each. */
  private static TestCore cluster(int flagsOfOthers) {
    List<NodeRecord> nodes = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      int flags = NodeFlags.PRIMARY | (i == 0 ? NodeFlags.MYSELF : flagsOfOthers);
      nodes.add(TestCore.node(id(i), flags, null, SlotSet.of(i), i + 1));
    }
    var test = new TestCore(SIZE, 0, nodes.toArray(NodeRecord[]::new));
    test.nowMs += ClusterCore.TICK_MS;
    return test;
  }

  /** What I tell a node that pings me. */
  private static List<NodeId> told(TestCore test, NodeId whom) {
    test.receive(
        MessageType.PING,
        whom,
        null,
        frame -> {
          for (int i = 0; i < 4; i++) {
            frame.gossip(id(i), 0, 0, "127.0.0.2", 1, 2, 0, NodeFlags.PRIMARY);
          }
          return frame;
        });
    BusFrame pong = test.sent(MessageType.PONG);
    assertThat(pong).isNotNull();
    List<NodeId> told = new ArrayList<>();
    for (int i = 0; i < pong.gossipCount(); i++) told.add(pong.gossip(i).node());
    return told;
  }

  @Test
  void aTenthIsToldInEachFrameAndNobodyTwice() {
    List<NodeId> told = told(cluster(0), id(7));
    assertThat(told).hasSizeBetween(SIZE / 20, SIZE / 10).doesNotHaveDuplicates();
    assertThat(told).doesNotContain(ME, id(7));
  }

  @Test
  void soManyFramesInOneTickAreBrief() {
    TestCore test = cluster(0);
    int told = 0;
    for (int i = 1; i < SIZE; i++) told += told(test, id(i)).size();
    assertThat(told).isBetween(SIZE, SIZE + SIZE / 10 + 3 * SIZE);
    assertThat(told(test, id(1))).hasSizeLessThanOrEqualTo(3);
    test.nowMs += ClusterCore.TICK_MS;
    assertThat(told(test, id(1))).hasSizeGreaterThan(3);
  }

  @Test
  void thoseHeardOfLatelyAreToldRather() {
    TestCore test = cluster(0);
    for (int i = 1; i < SIZE; i += 5) test.answer(id(i));
    int fresh = 0;
    int all = 0;
    for (int frame = 0; frame < 10; frame++) {
      for (NodeId node : told(test, id(2))) {
        all++;
        if (Integer.parseInt(node.text(), 16) % 5 == 2) fresh++;
      }
    }
    assertThat(fresh).as("of %d told", all).isGreaterThan(all / 2);
  }

  @Test
  void manySuspectsTakeTurns() {
    TestCore test = cluster(NodeFlags.PFAIL);
    Set<NodeId> told = new HashSet<>();
    for (int frame = 0; frame < 4; frame++) {
      List<NodeId> now = told(test, id(1));
      assertThat(now).hasSizeLessThanOrEqualTo(100 + SIZE / 10);
      told.addAll(now);
    }
    assertThat(told).hasSize(SIZE - 1);
  }

  @Test
  void aNewMemberIsToldToEverybodyForAWhile() {
    TestCore test = cluster(0);
    NodeId newcomer = id(5_000);
    test.receive(
        MessageType.PING,
        id(3),
        null,
        frame -> frame.gossip(newcomer, 0, 0, "127.0.0.2", 1, 2, 0, NodeFlags.PRIMARY));
    test.tick(100);
    for (int i = 10; i < 20; i++) assertThat(told(test, id(i))).contains(newcomer);
    test.nowMs += 10_000;
    int times = 0;
    for (int i = 10; i < 20; i++) times += told(test, id(i)).contains(newcomer) ? 1 : 0;
    assertThat(times).isLessThan(10);
  }

  @Test
  void aFrameThatNamesANewMemberTwiceAddsItOnce() {
    TestCore test = cluster(0);
    test.receive(
        MessageType.PING,
        id(3),
        null,
        frame ->
            frame
                .gossip(id(5_000), 0, 0, "127.0.0.2", 1, 2, 0, NodeFlags.PRIMARY)
                .gossip(id(5_000), 0, 0, "127.0.0.2", 1, 2, 0, NodeFlags.PRIMARY));
    assertThat(test.core.view().nodes()).hasSize(SIZE + 1);
  }

  @Test
  void pingsThatAreDueAtOnceAreSpreadOverAFewTicks() {
    TestCore test = cluster(0);
    for (int i = 1; i < SIZE; i++) test.answer(id(i));
    long intervalMs = ClusterConfig.defaults(7000).nodeTimeoutMs() / 2;
    test.tick(intervalMs + 1);
    int first = test.countSent(MessageType.PING);
    assertThat(first).isBetween(1, SIZE / 8 + 1);
    int all = first;
    for (int tick = 1; tick < 10; tick++) {
      test.tick(100);
      all += test.countSent(MessageType.PING);
    }
    assertThat(all).as("nobody is forgotten, nobody asked twice").isEqualTo(SIZE - 1);
  }

  @Test
  void suspicionsOfManyAreToldToAFewInFewFrames() {
    TestCore test = cluster(0);
    for (int i = 1; i < 10; i++) answerAll(test, id(i));
    // The others were pinged as well when their links came up, and never answered.
    test.tick(ClusterConfig.defaults(7000).nodeTimeoutMs() + 1);
    assertThat(test.core.pulse().suspected()).isEqualTo(SIZE - 10);
    // Three count, of whom I am the first; 290 names go into two frames.
    assertThat(test.countSent(MessageType.PONG)).isEqualTo(2 * 2);
  }

  /** Some were asked when the link was opened, and all when it was up. */
  private static void answerAll(TestCore test, NodeId node) {
    test.answer(node);
    test.answer(node);
  }

  /** Others suspect whom I suspect; the one whose voice was missing declares the failure. */
  private static TestCore declaring(int failed) {
    TestCore test = cluster(0);
    int alive = SIZE - failed;
    for (int i = 1; i < alive; i++) answerAll(test, id(i));
    test.tick(ClusterConfig.defaults(7000).nodeTimeoutMs() + 1);
    assertThat(test.core.pulse().suspected()).isEqualTo(failed);
    for (int i = 1; i < SIZE / 2; i++) report(test, id(i), alive);
    assertThat(test.core.pulse().failed()).isZero();
    report(test, id(SIZE / 2), alive);
    assertThat(test.core.pulse().failed()).isEqualTo(failed);
    return test;
  }

  private static void report(TestCore test, NodeId reporter, int firstSuspect) {
    test.receive(
        MessageType.PONG,
        reporter,
        null,
        frame -> {
          for (int i = firstSuspect; i < SIZE; i++) {
            frame.gossip(id(i), 0, 0, "127.0.0.2", 1, 2, 0, NodeFlags.PRIMARY | NodeFlags.PFAIL);
          }
          return reporter.equals(id(1)) ? frame.ourMark() : frame;
        });
  }

  @Test
  void fewFailuresAreDeclaredOneByOneToEverybody() {
    TestCore test = declaring(3);
    assertThat(test.countSent(MessageType.FAIL)).isEqualTo(3 * (SIZE - 1 - 3));
    assertThat(test.countSent(MessageType.MODULE)).isZero();
  }

  @Test
  void manyFailuresAreDeclaredInOneFrameToThoseOfOurMake() {
    TestCore test = declaring(20);
    // Those that failed have no link any more; one of the others said that it is of our make.
    assertThat(test.countSent(MessageType.FAIL)).isEqualTo(20 * (SIZE - 1 - 20 - 1));
    assertThat(test.countSent(MessageType.MODULE)).isEqualTo(1);
    BusFrame list = test.sent(MessageType.MODULE);
    assertThat(list).isNotNull();
    assertThat(FailureList.read(list.module())).hasSize(20).contains(id(SIZE - 1));
  }

  @Test
  void aListOfFailuresIsBelievedAsTheFramesItStandsForAre() {
    TestCore declares = declaring(20);
    BusFrame list = declares.sent(MessageType.MODULE);
    assertThat(list).isNotNull();
    byte[] names = list.module().payload();
    TestCore test = cluster(0);
    test.receive(
        MessageType.MODULE,
        id(5),
        null,
        frame ->
            frame.module(list.module().moduleId(), FailureList.type(), new UnsafeBuffer(names)));
    assertThat(test.core.pulse().failed()).isEqualTo(20);
  }

  @Test
  void whatEverybodyIsToldAtOnceTellsHardlyAnythingOfOthers() {
    TestCore test = cluster(0);
    for (int i = 1; i < SIZE; i++) test.answer(id(i));
    test.out.clear();
    var reclaim = new ClusterRequest.ReclaimSlots(SlotSet.of(0));
    test.core.onRequest(1, reclaim, test.at(), test.out);
    assertThat(test.countSent(MessageType.PONG)).isEqualTo(SIZE - 1);
    BusFrame pong = test.sent(MessageType.PONG);
    assertThat(pong).isNotNull();
    assertThat(pong.gossipCount()).isLessThanOrEqualTo(3);
  }
}
