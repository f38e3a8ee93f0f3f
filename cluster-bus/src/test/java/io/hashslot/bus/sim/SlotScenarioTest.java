package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest.AddSlots;
import io.hashslot.bus.core.ClusterRequest.BumpEpoch;
import io.hashslot.bus.core.ClusterRequest.DelSlots;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.core.NodeView;
import io.hashslot.slot.Slots;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotScenarioTest {
  private static final int SLOT = 100;

  private static void setSlot(SimCluster c, String on, SlotChange change, String node) {
    String id = c.node(node).id().text();
    SimCluster.expectOk(c.request(on, new SetSlot(SLOT, change, id, false, false)));
  }

  private static void open(SimCluster c) {
    setSlot(c, "p2", SlotChange.IMPORTING, "p1");
    setSlot(c, "p1", SlotChange.MIGRATING, "p2");
  }

  @Test
  void movedSlotIsKnownToAllAfterTheTargetFinishes() {
    var c = SimCluster.started(3, 1, 1);
    open(c);
    assertThat(c.node("p1").view().migratingTo(SLOT)).isNotNull();
    assertThat(c.node("p2").view().importingFrom(SLOT)).isNotNull();
    setSlot(c, "p2", SlotChange.NODE, "p2");
    c.passesMs(500).expectPrimary("p2", SLOT).converges();
    assertThat(c.node("p1").view().anyOpenSlot()).isFalse();
    assertThat(c.node("p2").view().anyOpenSlot()).isFalse();
  }

  @Test
  void marksSurviveARestart() {
    var c = SimCluster.started(3, 1, 2);
    open(c);
    c.passesMs(2_500).crash("p1").restart("p1").crash("p2").restart("p2");
    assertThat(c.node("p1").view().migratingTo(SLOT)).isNotNull();
    assertThat(c.node("p2").view().importingFrom(SLOT)).isNotNull();
  }

  @Test
  void sourceThatGaveTheSlotAwayAndToldNobodyElseStillHandsItOver() {
    var c = SimCluster.started(3, 1, 3);
    open(c);
    setSlot(c, "p1", SlotChange.NODE, "p2");
    c.passesTimeouts(2).expectPrimary("p2", SLOT).converges();
    assertThat(c.node("p2").view().anyOpenSlot()).isFalse();
  }

  @Test
  void importGoesOnFromTheSuccessorOfAFailedSource() {
    var c = SimCluster.started(3, 1, 4);
    setSlot(c, "p2", SlotChange.IMPORTING, "p1");
    c.crash("p1").passesTimeouts(3).expectPrimary("r1a", SLOT);
    NodeView source = c.node("p2").view().importingFrom(SLOT);
    assertThat(source).isNotNull().extracting("id").isEqualTo(c.node("r1a").id());
  }

  @Test
  void migrationGoesOnToTheSuccessorOfAFailedTarget() {
    var c = SimCluster.started(3, 1, 5);
    open(c);
    c.crash("p2").passesTimeouts(3).expectPrimary("r2a", 8_000);
    NodeView target = c.node("p1").view().migratingTo(SLOT);
    assertThat(target).isNotNull().extracting("id").isEqualTo(c.node("r2a").id());
  }

  @Test
  void primaryThatGaveItsLastSlotAwayFollowsTheTaker() {
    var c = SimCluster.of(0, 0, 6);
    c.newcomer("giver");
    c.newcomer("taker");
    c.newcomer("replica");
    c.meet("giver", "taker").meet("giver", "replica").passesTimeouts(1);
    SimCluster.expectOk(c.request("giver", new AddSlots(new int[] {SLOT})));
    int[] others = IntStream.range(0, Slots.COUNT).filter(slot -> slot != SLOT).toArray();
    SimCluster.expectOk(c.request("taker", new AddSlots(others)));
    c.passesTimeouts(1).replicate("replica", "giver");
    c.converges();
    setSlot(c, "taker", SlotChange.IMPORTING, "giver");
    setSlot(c, "taker", SlotChange.NODE, "taker");
    c.passesTimeouts(2).expectReplica("giver", "taker").expectReplica("replica", "taker");
    c.converges();
  }

  @Test
  void primaryThatMayNotMigrateStaysWithoutSlots() {
    var c = SimCluster.of(0, 0, 6);
    c.newcomer("giver");
    c.newcomer("taker");
    c.node("giver").configure(c.node("giver").config().withAllowReplicaMigration(false));
    c.meet("giver", "taker").passesTimeouts(1);
    SimCluster.expectOk(c.request("giver", new AddSlots(new int[] {SLOT})));
    int[] others = IntStream.range(0, Slots.COUNT).filter(slot -> slot != SLOT).toArray();
    SimCluster.expectOk(c.request("taker", new AddSlots(others)));
    c.converges();
    setSlot(c, "taker", SlotChange.IMPORTING, "giver");
    setSlot(c, "taker", SlotChange.NODE, "taker");
    c.passesTimeouts(2).converges();
    assertThat(c.node("giver").isPrimary()).isTrue();
  }

  @Test
  void deletedSlotMakesTheClusterFailAndTheOwnerBringsItBack() {
    var c = SimCluster.started(3, 0, 7);
    SimCluster.expectOk(c.request("p2", new DelSlots(new int[] {SLOT})));
    assertThat(c.node("p2").view().health().ok()).isFalse();
    c.passesTimeouts(3).converges();
  }

  @Test
  void slotsAddedWithoutEpochsAreAgreedUpon() {
    var c = SimCluster.of(0, 0, 8);
    for (int i = 1; i <= 3; i++) c.newcomer("n" + i);
    for (int i = 2; i <= 3; i++) c.meet("n1", "n" + i);
    for (int i = 1; i <= 3; i++) {
      int first = (i - 1) * Slots.COUNT / 3;
      int[] slots = IntStream.range(first, i * Slots.COUNT / 3).toArray();
      SimCluster.expectOk(c.request("n" + i, new AddSlots(slots)));
    }
    c.converges();
  }

  @Test
  void slotClaimedByTwoGoesToTheGreaterEpoch() {
    var c = SimCluster.started(3, 0, 9);
    SimCluster.expectOk(c.request("p3", new DelSlots(new int[] {SLOT})));
    SimCluster.expectOk(c.request("p3", new AddSlots(new int[] {SLOT})));
    c.passesTimeouts(2).expectPrimary("p3", SLOT).converges();
  }

  @Test
  void bumpTellsTheEpochAndKeepsTheHighest() {
    var c = SimCluster.started(3, 0, 10);
    assertThat(c.request("p3", new BumpEpoch())).isEqualTo(new Answer.Simple("STILL 3"));
    assertThat(c.request("p1", new BumpEpoch())).isEqualTo(new Answer.Simple("BUMPED 4"));
  }

  @Test
  void stateFailsWhileASlotOwnerIsDownAndHealsWithIt() {
    var c = SimCluster.started(3, 0, 11);
    c.crash("p1").passesTimeouts(2);
    assertThat(c.node("p2").view().health().ok()).isFalse();
    assertThat(c.node("p2").view().summary().slotsFail()).isGreaterThan(5_000);
    c.restart("p1").converges();
  }

  @Test
  void withoutFullCoverageTheOthersGoOnServing() {
    var c = SimCluster.started(3, 0, 12);
    for (SimNode node : c.nodes()) {
      node.configure(node.config().withRequireFullCoverage(false));
    }
    c.crash("p1").passesTimeouts(3);
    assertThat(c.node("p2").view().health().ok()).isTrue();
  }
}
