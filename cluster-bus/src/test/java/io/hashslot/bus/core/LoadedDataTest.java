package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a node that starts does about the slots of the keys it has loaded. */
class LoadedDataTest {
  private static final NodeId ME = TestCore.id('a');
  private static final NodeId B = TestCore.id('b');
  private static final int PRIMARY = NodeFlags.PRIMARY;

  private static TestCore started(@Nullable NodeId primaryOfMine) {
    boolean replica = primaryOfMine != null;
    int role = replica ? NodeFlags.REPLICA : PRIMARY;
    SlotSet mine = replica ? new SlotSet() : SlotSet.range(0, 99);
    return new TestCore(
        5,
        0,
        TestCore.node(ME, NodeFlags.MYSELF | role, primaryOfMine, mine, replica ? 0 : 5),
        TestCore.node(B, PRIMARY, null, SlotSet.range(100, 199), 2));
  }

  private static void load(TestCore test, int... slots) {
    var withKeys = new SlotSet();
    for (int slot : slots) withKeys.add(slot);
    test.out.clear();
    test.core.onDataLoaded(withKeys, test.at(), test.out);
  }

  @Test
  void aSlotOfNobodyBecomesItsOwnAndThatIsDurable() {
    TestCore test = started(null);
    load(test, 5, 300);
    assertThat(test.owner(300)).isEqualTo(ME);
    assertThat(test.owner(301)).isNull();
    assertThat(test.effect(Effect.DeleteSlotKeys.class)).isNull();
    assertThat(test.effect(Effect.Persist.class)).isNotNull().matches(Effect.Persist::sync);
  }

  @Test
  void keysInASlotOfSomebodyElseAreDeleted() {
    TestCore test = started(null);
    load(test, 5, 150);
    assertThat(test.owner(150)).isEqualTo(B);
    var deleted = test.effect(Effect.DeleteSlotKeys.class);
    assertThat(deleted).isNotNull();
    assertThat(deleted.slots()).isEqualTo(SlotSet.range(150, 150));
  }

  @Test
  void keysOfASlotThatIsBeingImportedStay() {
    TestCore test = started(null);
    var open =
        new ClusterRequest.SetSlot(
            150, ClusterRequest.SlotChange.IMPORTING, B.text(), false, false);
    test.core.onRequest(1, open, test.at(), test.out);
    load(test, 150);
    assertThat(test.owner(150)).isEqualTo(B);
    assertThat(test.effect(Effect.DeleteSlotKeys.class)).isNull();
  }

  @Test
  void aReplicaLeavesAllThatToItsPrimary() {
    TestCore test = started(B);
    load(test, 5, 150, 300);
    assertThat(test.owner(300)).isNull();
    assertThat(test.effect(Effect.DeleteSlotKeys.class)).isNull();
  }
}
