package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code cluster-write-acks} through a failover: what was acknowledged is there afterwards. */
@Timeout(240)
class WriteAcksIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  @Test
  void aReplicaThatLagsDoesNotTakeOverBeforeItsSiblingIsHeard() throws Exception {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            5,
            "--cluster-node-timeout",
            "2000",
            "--repl-diskless-sync-delay",
            "0",
            "--cluster-write-acks",
            "majority",
            "--cluster-write-acks-timeout",
            "30000");
    ServerProcess primary = nodes.get(0);
    ServerProcess fresh = nodes.get(1);
    ServerProcess lagging = nodes.get(2);
    TestCluster cluster =
        TestCluster.form(
            List.of(
                List.of(primary, fresh, lagging), List.of(nodes.get(3)), List.of(nodes.get(4))));
    List<String> keys = TestCluster.keysOf(primary, 100, "k:");
    cluster.write(keys.subList(0, 50));

    lagging.pause();
    primary.call("CLIENT", "KILL", "TYPE", "replica");
    TestCluster.until("the other one is back", () -> writes(primary, keys.get(50)));
    cluster.write(keys.subList(50, 100));
    fresh.pause();
    primary.kill();
    lagging.resume();
    TestCluster.until("the lagging one waits", () -> waits(lagging));
    assertThat(lagging.isPrimary()).isFalse();

    fresh.resume();
    TestCluster.until("one takes over", () -> fresh.isPrimary() || lagging.isPrimary());
    cluster.awaitHealthy();
    cluster.assertHolds(keys);

    ServerProcess heir = fresh.isPrimary() ? fresh : lagging;
    nodes.get(3).kill();
    nodes.get(4).kill();
    TestCluster.until(
        "writes are refused where no majority is", () -> refusesWrites(heir, keys.getFirst()));
  }

  /** An heir that was the last replica goes on when the old primary is back as its replica. */
  @Test
  void anHeirWithoutReplicasWaitsForOneAndKeepsItsPromiseWhenItIsForgotten() throws Exception {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            2,
            "--repl-diskless-sync-delay",
            "0",
            "--cluster-write-acks",
            "1",
            "--cluster-write-acks-timeout",
            "1000");
    ServerProcess primary = nodes.get(0);
    ServerProcess heir = nodes.get(1);
    TestCluster.form(List.of(List.of(primary, heir)));
    String key = TestCluster.keysOf(primary, 1, "k:").getFirst();
    TestCluster.until("the primary has a rule", () -> writes(primary, key));

    String id = primary.id();
    primary.kill();
    TestCluster.until(
        "the heir has heard the rule and takes over",
        () -> heir.isPrimary() || text(heir, "CLUSTER", "FAILOVER", "TAKEOVER").isEmpty());
    TestCluster.until(
        "it writes nothing alone", () -> text(heir, "SET", key, "alone").startsWith("NOREPLICAS "));
    primary.launch();
    TestCluster.until("it writes with its new replica", () -> writes(heir, key));

    // To a primary that was cut off its shard looks empty before it is demoted.
    heir.call("CONFIG", "SET", "cluster-write-acks", "majority");
    TestCluster.until("it writes as before", () -> writes(heir, key));
    heir.call("CONFIG", "SET", "cluster-write-acks-timeout", "2000");
    heir.call("CONFIG", "RESETSTAT");
    primary.pause();
    try (RespConnection client = heir.connect()) {
      client.send(Command.of("SET", key, "nobody has it"));
      client.flush();
      TestCluster.until(
          "it is done", () -> heir.call("INFO", "commandstats").contains("cmdstat_set:calls=1,"));
      heir.call("CLUSTER", "FORGET", id);
      assertThat(client.receive().asText()).startsWith("NOREPLICAS ");
    }
    heir.call("CONFIG", "SET", "cluster-write-acks", "0");
    TestCluster.until("the promise is given up", () -> writes(heir, key));
  }

  @Test
  void aPrimaryThatComesBackEmptyDoesNotTakeItsReplicasWithIt() throws Exception {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            4,
            // Nobody is to notice that it was away.
            "--cluster-node-timeout",
            "10000",
            "--repl-diskless-sync-delay",
            "0",
            "--cluster-write-acks",
            "1",
            "--cluster-write-acks-timeout",
            "30000");
    ServerProcess primary = nodes.get(0);
    ServerProcess replica = nodes.get(1);
    TestCluster cluster =
        TestCluster.form(
            List.of(List.of(primary, replica), List.of(nodes.get(2)), List.of(nodes.get(3))));
    List<String> keys = TestCluster.keysOf(primary, 100, "k:");
    cluster.write(keys);

    primary.kill();
    primary.launch();
    primary.awaitAnswer();
    TestCluster.until("the replica takes over", replica::isPrimary);
    cluster.awaitHealthy();
    cluster.assertHolds(keys);
    cluster.write(TestCluster.keysOf(replica, 10, "later:"));
  }

  private static boolean writes(ServerProcess server, String key) {
    return text(server, "SET", key, "value of " + key).equals("OK");
  }

  private static boolean refusesWrites(ServerProcess server, String key) {
    return text(server, "SET", key, "lost?").startsWith("CLUSTERDOWN ");
  }

  private static boolean waits(ServerProcess server) {
    try {
      return Files.readString(server.log()).contains("siblings have to be heard first");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(ServerProcess server, String... words) {
    try {
      return server.tryCall(words).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
