package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Slots change hands at the end of an atomic migration. */
class SlotHandoverTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId OTHER = TestCore.id('b');

  /** I own 0-9 under epoch 1, the other 10-19 under epoch 2. */
  private final TestCore node =
      new TestCore(
          2,
          0,
          TestCore.node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 9), 1),
          TestCore.node(OTHER, NodeFlags.PRIMARY, null, SlotSet.range(10, 19), 2));

  private Answer ask(ClusterRequest request) {
    node.out.clear();
    node.core.onRequest(7, request, node.at(), node.out);
    return Objects.requireNonNull(node.effect(Effect.Reply.class)).answer();
  }

  @Test
  void grantedSlotsAreTakenUnderANewEpochThatIsOnDiskBeforeAnybodyHears() {
    Answer answer = ask(new ClusterRequest.TakeSlots(SlotSet.range(12, 14), OTHER, node.nowMs));
    assertThat(answer).isEqualTo(Answer.OK);
    assertThat(node.core.view().mine(12)).isTrue();
    assertThat(node.core.view().mine(15)).isFalse();
    assertThat(node.core.view().self().slots().contains(14)).isTrue();
    assertThat(node.core.view().summary().myEpoch()).isEqualTo(3);
    BusFrame pong = Objects.requireNonNull(node.sent(MessageType.PONG));
    assertThat(pong.header().configEpoch()).isEqualTo(3);
    assertThat(node.out.list().getFirst()).isInstanceOf(Effect.Persist.class);
  }

  @Test
  void whoLosesSlotsRedirectsItsClientsBeforeThatIsOnDisk() {
    node.claim(OTHER, 3, SlotSet.range(4, 19));
    assertThat(node.core.view().mine(4)).isFalse();
    assertThat(node.position(Effect.Publish.class)).isZero();
    // It comes with a new epoch.
    assertThat(Objects.requireNonNull(node.effect(Effect.Persist.class)).sync()).isTrue();
    assertThat(node.position(Effect.Persist.class))
        .isLessThan(node.position(Effect.DeleteSlotKeys.class));
  }

  @Test
  void whoLosesItsLastSlotAndFollowsSomebodySaysSoWhenItIsOnDisk() {
    node.claim(OTHER, 3, SlotSet.range(0, 19));
    assertThat(node.core.view().self().isReplica()).isTrue();
    assertThat(node.position(Effect.Persist.class)).isZero();
    assertThat(node.position(Effect.Publish.class)).isEqualTo(1);
  }

  @Test
  void aGrantThatIsTooOldIsWorthNothing() {
    Answer answer = ask(new ClusterRequest.TakeSlots(SlotSet.range(12, 14), OTHER, node.nowMs - 1));
    assertThat(answer).isEqualTo(Answer.error("The slots were granted too long ago"));
  }

  @Test
  void slotsThatSomebodyElseOwnsByNowAreNotTaken() {
    Answer answer = ask(new ClusterRequest.TakeSlots(SlotSet.range(9, 12), OTHER, node.nowMs));
    assertThat(answer).isEqualTo(Answer.error("Slot 9 has another owner by now"));
    assertThat(node.core.view().mine(12)).isFalse();
    assertThat(node.core.view().summary().myEpoch()).isEqualTo(1);
  }

  @Test
  void theClaimOfANodeThatTookSlotsAndWasNotHeardIsStaleOnceTheyWereReclaimed() {
    assertThat(ask(new ClusterRequest.ReclaimSlots(SlotSet.range(0, 4)))).isEqualTo(Answer.OK);
    assertThat(node.core.view().summary().myEpoch()).isEqualTo(4);
    // What the other would have bumped to, from the same knowledge.
    node.claim(OTHER, 3, SlotSet.range(0, 19));
    assertThat(node.core.view().mine(0)).isTrue();
  }

  @Test
  void slotsThatWereTakenAfterAllCannotBeReclaimed() {
    node.claim(OTHER, 3, SlotSet.range(4, 19));
    assertThat(ask(new ClusterRequest.ReclaimSlots(SlotSet.range(0, 4))))
        .isEqualTo(Answer.error("Slot 4 has another owner by now"));
  }
}
