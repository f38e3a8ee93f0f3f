package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What of a slot's move is on the disk when; and what becomes of it if power fails in between. */
class SlotDurabilityTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId OTHER = TestCore.id('b');
  private static final int SLOT = 12;

  /** I own 0-9 under epoch 3, the greatest; the other one 10-19 under epoch 2. */
  private TestCore node =
      new TestCore(
          3,
          0,
          TestCore.node(ME, NodeFlags.PRIMARY | NodeFlags.MYSELF, null, SlotSet.range(0, 9), 3),
          TestCore.node(OTHER, NodeFlags.PRIMARY, null, SlotSet.range(10, 19), 2));

  private void setSlot(SlotChange change, int slot, NodeId named) {
    node.out.clear();
    ClusterRequest request = new SetSlot(slot, change, named.text(), false, false);
    node.core.onRequest(7, request, node.at(), node.out);
    assertThat(Objects.requireNonNull(node.effect(Effect.Reply.class)).answer())
        .isEqualTo(Answer.OK);
  }

  private List<Effect> orderOf(Class<?>... kinds) {
    List<Effect> found = new ArrayList<>();
    for (Effect effect : node.out.list()) {
      for (Class<?> kind : kinds) {
        if (kind.isInstance(effect)) found.add(effect);
      }
    }
    return found;
  }

  @Test
  void anImportIsWrittenBeforeItIsAnsweredAndForcedRightAfter() {
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    assertThat(orderOf(Effect.Persist.class, Effect.Reply.class, Effect.Force.class))
        .hasExactlyElementsOfTypes(Effect.Persist.class, Effect.Reply.class, Effect.Force.class);
    assertThat(Objects.requireNonNull(node.effect(Effect.Persist.class)).sync()).isFalse();
  }

  @Test
  void aSlotIsForcedBeforeItMayGoOnToSomebodyElse() {
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    setSlot(SlotChange.NODE, SLOT, ME);
    setSlot(SlotChange.MIGRATING, SLOT, OTHER);
    assertThat(node.position(Effect.Force.class))
        .isGreaterThan(node.position(Effect.Persist.class));
    setSlot(SlotChange.MIGRATING, 5, OTHER);
    assertThat(node.effect(Effect.Force.class)).as("it was long mine").isNull();
  }

  @Test
  void aSlotThatCameWithoutANewEpochIsForcedByTheNextTick() {
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    setSlot(SlotChange.NODE, SLOT, ME);
    assertThat(Objects.requireNonNull(node.effect(Effect.Persist.class)).sync()).isFalse();
    assertThat(node.effect(Effect.Force.class)).isNull();
    assertThat(node.countSent(MessageType.PONG)).isEqualTo(1);
    node.tick(ClusterCore.TICK_MS);
    assertThat(node.effect(Effect.Force.class)).isNotNull();
    node.tick(ClusterCore.TICK_MS);
    assertThat(node.effect(Effect.Force.class)).as("once").isNull();
  }

  @Test
  void theNextMarkForcesItTooAndTheTickHasNothingLeftToDo() {
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    setSlot(SlotChange.NODE, SLOT, ME);
    setSlot(SlotChange.IMPORTING, SLOT + 1, OTHER);
    node.tick(ClusterCore.TICK_MS);
    assertThat(node.effect(Effect.Force.class)).isNull();
  }

  @Test
  void aNewEpochIsForcedBeforeAnybodyHearsOfIt() {
    node.claim(OTHER, 4, SlotSet.range(10, 19));
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    setSlot(SlotChange.NODE, SLOT, ME);
    assertThat(node.out.list().getFirst()).isInstanceOf(Effect.Persist.class);
    assertThat(Objects.requireNonNull(node.effect(Effect.Persist.class)).sync()).isTrue();
    BusFrame pong = Objects.requireNonNull(node.sent(MessageType.PONG));
    assertThat(pong.header().configEpoch()).isEqualTo(5);
  }

  @Test
  void whoForgetsThatASlotCameTakesItAgainOnceItsSourceClaimsItNoMore() {
    setSlot(SlotChange.IMPORTING, SLOT, OTHER);
    DurableState forced = node.core.snapshot();
    setSlot(SlotChange.NODE, SLOT, ME);
    node = new TestCore(3, 0, forced.nodes().toArray(DurableState.NodeRecord[]::new));
    assertThat(node.owner(SLOT)).as("forgotten").isEqualTo(OTHER);
    SlotSet rest = SlotSet.range(10, 19);
    rest.remove(SLOT);
    node.claim(OTHER, 2, rest);
    assertThat(node.owner(SLOT)).isEqualTo(ME);
  }

  @Test
  void whatIsHeardOfOthersUnderAKnownEpochIsForcedByTheNextTick() {
    node.claim(OTHER, 4, SlotSet.range(10, 19));
    node.claim(OTHER, 4, SlotSet.range(10, 29));
    assertThat(node.effect(Effect.Persist.class)).as("in vain if nothing is lost").isNull();
    node.tick(ClusterCore.TICK_MS);
    assertThat(orderOf(Effect.Persist.class, Effect.Force.class))
        .hasExactlyElementsOfTypes(Effect.Persist.class, Effect.Force.class);
  }

  @Test
  void whatIsLostIsWrittenAtOnce() {
    node.claim(OTHER, 4, SlotSet.range(10, 19));
    node.claim(OTHER, 4, SlotSet.range(9, 19));
    assertThat(orderOf(Effect.Publish.class, Effect.Persist.class, Effect.DeleteSlotKeys.class))
        .hasExactlyElementsOfTypes(
            Effect.Publish.class, Effect.Persist.class, Effect.DeleteSlotKeys.class);
    node.tick(ClusterCore.TICK_MS);
    assertThat(node.effect(Effect.Force.class)).isNotNull();
  }
}
