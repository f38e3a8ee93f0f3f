package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterRequest.Forget;
import io.hashslot.bus.core.ClusterRequest.Meet;
import io.hashslot.bus.core.ClusterRequest.Reset;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipScenarioTest {
  @Test
  void newcomerIsKnownToAllAfterMeetingOne() {
    var c = SimCluster.started(3, 0, 1);
    SimNode newcomer = c.newcomer("x");
    c.meet("p2", "x");
    c.passesTimeouts(2);
    for (SimNode node : c.nodes()) {
      assertThat(node.view().nodes()).hasSize(4).noneMatch(NodeView::inHandshake);
    }
    assertThat(newcomer.view().health().ok()).isTrue();
  }

  @Test
  void meetingNobodyEndsWithTheHandshakeTimeout() {
    var c = SimCluster.started(1, 0, 2);
    SimCluster.expectOk(c.request("p1", new Meet("10.9.9.9", 6379, 0)));
    c.passesMs(500);
    assertThat(c.node("p1").view().nodes()).hasSize(2).anyMatch(NodeView::inHandshake);
    c.passesTimeouts(2);
    assertThat(c.node("p1").view().nodes()).hasSize(1);
  }

  @Test
  void meetingOneselfLeavesNothingBehind() {
    var c = SimCluster.started(2, 0, 3);
    c.meet("p1", "p1");
    c.passesTimeouts(2).converges();
    assertThat(c.node("p1").view().nodes()).hasSize(2);
  }

  @Test
  void meetingBothWaysAtOnceMakesOneRecordEach() {
    var c = SimCluster.of(0, 0, 4);
    c.newcomer("x");
    c.newcomer("y");
    c.meet("x", "y");
    c.meet("y", "x");
    c.passesTimeouts(2);
    assertThat(c.node("x").view().nodes()).hasSize(2).noneMatch(NodeView::inHandshake);
    assertThat(c.node("y").view().nodes()).hasSize(2).noneMatch(NodeView::inHandshake);
  }

  @Test
  void forgottenNodeIsForgottenByAllAndDoesNotComeBackByGossip() {
    var c = SimCluster.started(3, 1, 5);
    NodeId gone = c.node("r3a").id();
    c.crash("r3a");
    SimCluster.expectOk(c.request("p1", new Forget(gone.text())));
    c.passesTimeouts(5);
    for (SimNode node : c.nodes()) {
      if (node.running()) assertThat(node.view().node(gone.text())).isNull();
    }
    SimCluster.expectOk(c.request("p1", new Forget(gone.text())));
  }

  @Test
  void forgottenNodeMayBeMetAgainWhenTheBanIsOver() {
    var c = SimCluster.started(3, 1, 6);
    NodeId id = c.node("r3a").id();
    c.crash("r3a");
    SimCluster.expectOk(c.request("p1", new Forget(id.text())));
    c.passesTimeouts(2).restart("r3a").meet("p1", "r3a").passesTimeouts(5);
    assertThat(c.node("p2").view().node(id.text())).as("the others remember the ban").isNull();
    c.passesMs(60_000).meet("p1", "r3a").converges();
  }

  @Test
  void nodeThatMovedToAnotherAddressIsFoundAgain() {
    var c = SimCluster.started(3, 1, 7);
    c.powerOff("p1").node("p1").moveTo("10.0.7.7");
    c.restart("p1").passesTimeouts(2).converges();
    NodeView moved = c.node("p2").view().node(c.node("p1").id().text());
    assertThat(moved).isNotNull().extracting(NodeView::ip).isEqualTo("10.0.7.7");
  }

  @Test
  void addressTakenOverByAnotherNodeIsNotTakenForTheOldOne() {
    var c = SimCluster.started(3, 1, 8);
    String address = c.node("r1a").host();
    NodeId old = c.node("r1a").id();
    c.powerOff("r1a").newcomerAt("x", address);
    c.passesTimeouts(3);
    NodeView record = c.node("p2").view().node(old.text());
    assertThat(record).isNotNull();
    assertThat(record.ip()).isEmpty();
    assertThat(record.linkUp()).isFalse();
  }

  @Test
  void equalConfigEpochsAreResolvedByThemselves() {
    var c = SimCluster.of(0, 0, 9);
    for (int i = 1; i <= 5; i++) c.newcomer("n" + i);
    for (int i = 2; i <= 5; i++) c.meet("n1", "n" + i);
    c.passesTimeouts(10);
    Set<Long> epochs = new HashSet<>();
    for (SimNode node : c.nodes()) epochs.add(node.view().self().configEpoch());
    assertThat(epochs).hasSize(5);
  }

  @Test
  void softResetKeepsTheNameAndForgetsTheOthers() {
    var c = SimCluster.started(3, 1, 10);
    NodeId id = c.node("r1a").id();
    SimCluster.expectOk(c.request("r1a", new Reset(false)));
    assertThat(c.node("r1a").view().nodes()).hasSize(1);
    assertThat(c.node("r1a").isPrimary()).isTrue();
    assertThat(c.node("r1a").following()).isNull();
    assertThat(c.node("r1a").id()).isEqualTo(id);
  }

  @Test
  void hardResetTakesANewNameAndForgetsTheEpochs() {
    var c = SimCluster.started(3, 0, 11);
    NodeId id = c.node("p3").id();
    SimCluster.expectOk(c.request("p3", new Reset(true)));
    assertThat(c.node("p3").id()).isNotEqualTo(id);
    assertThat(c.node("p3").view().summary().currentEpoch()).isZero();
    assertThat(c.node("p3").view().self().slots().isEmpty()).isTrue();
  }

  @Test
  void namesTravelAndDisappearAgain() {
    var c = SimCluster.started(2, 0, 12);
    SimNode p1 = c.node("p1");
    String id = p1.id().text();
    ClusterConfig before = p1.config();
    p1.configure(named(before, "one.example", "10.1.1.1"));
    c.passesTimeouts(1);
    NodeView seen = c.node("p2").view().node(id);
    assertThat(seen).isNotNull();
    assertThat(seen.hostname()).isEqualTo("one.example");
    assertThat(seen.clientIpv4()).isEqualTo("10.1.1.1");
    p1.configure(before);
    c.passesTimeouts(1);
    assertThat(c.node("p2").view().node(id)).isNotNull().extracting("hostname").isEqualTo("");
  }

  @Test
  void whoAnnouncesNoAddressAnyMoreIsFoundWhereItIs() {
    var c = SimCluster.started(2, 1, 15);
    SimNode p1 = c.node("p1");
    ClusterConfig before = p1.config();
    ClusterConfig.Announced old = before.announce();
    p1.configure(
        before.withAnnounce(
            new ClusterConfig.Announced(
                p1.host(), old.port(), old.tlsPort(), old.busPort(), "", "", "", "")));
    c.passesTimeouts(1);
    p1.configure(before);
    assertThat(p1.view().self().ip()).isEmpty();
    c.passesTimeouts(1).converges();
    assertThat(p1.view().self().ip()).isEqualTo(p1.host());
  }

  @Test
  void anAnnouncedAddressGoesBeforeTheSeenOne() {
    var c = SimCluster.started(2, 0, 16);
    SimNode p1 = c.node("p1");
    ClusterConfig.Announced old = p1.config().announce();
    p1.configure(
        p1.config()
            .withAnnounce(
                new ClusterConfig.Announced("10.8.8.8", old.port(), 0, 7, "", "", "", "")));
    c.passesMs(1_000);
    assertThat(p1.view().self().ip()).isEqualTo("10.8.8.8");
    NodeView seen = c.node("p2").view().node(p1.id().text());
    assertThat(seen).isNotNull();
    assertThat(seen.ip()).isEqualTo("10.8.8.8");
    assertThat(seen.busPort()).isEqualTo(7);
  }

  private static ClusterConfig named(ClusterConfig config, String hostname, String clientIpv4) {
    ClusterConfig.Announced old = config.announce();
    return config.withAnnounce(
        new ClusterConfig.Announced(
            old.ip(), old.port(), old.tlsPort(), old.busPort(), hostname, "", clientIpv4, ""));
  }

  @Test
  void replicasAreInTheShardOfTheirPrimary() {
    var c = SimCluster.started(2, 2, 13);
    for (SimNode observer : c.nodes()) {
      for (NodeView node : observer.view().nodes()) {
        NodeId primary = node.primary();
        if (primary == null) continue;
        NodeView itsPrimary = observer.view().node(primary.text());
        assertThat(itsPrimary).isNotNull().extracting("shard").isEqualTo(node.shard());
      }
    }
  }

  @Test
  void messagesReachAllNodesAndShardMessagesTheShard() {
    var c = SimCluster.started(2, 1, 14);
    c.node("p1").broadcast("news", "hello", false);
    c.node("p1").broadcast("{a}x", "mine", true);
    c.passesMs(100);
    assertThat(c.node("p2").delivered()).containsExactly("news:hello");
    assertThat(c.node("r2a").delivered()).containsExactly("news:hello");
    assertThat(c.node("r1a").delivered()).containsExactlyInAnyOrder("news:hello", "{a}x:mine");
    assertThat(c.node("p1").delivered()).isEmpty();
  }
}
