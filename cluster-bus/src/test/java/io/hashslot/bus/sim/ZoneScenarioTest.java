package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Zones that are lost, cut off and come back; with all invariants checked where not said else. */
class ZoneScenarioTest {
  private static final int SEEDS = 3;

  /** Each shard has a node in each zone, and each zone a primary. */
  private static SimCluster inThreeZones(long seed) {
    var cluster = SimCluster.of(Topology.of(3, 2).inZones("a", "b", "c"), seed, true, true);
    cluster.form();
    return cluster;
  }

  private static String[] names(SimCluster cluster, String zone) {
    return cluster.zone(zone).stream().map(SimNode::name).toArray(String[]::new);
  }

  private static int served(List<SimNode> by) {
    var served = new SlotSet();
    for (SimNode node : by) {
      if (node.ready() && node.isPrimary() && node.pulse().serves()) {
        served.addAll(node.pulse().slots());
      }
    }
    return served.count();
  }

  @Test
  void othersServeTheSlotsOfAZoneThatIsLost() {
    SeedLoop.forEach(
        SEEDS,
        seed -> {
          var c = inThreeZones(seed);
          for (String name : names(c, "a")) c.powerOff(name);
          c.waitUntil("all is served", 30_000, () -> served(c.nodes()) == Slots.COUNT);
          for (String name : names(c, "a")) c.restart(name);
          c.converges();
          for (String name : names(c, "a")) assertThat(c.node(name).isPrimary()).isFalse();
        });
  }

  @Test
  void aZoneThatIsCutOffServesNobodyUntilItIsBack() {
    SeedLoop.forEach(
        SEEDS,
        seed -> {
          var c = inThreeZones(seed);
          c.isolate(names(c, "b"));
          List<SimNode> others = c.nodes().stream().filter(it -> !it.zone().equals("b")).toList();
          c.waitUntil("all is served", 30_000, () -> served(others) == Slots.COUNT);
          c.passesTimeouts(1);
          assertThat(served(c.zone("b"))).isZero();
          c.heal().converges();
          assertThat(served(c.zone("b"))).isZero();
        });
  }

  /**
   * Of two replicas with the same data one stands beside the primary, which may be lost with it.
   */
  @Test
  void theReplicaOfAnotherZoneIsElected() {
    SeedLoop.forEach(
        SEEDS,
        seed -> {
          var c = SimCluster.of(Topology.of(3, 2).inZones("a", "b"), seed, true, true);
          c.form();
          assertThat(c.node("p1").zone()).isEqualTo(c.node("r1b").zone());
          c.crash("p1").passesTimeouts(3).converges();
          c.expectPrimary("r1a", 0);
        });
  }

  @Test
  void aReplicaOfAnotherZoneMovesToAPrimaryThatLostItsOwn() {
    SeedLoop.forEach(
        SEEDS,
        seed -> {
          var c = inThreeZones(seed);
          c.crash("r3a").crash("r3b");
          SimNode orphan = c.node("p3");
          c.waitUntil(
              "somebody moves",
              60_000,
              () -> c.nodes().stream().anyMatch(node -> follows(node, orphan)));
          for (SimNode node : c.nodes()) {
            if (follows(node, orphan)) assertThat(node.zone()).isNotEqualTo(orphan.zone());
          }
        });
  }

  private static boolean follows(SimNode node, SimNode primary) {
    return node.running() && primary.id().equals(node.following());
  }

  /** Not checked at every event, for there are too many. */
  @Test
  void aThirdOfSixtyNodesIsReplacedWithoutWaitingForSecondAttempts() {
    SeedLoop.forEach(
        2,
        seed -> {
          var topology = Topology.of(20, 2).inZones("a", "b", "c");
          var c = SimCluster.of(topology, seed, false, false);
          c.startFormed();
          c.passesMs(10_000);
          for (String name : names(c, "a")) c.powerOff(name);
          // The classic rules try again after four node timeouts.
          long limitMs = 3 * Topology.NODE_TIMEOUT_MS;
          c.waitUntil("all is served", limitMs, () -> served(c.nodes()) == Slots.COUNT);
        });
  }
}
