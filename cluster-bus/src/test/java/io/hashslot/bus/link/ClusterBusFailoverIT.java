package io.hashslot.bus.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.NodeView;
import io.hashslot.peer.PeerServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elections in which real servers and we vote for, and stand for, each other. */
class ClusterBusFailoverIT {
  /** The replication link of a replica in sync: nothing written so far. */
  private static final HostFacts IN_SYNC = new HostFacts(0, true, 0, false);

  private static final HostFacts PRIMARY_LOST = new HostFacts(0, false, 0, false);

  @TempDir private Path folder;

  /** Three of three primaries count, one is dead: without our vote there is no majority. */
  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void ourVoteMakesAServersReplicaThePrimary(PeerServer.Kind kind) {
    try (PeerServer doomed = PeerServer.start(kind, folder.resolve("doomed"));
        PeerServer replica = PeerServer.start(kind, folder.resolve("replica"));
        PeerServer other = PeerServer.start(kind, folder.resolve("other"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      form(us, doomed, replica, other);
      doomed.call("CLUSTER", "ADDSLOTSRANGE", "0", "5460");
      other.call("CLUSTER", "ADDSLOTSRANGE", "5461", "10922");
      us.ask(new ClusterRequest.AddSlots(IntStream.rangeClosed(10923, 16383).toArray()));
      assertThat(replica.call("CLUSTER", "REPLICATE", doomed.id())).isEqualTo("OK");
      awaitHealth(us, other);
      await("the replica to be in sync")
          .atMost(BusNode.PATIENCE)
          .until(() -> replica.call("INFO", "replication").contains("master_link_status:up"));
      String id = replica.id();
      await().atMost(BusNode.PATIENCE).until(() -> isReplica(us.view().node(id)));
      Epochs.awaitAgreement(us, doomed, replica, other);

      doomed.close();

      await("the replica to own the slots in our eyes")
          .atMost(BusNode.PATIENCE)
          .until(() -> us.view().owner(0) != null && us.view().owner(0).id().text().equals(id));
      awaitHealth(us, other);
      assertThat(replica.nodeLine(id)).contains("myself,master").endsWith(" 0-5460");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void serversVoteUsIntoTheirDeadPrimarysPlace(PeerServer.Kind kind) {
    try (PeerServer doomed = PeerServer.start(kind, folder.resolve("doomed"));
        PeerServer one = PeerServer.start(kind, folder.resolve("one"));
        PeerServer two = PeerServer.start(kind, folder.resolve("two"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      form(us, doomed, one, two);
      doomed.call("CLUSTER", "ADDSLOTSRANGE", "0", "5460");
      one.call("CLUSTER", "ADDSLOTSRANGE", "5461", "10922");
      two.call("CLUSTER", "ADDSLOTSRANGE", "10923", "16383");
      awaitHealth(us, one);
      becomeReplicaOf(us, doomed, one, two);
      Epochs.awaitAgreement(us, doomed, one, two);

      doomed.close();
      us.host.facts = PRIMARY_LOST;

      try {
        await("to be promoted")
            .atMost(BusNode.PATIENCE)
            .until(() -> us.host.heard.contains("promote"));
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(us.view().nodes() + "\n" + one.log() + "\n" + two.log(), e);
      }
      for (PeerServer server : new PeerServer[] {one, two}) {
        await(server + " to see us own the slots")
            .atMost(BusNode.PATIENCE)
            .until(() -> server.nodeLine(us.id()).endsWith(" 0-5460"));
        assertThat(server.nodeLine(us.id())).contains("master");
      }
      awaitHealth(us, one);
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void aServerHandsItsPlaceOverToUs(PeerServer.Kind kind) {
    try (PeerServer retiring = PeerServer.start(kind, folder.resolve("retiring"));
        PeerServer one = PeerServer.start(kind, folder.resolve("one"));
        PeerServer two = PeerServer.start(kind, folder.resolve("two"));
        BusNode us = BusNode.start(folder.resolve("us"))) {
      form(us, retiring, one, two);
      retiring.call("CLUSTER", "ADDSLOTSRANGE", "0", "5460");
      one.call("CLUSTER", "ADDSLOTSRANGE", "5461", "10922");
      two.call("CLUSTER", "ADDSLOTSRANGE", "10923", "16383");
      awaitHealth(us, one);
      becomeReplicaOf(us, retiring, one, two);
      Epochs.awaitAgreement(us, retiring, one, two);

      // Given up after five seconds.
      Greeting.until(
          "to be promoted",
          () -> us.ask(new ClusterRequest.Failover(ClusterRequest.FailoverMode.COOPERATIVE)),
          () -> us.host.heard.contains("promote"));
      await("the old primary to follow us")
          .atMost(BusNode.PATIENCE)
          .until(() -> retiring.nodeLine(retiring.id()).contains("myself,slave " + us.id()));
    }
  }

  /** All meet, and all are connected with all. */
  private static void form(BusNode us, PeerServer... servers) {
    Greeting.until(
        "a full mesh",
        () -> Arrays.stream(servers).forEach(s -> us.meet(s.port(), s.busPort())),
        () ->
            Arrays.stream(servers)
                .allMatch(
                    s ->
                        us.isConnectedTo(s.id())
                            && s.call("CLUSTER", "NODES").lines().count() == servers.length + 1
                            && !s.call("CLUSTER", "NODES").contains("handshake")
                            && !s.call("CLUSTER", "NODES").contains("disconnected")));
  }

  private static void becomeReplicaOf(BusNode us, PeerServer primary, PeerServer... witnesses) {
    us.host.facts = IN_SYNC;
    assertThat(us.ask(new ClusterRequest.Replicate(primary.id()))).isEqualTo(Answer.OK);
    await("to follow").until(() -> us.host.heard.contains("follow 127.0.0.1:" + primary.port()));
    for (PeerServer witness : witnesses) {
      await(witness + " to see us as a replica")
          .atMost(BusNode.PATIENCE)
          .until(() -> witness.nodeLine(us.id()).contains("slave " + primary.id()));
    }
    await(primary + " to know its replica")
        .atMost(BusNode.PATIENCE)
        .until(() -> primary.nodeLine(us.id()).contains("slave " + primary.id()));
  }

  private static boolean isReplica(NodeView node) {
    return node != null && node.isReplica();
  }

  private static void awaitHealth(BusNode us, PeerServer server) {
    await("the cluster to be healthy in our eyes and in those of " + server)
        .atMost(BusNode.PATIENCE)
        .until(
            () ->
                us.view().health().ok()
                    && server.call("CLUSTER", "INFO").contains("cluster_state:ok"));
  }
}
