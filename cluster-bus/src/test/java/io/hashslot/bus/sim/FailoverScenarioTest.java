package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverScenarioTest {
  private static final int SLOT_OF_P1 = 0;

  @Test
  void membersMeetAgreeAndServe() {
    var c = SimCluster.started(3, 1, 1);
    assertThat(c.disagreement()).isNull();
    c.expectPrimary("p1", 0).expectPrimary("p2", 8_000).expectPrimary("p3", 16_383);
    c.expectReplica("r1a", "p1").expectReplica("r2a", "p2").expectReplica("r3a", "p3");
  }

  @Test
  void replicaTakesThePlaceOfACrashedPrimary() {
    var c = SimCluster.started(3, 1, 2);
    c.crash("p1").passesTimeouts(3);
    c.expectPrimary("r1a", SLOT_OF_P1).converges();
  }

  @Test
  void crashedPrimaryComesBackAsReplicaOfItsSuccessor() {
    var c = SimCluster.started(3, 1, 3);
    c.powerOff("p1").passesTimeouts(3).restart("p1").converges();
    c.expectPrimary("r1a", SLOT_OF_P1).expectReplica("p1", "r1a");
  }

  @Test
  void replicaWithTheFreshestDataWinsTheElection() {
    var c = SimCluster.started(3, 2, 4);
    c.isolate("r1b").write("p1", 100).passesMs(500);
    c.crash("p1").heal().passesTimeouts(4);
    c.expectPrimary("r1a", SLOT_OF_P1).converges();
    c.expectReplica("r1b", "r1a");
  }

  @Test
  void primaryOnTheMinoritySideStopsServing() {
    var c = SimCluster.started(3, 1, 5);
    c.isolate("p1").passesTimeouts(3);
    assertThat(c.node("p1").view().health().ok()).isFalse();
    assertThat(c.node("r1a").isPrimary()).isTrue();
    c.heal().converges().expectReplica("p1", "r1a");
  }

  @Test
  void cooperativeFailoverLosesNothingAndNeedsNoFailure() {
    var c = SimCluster.started(3, 1, 6);
    c.write("p1", 1_000);
    SimCluster.expectOk(c.request("r1a", new Failover(FailoverMode.COOPERATIVE)));
    c.passesMs(500).expectPrimary("r1a", SLOT_OF_P1).converges().expectReplica("p1", "r1a");
    // One more was under way when writes were held back.
    assertThat(c.node("r1a").offset()).isEqualTo(1_001);
    assertThat(c.node("p1").writesPaused()).isFalse();
  }

  @Test
  void forcedFailoverDoesNotAskThePrimary() {
    var c = SimCluster.started(3, 1, 7);
    SimCluster.expectOk(c.request("r1a", new Failover(FailoverMode.FORCE)));
    c.passesMs(500).expectPrimary("r1a", SLOT_OF_P1).converges();
  }

  @Test
  void takeoverWorksWithoutAMajority() {
    var c = SimCluster.started(3, 1, 8);
    c.crash("p1").crash("p2").crash("p3").passesTimeouts(3);
    assertThat(c.node("r1a").isPrimary()).isFalse();
    SimCluster.expectOk(c.request("r1a", new Failover(FailoverMode.TAKEOVER)));
    c.passesMs(500).expectPrimary("r1a", SLOT_OF_P1);
  }

  @Test
  void cooperativeFailoverIsGivenUpWhenThePrimaryDoesNotHelp() {
    var c = SimCluster.started(3, 1, 9);
    c.node("p1").pause();
    SimCluster.expectOk(c.request("r1a", new Failover(FailoverMode.COOPERATIVE)));
    c.passesMs(1_000);
    c.node("p1").resume();
    c.passesMs(10_000).converges();
  }

  @Test
  void onlyPrimaryOfASmallClusterIsReplacedByForce() {
    var c = SimCluster.started(1, 1, 10);
    c.crash("p1").passesTimeouts(4);
    assertThat(c.node("r1a").isPrimary()).isFalse();
    SimCluster.expectOk(c.request("r1a", new Failover(FailoverMode.TAKEOVER)));
    c.passesTimeouts(1).expectPrimary("r1a", SLOT_OF_P1);
  }

  @Test
  void spareReplicaMovesToAnOrphanedPrimary() {
    var c = SimCluster.started(3, 1, 11);
    c.newcomer("r1b");
    c.meet("p1", "r1b");
    c.passesTimeouts(1);
    c.replicate("r1b", "p1");
    c.passesTimeouts(2).crash("r2a").passesMs(12_000);
    boolean moved =
        c.node("p2").id().equals(c.node("r1b").following())
            || c.node("p2").id().equals(c.node("r1a").following());
    assertThat(moved).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4, 5, 6, 7, 10})
  void whoHasMissedThatItsPrimaryFailedComesToKnow(long seed) {
    var c = SimCluster.started(5, 1, seed);
    // Whoever declares the failure says so once, and is one of these with most seeds.
    for (String primary : List.of("p2", "p3", "p4")) c.cut(c.node(primary), c.node("r1a"), true);
    c.passesMs(500).powerOff("p1").passesTimeouts(4);
    c.heal().passesTimeouts(4);
    assertThat(c.node("r1a").isPrimary()).isTrue();
    c.converges();
  }
}
