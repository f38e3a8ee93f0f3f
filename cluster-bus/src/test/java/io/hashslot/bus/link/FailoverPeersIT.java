package io.hashslot.bus.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.NodeView;
import io.hashslot.peer.PeerServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Failovers in one cluster with redis-server 7.0.15 and valkey-server 8.0.1: our votes count there,
 * and theirs here.
 */
class FailoverPeersIT {
  private static final int THIRD = 5_461;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void ourVotesMakeAServerPrimary(PeerServer.Kind kind) {
    try (PeerServer replica = PeerServer.start(kind, folder.resolve("replica"));
        BusNode one = BusNode.start(folder.resolve("one"));
        BusNode two = BusNode.start(folder.resolve("two"))) {
      String primaryId;
      try (PeerServer primary = PeerServer.start(kind, folder.resolve("primary"))) {
        primaryId = primary.id();
        Greeting.until(
            "all to have met",
            () -> {
              meet(primary, replica);
              one.meet(primary.port(), primary.busPort());
              two.meet(primary.port(), primary.busPort());
            },
            () -> knows(replica, primary.id()) && knows(primary, one.id(), two.id()));
        give(one, 0, THIRD - 1);
        give(two, THIRD, 2 * THIRD - 1);
        primary.call("CLUSTER", "ADDSLOTSRANGE", "" + 2 * THIRD, "16383");
        awaitHealthy(one, two);
        assertThat(replica.call("CLUSTER", "REPLICATE", primaryId)).isEqualTo("OK");
        awaitTrue(
            "the replica to be in sync",
            () -> replica.call("INFO", "replication").contains("master_link_status:up"));
        awaitTrue("all to know the replica's role", () -> isReplica(one, replica.id()));
        awaitTrue("all to know the replica's role", () -> isReplica(two, replica.id()));
        Epochs.awaitAgreement(one, primary, replica);
        Epochs.awaitAgreement(two, primary, replica);
      }
      awaitTrue(
          "the replica to win with our votes",
          () -> replica.call("INFO", "replication").contains("role:master"));
      awaitHealthy(one, two);
      NodeView owner = one.view().owner(16_383);
      assertThat(owner).isNotNull().extracting(it -> it.id().text()).isEqualTo(replica.id());
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void theirVotesMakeUsPrimary(PeerServer.Kind kind) {
    try (PeerServer one = PeerServer.start(PeerServer.Kind.REDIS, folder.resolve("one"));
        PeerServer two = PeerServer.start(PeerServer.Kind.VALKEY, folder.resolve("two"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      try (PeerServer primary = PeerServer.start(kind, folder.resolve("primary"))) {
        Greeting.until(
            "all to have met",
            () -> {
              meet(primary, one);
              meet(primary, two);
              us.meet(primary.port(), primary.busPort());
            },
            () -> knows(primary, one.id(), two.id(), us.id()) && knows(one, us.id()));
        primary.call("CLUSTER", "ADDSLOTSRANGE", "0", "" + (THIRD - 1));
        one.call("CLUSTER", "ADDSLOTSRANGE", "" + THIRD, "" + (2 * THIRD - 1));
        two.call("CLUSTER", "ADDSLOTSRANGE", "" + 2 * THIRD, "16383");
        awaitHealthy(us);
        us.host.facts = new HostFacts(0, true, 0, false);
        assertThat(us.ask(new ClusterRequest.Replicate(primary.id()))).isEqualTo(Answer.OK);
        awaitTrue("the servers to know our role", () -> showsSlave(one, us) && showsSlave(two, us));
        Epochs.awaitAgreement(us, primary, one, two);
      }
      awaitTrue("us to win with their votes", () -> us.host.heard.contains("promote"));
      awaitTrue(
          "the servers to see our slots",
          () ->
              one.nodeLine(us.id()).endsWith(" 0-" + (THIRD - 1))
                  && two.nodeLine(us.id()).endsWith(" 0-" + (THIRD - 1)));
      assertThat(us.view().mine(0)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void weHelpAServerToTakeOurPlace(PeerServer.Kind kind) {
    try (PeerServer replica = PeerServer.start(kind, folder.resolve("replica"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      give(us, 0, 16_383);
      Greeting.until(
          "the server to know us",
          () -> us.meet(replica.port(), replica.busPort()),
          () -> knows(replica, us.id()));
      assertThat(replica.call("CLUSTER", "REPLICATE", us.id())).isEqualTo("OK");
      awaitTrue("us to know its role", () -> isReplica(us, replica.id()));
      awaitTrue(
          "the server to take our place",
          () -> {
            replica.call("CLUSTER", "FAILOVER");
            return us.host.heard.stream().anyMatch(it -> it.startsWith("follow"));
          });
      assertThat(us.view().self().isReplica()).isTrue();
      awaitTrue(
          "the server to own all slots", () -> replica.nodeLine(replica.id()).endsWith(" 0-16383"));
    }
  }

  private static void give(BusNode node, int first, int last) {
    int[] slots = IntStream.rangeClosed(first, last).toArray();
    assertThat(node.ask(new ClusterRequest.AddSlots(slots))).isEqualTo(Answer.OK);
  }

  private static void meet(PeerServer server, PeerServer other) {
    server.call("CLUSTER", "MEET", "127.0.0.1", "" + other.port(), "" + other.busPort());
  }

  /** Nodes that have not answered yet go by names that somebody made up. */
  private static boolean knows(PeerServer server, String... ids) {
    String nodes = server.call("CLUSTER", "NODES");
    return Stream.of(ids).allMatch(nodes::contains);
  }

  private static boolean isReplica(BusNode observer, String id) {
    NodeView node = observer.view().node(id);
    return node != null && node.isReplica();
  }

  private static boolean showsSlave(PeerServer observer, BusNode node) {
    return observer.nodeLine(node.id()).contains("slave");
  }

  private static void awaitHealthy(BusNode... nodes) {
    for (BusNode node : nodes) {
      awaitTrue("a healthy cluster", () -> node.view().health().ok());
    }
  }

  private static void awaitTrue(String what, Callable<Boolean> condition) {
    await(what).atMost(BusNode.PATIENCE).ignoreExceptions().until(condition);
  }
}
