package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterRequest.CountFailureReports;
import io.hashslot.bus.core.NodeView;
import org.junit.jupiter.api.Test;

class FailureScenarioTest {
  private static NodeView seen(SimCluster c, String observer, String node) {
    NodeView view = c.node(observer).view().node(c.node(node).id().text());
    if (view == null) throw new AssertionError(observer + " does not know " + node);
    return view;
  }

  @Test
  void oneNodeAloneSuspectsButDoesNotDeclare() {
    var c = SimCluster.started(3, 1, 1);
    c.network().cut(c.node("p2").host(), c.node("p1").host());
    c.passesTimeouts(3);
    assertThat(seen(c, "p1", "p2").suspected()).isTrue();
    assertThat(seen(c, "p1", "p2").failed()).isFalse();
    assertThat(seen(c, "p3", "p2").failed()).isFalse();
    assertThat(c.node("p2").isPrimary()).isTrue();
    c.heal().converges();
  }

  @Test
  void minorityNeverDeclaresTheMajorityFailed() {
    var c = SimCluster.started(3, 1, 2);
    c.isolate("p1", "r2a", "r3a").passesTimeouts(5);
    assertThat(seen(c, "p1", "p2").suspected()).isTrue();
    assertThat(seen(c, "p1", "p2").failed()).isFalse();
    assertThat(c.node("r2a").isPrimary()).isFalse();
    c.heal().converges();
  }

  @Test
  void failureIsDeclaredAndReportsAreCounted() {
    var c = SimCluster.started(3, 1, 3);
    String id = c.node("r1a").id().text();
    c.powerOff("r1a").passesTimeouts(2);
    NodeView failed = c.node("p1").view().node(id);
    assertThat(failed).isNotNull();
    assertThat(failed.failed()).isTrue();
    assertThat(c.request("p1", new CountFailureReports(id)))
        .isIn(new Answer.Number(1), new Answer.Number(2));
  }

  @Test
  void failedReplicaThatAnswersIsTrustedAtOnce() {
    var c = SimCluster.started(3, 1, 4);
    c.isolate("r1a").passesTimeouts(2);
    assertThat(seen(c, "p2", "r1a").failed()).isTrue();
    c.heal().passesMs(3_000);
    assertThat(seen(c, "p2", "r1a").failed()).isFalse();
  }

  @Test
  void failedPrimaryWithSlotsIsTrustedAfterTwoTimeouts() {
    var c = SimCluster.started(3, 0, 5);
    c.isolate("p1").passesTimeouts(2);
    assertThat(seen(c, "p2", "p1").failed()).isTrue();
    c.heal().passesMs(500);
    assertThat(seen(c, "p2", "p1").failed()).isTrue();
    c.passesTimeouts(3).converges();
  }

  @Test
  void onlyPrimaryOfAClusterDeclaresItsDeadReplicaFailed() {
    var c = SimCluster.started(1, 1, 6);
    String id = c.node("r1a").id().text();
    c.crash("r1a").passesTimeouts(2);
    assertThat(c.node("p1").view().node(id)).isNotNull().matches(NodeView::failed);
    assertThat(c.node("p1").view().health().ok()).isTrue();
  }

  @Test
  void suspendedPrimaryFindsItselfReplacedWhenItWakesUp() {
    var c = SimCluster.started(3, 1, 7);
    c.node("p1").pause();
    c.passesTimeouts(4).node("p1").resume();
    c.converges().expectPrimary("r1a", 0).expectReplica("p1", "r1a");
  }

  @Test
  void replicaThatMayNotFailOverStaysAReplica() {
    var c = SimCluster.started(3, 1, 8);
    c.node("r1a").configure(c.node("r1a").config().withReplicaNoFailover(true));
    c.crash("p1").passesTimeouts(6);
    assertThat(c.node("r1a").isPrimary()).isFalse();
    assertThat(c.node("p2").view().health().ok()).isFalse();
  }

  @Test
  void replicaWithTooOldDataStaysAReplica() {
    var c = SimCluster.started(3, 1, 9);
    c.network().cut(c.node("p1").host(), c.node("r1a").host());
    c.network().cut(c.node("r1a").host(), c.node("p1").host());
    c.passesMs(40_000).crash("p1").passesTimeouts(6);
    assertThat(c.node("r1a").isPrimary()).isFalse();
  }

  @Test
  void dataOfAnyAgeIsGoodEnoughWithAFactorOfZero() {
    var c = SimCluster.started(3, 1, 9);
    ClusterConfig usual = c.node("r1a").config();
    c.node("r1a")
        .configure(
            new ClusterConfig(
                usual.nodeTimeoutMs(),
                0,
                usual.replicaNoFailover(),
                usual.migrationBarrier(),
                usual.allowReplicaMigration(),
                usual.requireFullCoverage(),
                usual.pingIntervalMs(),
                usual.replPingReplicaPeriodS(),
                usual.blacklistTtlS(),
                usual.tls(),
                usual.announce(),
                usual.manualFailoverTimeoutMs()));
    c.network().cut(c.node("p1").host(), c.node("r1a").host());
    c.network().cut(c.node("r1a").host(), c.node("p1").host());
    c.passesMs(40_000).crash("p1").passesTimeouts(6);
    assertThat(c.node("r1a").isPrimary()).isTrue();
  }

  @Test
  void twoPrimariesFailingTogetherAreBothReplaced() {
    var c = SimCluster.started(5, 1, 10);
    c.crash("p1").crash("p2").passesTimeouts(10);
    c.expectPrimary("r1a", 0).expectPrimary("r2a", 5_000).converges();
  }

  @Test
  void largerClusterReplacesTwoPrimariesAsWell() {
    var c = SimCluster.started(12, 1, 13);
    c.crash("p1").powerOff("p12").passesTimeouts(8);
    c.expectPrimary("r1a", 0).expectPrimary("r12a", 16_383).converges();
  }

  @Test
  void clusterThatLostPowerAltogetherServesAgain() {
    var c = SimCluster.started(3, 1, 11);
    for (SimNode node : c.nodes()) node.crash(false);
    c.passesMs(60_000);
    for (SimNode node : c.nodes()) node.start();
    c.converges();
  }

  @Test
  void freshlyStartedPrimaryWaitsBeforeItServes() {
    var c = SimCluster.started(3, 1, 12);
    c.crash("p1").restart("p1").passesMs(1_500);
    assertThat(c.node("p1").view().health().ok()).isFalse();
    c.passesMs(1_500);
    assertThat(c.node("p1").view().health().ok()).isTrue();
  }
}
