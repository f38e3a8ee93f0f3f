package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * When a spare replica leaves its primary for one that has none. The orphan {@code f} has the upper
 * half of the slots, P and Q have quarters; {@code c} is the replica with the smallest name among
 * those of P.
 */
class ReplicaMigrationTest {
  private static final NodeId ORPHAN = TestCore.id('f');
  private static final NodeId P = TestCore.id('1');
  private static final NodeId Q = TestCore.id('2');
  private static final NodeId FIRST = TestCore.id('c');
  private static final NodeId SECOND = TestCore.id('d');
  private static final NodeId OF_Q = TestCore.id('b');
  private static final int PRIMARY = NodeFlags.PRIMARY | NodeFlags.MIGRATE_TO;
  private static final int ORPHANED_TICKS = 50;

  /** What the replicas of P are flagged with; null: there is no such replica. */
  private static TestCore seenBy(NodeId me, Integer first, Integer second, int lastSlot) {
    List<NodeRecord> records = new ArrayList<>();
    records.add(TestCore.node(ORPHAN, PRIMARY, null, SlotSet.range(8192, lastSlot), 1));
    records.add(TestCore.node(P, PRIMARY, null, SlotSet.range(0, 4095), 2));
    records.add(TestCore.node(Q, PRIMARY, null, SlotSet.range(4096, 8191), 3));
    records.add(replica(OF_Q, Q, me, 0));
    if (first != null) records.add(replica(FIRST, P, me, first));
    if (second != null) records.add(replica(SECOND, P, me, second));
    return new TestCore(3, 0, records.toArray(NodeRecord[]::new));
  }

  private static NodeRecord replica(NodeId id, NodeId primary, NodeId me, int flags) {
    int mine = id.equals(me) ? NodeFlags.MYSELF : 0;
    return TestCore.node(id, NodeFlags.REPLICA | mine | flags, primary, new SlotSet(), 0);
  }

  private static ClusterConfig config(int barrier) {
    return TestCore.config(barrier, 60, 5_000);
  }

  /** After how many ticks it follows the orphan; -1 if not within sixty. */
  private static int movesAfter(TestCore test) {
    for (int ticks = 1; ticks <= 60; ticks++) {
      test.tick(ClusterCore.TICK_MS);
      Effect.Follow follow = test.effect(Effect.Follow.class);
      if (follow != null) {
        assertThat(follow.primary()).isEqualTo(ORPHAN);
        assertThat(follow.partialAllowed()).as("it is another shard").isFalse();
        return ticks;
      }
    }
    return -1;
  }

  @Test
  void onceThereWasNoReplicaForFiveSeconds() {
    assertThat(movesAfter(seenBy(FIRST, 0, 0, 16_383))).isBetween(ORPHANED_TICKS, 60);
    assertThat(movesAfter(seenBy(SECOND, 0, 0, 16_383))).as("only one of them goes").isEqualTo(-1);
  }

  @Test
  void notBelowTheBarrier() {
    TestCore test = seenBy(FIRST, 0, 0, 16_383);
    test.configure(config(2));
    assertThat(movesAfter(test)).isEqualTo(-1);
    test.configure(config(1));
    assertThat(movesAfter(test)).isPositive();
  }

  @Test
  void notIfItMayNot() {
    TestCore test = seenBy(FIRST, 0, 0, 16_383);
    test.configure(config(1).withAllowReplicaMigration(false));
    assertThat(movesAfter(test)).isEqualTo(-1);
  }

  @Test
  void notWhileTheClusterIsDown() {
    TestCore test = seenBy(FIRST, 0, 0, 16_000);
    assertThat(movesAfter(test)).isEqualTo(-1);
    test.configure(config(1).withRequireFullCoverage(false));
    assertThat(movesAfter(test)).isPositive();
  }

  @Test
  void whoDoesNotAnswerIsNoneToSpare() {
    assertThat(movesAfter(seenBy(FIRST, 0, NodeFlags.PFAIL, 16_383))).isEqualTo(-1);
  }

  @Test
  void notWhereNobodyHasTwo() {
    TestCore test = seenBy(OF_Q, 0, null, 16_383);
    test.configure(config(0));
    assertThat(movesAfter(test)).isEqualTo(-1);
  }

  @Test
  void onlyFromThePrimariesWithMost() {
    TestCore test = seenBy(OF_Q, 0, 0, 16_383);
    test.configure(config(0));
    assertThat(movesAfter(test)).isEqualTo(-1);
  }
}
