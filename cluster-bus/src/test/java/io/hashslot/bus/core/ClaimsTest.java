package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.junit.jupiter.api.Test;

/** Three primaries: I own 0-99 with epoch 5, b owns 100-199 with 2, c owns 200-299 with 8. */
class ClaimsTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId B = TestCore.id('b');
  private static final NodeId C = TestCore.id('c');
  private static final int PRIMARY = NodeFlags.PRIMARY;

  private final TestCore test =
      new TestCore(
          8,
          0,
          TestCore.node(ME, NodeFlags.MYSELF | PRIMARY, null, SlotSet.range(0, 99), 5),
          TestCore.node(B, PRIMARY, null, SlotSet.range(100, 199), 2),
          TestCore.node(C, PRIMARY, null, SlotSet.range(200, 299), 8));

  @Test
  void greaterEpochTakesASlotAndThatIsDurable() {
    test.claim(C, 9, SlotSet.range(150, 299));
    assertThat(test.owner(150)).isEqualTo(C);
    assertThat(test.owner(149)).isEqualTo(B);
    assertThat(test.effect(Effect.Persist.class)).isNotNull().matches(Effect.Persist::sync);
    assertThat(test.core.view().summary().currentEpoch()).isEqualTo(9);
  }

  @Test
  void equalOrSmallerEpochTakesNothing() {
    test.claim(B, 5, SlotSet.range(50, 199));
    assertThat(test.owner(50)).isEqualTo(ME);
    test.claim(B, 7, SlotSet.range(100, 250));
    assertThat(test.owner(250)).isEqualTo(C);
  }

  @Test
  void omissionTakesNothingButMakesTheSlotFree() {
    test.claim(C, 8, SlotSet.range(250, 299));
    assertThat(test.owner(200)).isEqualTo(C);
    test.claim(B, 2, SlotSet.range(100, 200));
    assertThat(test.owner(200)).isEqualTo(B);
  }

  /** On two connections what was said first may be heard last. */
  @Test
  void whatAnOldFrameOmitsIsNotFree() {
    test.claim(C, 9, SlotSet.range(150, 299));
    test.claim(C, 8, SlotSet.range(200, 299));
    test.claim(B, 2, SlotSet.range(100, 199));
    assertThat(test.owner(150)).isEqualTo(C);
  }

  /** It was said before the source had the slot itself. */
  @Test
  void anImportIsNotFinishedByWhatAnOldFrameOmits() {
    test.claim(C, 9, SlotSet.range(150, 299));
    assertThat(open(150, SlotChange.IMPORTING, C)).isEqualTo(Answer.OK);
    test.claim(C, 8, SlotSet.range(200, 299));
    assertThat(test.owner(150)).isEqualTo(C);
    test.claim(C, 9, SlotSet.range(151, 299));
    assertThat(test.owner(150)).isEqualTo(ME);
  }

  @Test
  void omittedSlotThatIsClaimedAgainIsNotFree() {
    test.claim(C, 8, SlotSet.range(250, 299));
    test.claim(C, 8, SlotSet.range(200, 299));
    test.claim(B, 2, SlotSet.range(100, 200));
    assertThat(test.owner(200)).isEqualTo(C);
  }

  @Test
  void unassignedSlotGoesToWhoeverClaimsIt() {
    test.claim(B, 2, SlotSet.range(100, 199).copy());
    SlotSet more = SlotSet.range(100, 199);
    more.add(1_000);
    test.claim(B, 2, more);
    assertThat(test.owner(1_000)).isEqualTo(B);
  }

  @Test
  void staleClaimantIsToldWhoOwnsTheSlots() {
    test.claim(B, 2, SlotSet.range(100, 250));
    BusFrame update = test.sent(MessageType.UPDATE);
    assertThat(update).isNotNull();
    assertThat(update.update().node()).isEqualTo(C);
    assertThat(update.update().configEpoch()).isEqualTo(8);
    assertThat(update.update().claims(200)).isTrue();
    assertThat(update.update().claims(100)).isFalse();
  }

  @Test
  void anUpdateDoesNotTellOfSlotsThatTheirOwnerLetGo() {
    test.claim(C, 8, SlotSet.range(250, 299));
    SlotSet tooMany = SlotSet.range(100, 199);
    tooMany.add(260);
    test.claim(B, 2, tooMany);
    BusFrame update = test.sent(MessageType.UPDATE);
    assertThat(update).isNotNull();
    assertThat(update.update().claims(260)).isTrue();
    assertThat(update.update().claims(240)).isFalse();
  }

  @Test
  void anImportEndsWhenAnotherShardTakesTheSlot() {
    assertThat(open(150, SlotChange.IMPORTING, B)).isEqualTo(Answer.OK);
    test.claim(C, 9, SlotSet.range(150, 299));
    assertThat(test.core.view().importingFrom(150)).isNull();
    assertThat(test.owner(150)).isEqualTo(C);
  }

  private Answer open(int slot, SlotChange change, NodeId other) {
    return test.ask(new SetSlot(slot, change, other.text(), false, false));
  }

  @Test
  void aMigrationEndsWhenAnotherShardTakesTheSlot() {
    assertThat(open(50, SlotChange.MIGRATING, B)).isEqualTo(Answer.OK);
    SlotSet more = SlotSet.range(200, 299);
    more.add(50);
    test.claim(C, 9, more);
    assertThat(test.core.view().migratingTo(50)).isNull();
  }

  @Test
  void whoIsGivenASlotByHandDoesNotImportItAnyMore() {
    assertThat(open(500, SlotChange.IMPORTING, B)).isEqualTo(Answer.OK);
    assertThat(test.ask(new ClusterRequest.AddSlots(new int[] {500}))).isEqualTo(Answer.OK);
    assertThat(test.core.view().anyOpenSlot()).isFalse();
    assertThat(test.owner(500)).isEqualTo(ME);
  }

  @Test
  void whoGivesItsLastSlotAwayFollowsItUnlessItMayNot() {
    test.configure(ClusterConfig.defaults(7000).withAllowReplicaMigration(false));
    for (int slot = 0; slot < 100; slot++) {
      assertThat(open(slot, SlotChange.NODE, B)).isEqualTo(Answer.OK);
    }
    assertThat(test.core.view().self().isPrimary()).isTrue();
    test.configure(ClusterConfig.defaults(7000));
    assertThat(test.ask(new ClusterRequest.AddSlots(new int[] {500}))).isEqualTo(Answer.OK);
    assertThat(open(500, SlotChange.NODE, C)).isEqualTo(Answer.OK);
    assertThat(test.core.view().self().primary()).isEqualTo(C);
  }

  /** I am a replica of b as e is; c has the slots above. */
  private static TestCore replicaOfB(SlotSet slotsOfB) {
    NodeId sibling = TestCore.id('e');
    return new TestCore(
        8,
        0,
        TestCore.node(ME, NodeFlags.MYSELF | NodeFlags.REPLICA, B, new SlotSet(), 0),
        TestCore.node(B, PRIMARY, null, slotsOfB, 2),
        TestCore.node(sibling, NodeFlags.REPLICA, B, new SlotSet(), 0),
        TestCore.node(C, PRIMARY, null, SlotSet.range(200, 299), 8));
  }

  @Test
  void marksOutliveAFailoverWithinTheShard() {
    TestCore shard = replicaOfB(SlotSet.range(100, 199));
    NodeId heir = TestCore.id('e');
    var mark = new SetSlot(150, SlotChange.MIGRATING, C.text(), false, true);
    assertThat(shard.ask(mark)).isEqualTo(Answer.OK);
    shard.claim(heir, 9, SlotSet.range(100, 199));
    assertThat(shard.owner(150)).isEqualTo(heir);
    assertThat(shard.core.view().self().primary()).isEqualTo(heir);
    NodeView target = shard.core.view().migratingTo(150);
    assertThat(target).isNotNull();
    assertThat(target.id()).isEqualTo(C);
  }

  @Test
  void theHeirOfAPrimaryWithoutSlotsIsFollowed() {
    TestCore shard = replicaOfB(new SlotSet());
    NodeId heir = TestCore.id('e');
    shard.claim(heir, 2, new SlotSet());
    assertThat(shard.core.view().self().primary()).as("not newer").isEqualTo(B);
    shard = replicaOfB(new SlotSet());
    shard.claim(heir, 9, new SlotSet());
    assertThat(shard.core.view().self().primary()).isEqualTo(heir);
  }

  @Test
  void updateAboutAThirdNodeIsAClaimOfThatNode() {
    test.receive(
        MessageType.UPDATE,
        B,
        null,
        frame ->
            frame
                .currentEpoch(12)
                .configEpoch(2)
                .slots(SlotSet.range(100, 199))
                .update(C, 12, SlotSet.range(90, 299)));
    assertThat(test.owner(90)).isEqualTo(C);
    assertThat(test.owner(89)).isEqualTo(ME);
    assertThat(test.core.view().self().isPrimary()).isTrue();
  }

  @Test
  void updateThatIsNoNewsIsIgnored() {
    test.receive(
        MessageType.UPDATE,
        B,
        null,
        frame ->
            frame
                .configEpoch(2)
                .slots(SlotSet.range(100, 199))
                .update(C, 8, SlotSet.range(90, 299)));
    assertThat(test.owner(90)).isEqualTo(ME);
  }

  @Test
  void whatAnotherSaysAtTheAddressOfANodeIsNotItsOwnClaim() {
    test.answer(
        C,
        TestCore.id('d'),
        frame -> frame.currentEpoch(50).configEpoch(50).slots(SlotSet.range(0, 299)));
    NodeView c = test.core.view().node(C.text());
    assertThat(c).isNotNull();
    assertThat(c.configEpoch()).isEqualTo(8);
    assertThat(c.ip()).as("it is not there any more").isEmpty();
    assertThat(test.owner(50)).isEqualTo(ME);
  }

  @Test
  void updateIsNewsThoughAReplicaHasToldTheEpochOfItsSender() {
    NodeId heir = TestCore.id('e');
    var shard =
        new TestCore(
            8,
            0,
            TestCore.node(ME, NodeFlags.MYSELF | PRIMARY, null, SlotSet.range(0, 99), 5),
            TestCore.node(B, PRIMARY, null, SlotSet.range(100, 199), 2),
            TestCore.node(heir, NodeFlags.REPLICA, ME, new SlotSet(), 0),
            TestCore.node(C, NodeFlags.REPLICA, ME, new SlotSet(), 0));
    SlotSet mine = SlotSet.range(0, 99);
    // C was my replica, then my successor, and has one itself now: the one that speaks.
    shard.receive(MessageType.PONG, C, null, frame -> frame.currentEpoch(8).configEpoch(6));
    shard.receive(
        MessageType.PONG, C, heir, frame -> frame.currentEpoch(9).configEpoch(9).slots(mine));
    assertThat(shard.owner(50)).isEqualTo(ME);
    shard.receive(
        MessageType.UPDATE, B, null, frame -> frame.currentEpoch(9).update(heir, 9, mine));
    assertThat(shard.owner(50)).isEqualTo(heir);
  }

  @Test
  void lossOfSomeSlotsDeletesTheirKeys() {
    test.claim(C, 9, SlotSet.range(90, 299));
    Effect.DeleteSlotKeys delete = test.effect(Effect.DeleteSlotKeys.class);
    assertThat(delete).isNotNull();
    assertThat(delete.slots()).isEqualTo(SlotSet.range(90, 99));
    assertThat(test.effect(Effect.DropShardChannels.class)).isNotNull();
    assertThat(test.effect(Effect.Demote.class)).isNull();
  }

  @Test
  void lossOfAllSlotsMakesMeAReplicaOfTheWinner() {
    test.claim(C, 9, SlotSet.range(0, 299));
    assertThat(test.effect(Effect.Demote.class)).isNotNull();
    Effect.Follow follow = test.effect(Effect.Follow.class);
    assertThat(follow).isNotNull();
    assertThat(follow.primary()).isEqualTo(C);
    assertThat(follow.partialAllowed())
        .as("data of another shard does not continue mine")
        .isFalse();
    assertThat(test.effect(Effect.DeleteSlotKeys.class)).isNull();
    assertThat(test.position(Effect.Persist.class)).isZero();
    assertThat(test.position(Effect.Publish.class)).isLessThan(test.position(Effect.Demote.class));
  }

  @Test
  void smallerNameMovesOnWhenEpochsAreEqual() {
    test.claim(B, 5, SlotSet.range(100, 199));
    assertThat(test.core.view().self().configEpoch()).isEqualTo(9);
    assertThat(test.effect(Effect.Persist.class)).isNotNull().matches(Effect.Persist::sync);
  }

  @Test
  void primaryThatBecameAReplicaElsewhereLosesItsSlots() {
    test.receive(
        MessageType.PONG,
        B,
        C,
        frame -> frame.currentEpoch(8).configEpoch(8).slots(SlotSet.range(200, 299)));
    assertThat(test.owner(100)).isNull();
    NodeView b = test.core.view().node(B.text());
    assertThat(b).isNotNull();
    assertThat(b.isReplica()).isTrue();
    assertThat(b.primary()).isEqualTo(C);
  }
}
