package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.Replicate;
import io.hashslot.bus.core.ClusterRequest.Reset;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What follows when roles change, others' and mine: {@code b} owns 100-199 with epoch 2 and has the
 * replica {@code e}, {@code c} owns 200-299 with epoch 8; I own 0-99 or am another replica of
 * {@code b}.
 */
class RolesTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId B = TestCore.id('b');
  private static final NodeId C = TestCore.id('c');
  private static final NodeId HEIR = TestCore.id('e');
  private static final SlotSet SLOTS_OF_B = SlotSet.range(100, 199);

  private static TestCore core(boolean replica) {
    NodeId mine = replica ? B : null;
    int role = NodeFlags.MYSELF | (replica ? NodeFlags.REPLICA : NodeFlags.PRIMARY);
    SlotSet slots = replica ? new SlotSet() : SlotSet.range(0, 99);
    return new TestCore(
        8,
        0,
        TestCore.node(ME, role, mine, slots, replica ? 2 : 5),
        TestCore.node(B, NodeFlags.PRIMARY, null, SLOTS_OF_B, 2),
        TestCore.node(HEIR, NodeFlags.REPLICA, B, new SlotSet(), 2),
        TestCore.node(C, NodeFlags.PRIMARY, null, SlotSet.range(200, 299), 8));
  }

  private static void saysThatItFollows(TestCore test, NodeId who, NodeId primary, long epoch) {
    test.receive(
        MessageType.PONG,
        who,
        primary,
        frame -> frame.currentEpoch(9).configEpoch(epoch).slots(SLOTS_OF_B));
  }

  private static NodeView node(TestCore test, NodeId id) {
    NodeView node = test.core.view().node(id.text());
    assertThat(node).isNotNull();
    return node;
  }

  @Test
  void slotsStayWithWhoHandsOverUntilItsHeirClaimsThem() {
    TestCore test = core(false);
    saysThatItFollows(test, B, HEIR, 9);
    assertThat(node(test, B).isReplica()).isTrue();
    assertThat(node(test, HEIR).isPrimary()).isTrue();
    assertThat(node(test, HEIR).configEpoch()).isEqualTo(9);
    assertThat(test.owner(150)).isEqualTo(B);
    test.claim(HEIR, 9, SLOTS_OF_B);
    assertThat(test.owner(150)).isEqualTo(HEIR);
  }

  @Test
  void whatTheHeirSaidBeforeItWasElectedIsNotBelievedAfterwards() {
    TestCore test = core(false);
    test.claim(HEIR, 9, SLOTS_OF_B);
    saysThatItFollows(test, HEIR, B, 2);
    assertThat(node(test, HEIR).isPrimary()).isTrue();
    assertThat(test.owner(150)).isEqualTo(HEIR);
  }

  @Test
  void whosePrimaryFollowsSomebodyFollowsThatOne() {
    TestCore test = core(true);
    saysThatItFollows(test, B, HEIR, 9);
    test.tick(100);
    assertThat(test.core.view().self().primary()).isEqualTo(HEIR);
    test = core(true);
    saysThatItFollows(test, B, C, 9);
    Effect.Follow follow = test.effect(Effect.Follow.class);
    assertThat(follow).isNotNull();
    assertThat(follow.primary()).isEqualTo(C);
    assertThat(follow.partialAllowed()).as("its data is another shard's").isFalse();
  }

  @Test
  void whoFollowsAnotherShardBelongsToItAndForgetsItsMarks() {
    TestCore test = core(true);
    var mark = new SetSlot(150, SlotChange.MIGRATING, C.text(), false, true);
    assertThat(test.ask(mark)).isEqualTo(Answer.OK);
    assertThat(test.ask(new Replicate(C.text()))).isEqualTo(Answer.OK);
    assertThat(test.core.view().anyOpenSlot()).isFalse();
    assertThat(test.core.view().self().shard()).isEqualTo(node(test, C).shard());
    assertThat(test.effect(Effect.DropShardChannels.class))
        .as("channels of the shard that is left")
        .isNotNull();
    assertThat(test.sent(MessageType.PONG)).as("everybody is told").isNotNull();
  }

  @Test
  void whoIsResetHasNothingLeftOfTheCluster() {
    TestCore test = core(true);
    NodeId shard = test.core.view().self().shard();
    test.ask(new SetSlot(150, SlotChange.MIGRATING, C.text(), false, true));
    assertThat(test.ask(new Reset(true))).isEqualTo(Answer.OK);
    assertThat(test.core.view().anyOpenSlot()).isFalse();
    assertThat(test.effect(Effect.FlushData.class)).isNotNull();
    assertThat(test.effect(Effect.Unfollow.class)).isNotNull();
    assertThat(test.effect(Effect.DropShardChannels.class)).isNotNull();
    assertThat(test.core.view().self().isPrimary()).isTrue();
    assertThat(test.core.view().self().shard()).isNotEqualTo(shard);
  }

  /** Others' shards are learned from what they say; if my primary's is another, so is mine. */
  @Test
  void mineIsTheShardOfMyPrimary() {
    TestCore test = core(true);
    NodeId another = TestCore.id('9');
    test.receive(
        MessageType.PONG,
        B,
        null,
        frame ->
            frame
                .currentEpoch(8)
                .configEpoch(2)
                .slots(SLOTS_OF_B)
                .messageFlags(MessageFlags.EXTENSION_DATA)
                .shardId(another.text()));
    assertThat(node(test, B).shard()).isEqualTo(another);
    assertThat(test.core.view().self().shard()).isEqualTo(another);
    assertThat(test.effect(Effect.Persist.class)).isNotNull().matches(Effect.Persist::sync);
  }

  private static boolean mayBeHelped(TestCore test, NodeId primary) {
    test.tick(100);
    return (node(test, primary).flags() & NodeFlags.MIGRATE_TO) != 0;
  }

  @Test
  void whoseLastReplicaIsForgottenIsNoOrphanAndWhoGetsSlotsIsOne() {
    TestCore test = core(false);
    test.claim(C, 8, new SlotSet());
    assertThat(mayBeHelped(test, C)).isFalse();
    NodeId newcomer = TestCore.id('f');
    test.receive(
        MessageType.PONG,
        C,
        null,
        frame -> frame.configEpoch(8).gossip(newcomer, 0, 0, "127.0.0.3", 1, 2, 0, 1));
    test.claim(newcomer, 9, SlotSet.of(300));
    assertThat(mayBeHelped(test, newcomer)).as("its first slot, and others have replicas").isTrue();
    saysThatItFollows(test, HEIR, C, 8);
    assertThat(mayBeHelped(test, C)).isTrue();
    assertThat(test.ask(new ClusterRequest.Forget(HEIR.text()))).isEqualTo(Answer.OK);
    assertThat(mayBeHelped(test, C)).isFalse();
  }

  /** How many siblings go first when I, a replica of b, hear that it has failed. */
  private static String rankBesides(int flagsOfSibling) {
    NodeId sibling = TestCore.id('0');
    var test =
        new TestCore(
            8,
            0,
            TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, B, new SlotSet(), 2),
            TestCore.node(sibling, NodeFlags.REPLICA | flagsOfSibling, B, new SlotSet(), 2),
            TestCore.node(B, NodeFlags.PRIMARY, null, SLOTS_OF_B, 2),
            TestCore.node(C, NodeFlags.PRIMARY, null, SlotSet.range(200, 299), 8));
    test.receive(MessageType.FAIL, C, null, frame -> frame.configEpoch(8).failedNode(B));
    var inStep = new HostFacts(0, true, 0, false);
    test.core.onTick(new Moment(test.nowMs, test.at().wallMs(), inStep), test.out);
    return notes(test);
  }

  private static String notes(TestCore test) {
    return test.out.list().stream()
        .filter(Effect.Note.class::isInstance)
        .map(effect -> ((Effect.Note) effect).text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aSiblingThatMustNotFailOverIsNoRival() {
    assertThat(rankBesides(0)).contains("rank 1");
    assertThat(rankBesides(NodeFlags.NOFAILOVER)).contains("rank 0");
  }

  @Test
  void theClockOfEpochsIsNotBehindWhatWasLoaded() {
    assertThat(core(false).core.view().summary().currentEpoch()).isEqualTo(8);
    var behind =
        new TestCore(
            1, 0, TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.PRIMARY, null, SlotSet.of(1), 5));
    assertThat(behind.core.view().summary().currentEpoch()).isEqualTo(5);
  }
}
