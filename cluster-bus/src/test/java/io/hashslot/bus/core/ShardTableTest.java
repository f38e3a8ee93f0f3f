package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** When clients are told something else than before: what CLUSTER SLOTS may keep its reply for. */
class ShardTableTest {
  private static final NodeId ME = TestCore.id('b');
  private static final NodeId OTHER = TestCore.id('c');
  private static final NodeId REPLICA = TestCore.id('d');
  private static final SlotSet ITS_SLOTS = SlotSet.range(100, 16383);

  private final TestCore test =
      new TestCore(
          5,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.range(0, 99), 1),
          TestCore.node(OTHER, NodeFlags.PRIMARY, null, ITS_SLOTS, 2),
          TestCore.node(REPLICA, NodeFlags.REPLICA, OTHER, new SlotSet(), 2));

  private boolean tellsTheSame(Runnable event) {
    test.tick(ClusterCore.TICK_MS);
    ClusterView before = test.core.view();
    event.run();
    test.tick(ClusterCore.TICK_MS);
    assertThat(test.core.view()).as("there is a newer view").isNotSameAs(before);
    return ShardTable.sameSpans(before, test.core.view());
  }

  private void otherSays(String hostname, String zone, String ipv4, String ipv6) {
    test.receive(
        MessageType.PONG,
        OTHER,
        null,
        frame ->
            frame
                .currentEpoch(5)
                .configEpoch(2)
                .slots(ITS_SLOTS)
                .messageFlags(MessageFlags.EXTENSION_DATA)
                .hostname(hostname)
                .clientIpv4(ipv4)
                .clientIpv6(ipv6)
                .availabilityZone(zone));
  }

  private void replicaHas(long offset) {
    test.receive(
        MessageType.PONG,
        REPLICA,
        OTHER,
        frame -> frame.currentEpoch(5).configEpoch(2).replicationOffset(offset));
  }

  @Test
  void timesAndOffsetsMakeNoDifference() {
    replicaHas(1);
    assertThat(tellsTheSame(() -> test.answer(OTHER))).isTrue();
    assertThat(tellsTheSame(() -> replicaHas(2_000))).isTrue();
  }

  @Test
  void whoCanBeReadFromMakesOne() {
    assertThat(tellsTheSame(() -> replicaHas(1))).isFalse();
  }

  @Test
  void namesMakeOne() {
    assertThat(tellsTheSame(() -> otherSays("a.example", "", "", ""))).isFalse();
    assertThat(tellsTheSame(() -> otherSays("b.example", "", "", ""))).isFalse();
    assertThat(tellsTheSame(() -> otherSays("b.example", "east", "", ""))).isFalse();
    assertThat(tellsTheSame(() -> otherSays("b.example", "east", "10.0.0.1", ""))).isFalse();
    assertThat(tellsTheSame(() -> otherSays("b.example", "east", "10.0.0.1", "::2"))).isFalse();
  }

  @Test
  void slotsMakeOne() {
    assertThat(tellsTheSame(() -> test.claim(OTHER, 9, SlotSet.range(99, 16383)))).isFalse();
  }

  @Test
  void failuresAndNewNodesMakeOne() {
    replicaHas(1);
    assertThat(
            tellsTheSame(
                () ->
                    test.receive(
                        MessageType.FAIL, OTHER, null, frame -> frame.failedNode(REPLICA))))
        .isFalse();
    assertThat(
            tellsTheSame(
                () -> test.receive(MessageType.MEET, TestCore.id('e'), null, frame -> frame)))
        .isFalse();
  }
}
