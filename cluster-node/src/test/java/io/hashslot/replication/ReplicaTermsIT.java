package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What directives say about replicas, where nothing else in the tests depends on it. */
class ReplicaTermsIT {
  @TempDir Path folder;

  private static void follow(RawClient replica, int port) throws Exception {
    assertThat(replica.run("REPLICAOF", "127.0.0.1", "" + port)).isEqualTo("+OK");
    await("the link", () -> replica.info("replication", "master_link_status").equals("up"));
  }

  /** Asks for everything and returns the answer. */
  private static RawClient sync(RawClient replica) throws IOException {
    assertThat(replica.run("REPLCONF", "capa", "eof", "capa", "psync2")).isEqualTo("+OK");
    return replica.send(RawClient.request("PSYNC", "?", "-1"));
  }

  /** The next line, passing over empty ones, which say no more than that somebody is there. */
  private static String line(RawClient from) throws IOException {
    String text = from.read(1);
    while (text.equals("\n")) {
      text = from.read(1);
    }
    return text + from.line();
  }

  @Test
  void aReplicaSaysWhereItIsAndWhatItIsWorth() throws Exception {
    try (PeerServer primary = Peers.peer(PeerServer.Kind.VALKEY, folder.resolve("primary"));
        RawClient there = RawClient.tcp(primary.port());
        RunningNode replica =
            new RunningNode(
                folder.resolve("replica"),
                "--replica-announce-ip",
                "192.0.2.7",
                "--replica-announce-port",
                "4242",
                "--replica-announced",
                "no",
                "--replica-priority",
                "7");
        RawClient client = replica.connect()) {
      follow(client, primary.port());
      await(
          "its place in the list",
          () ->
              there
                  .info("replication", "slave0")
                  .startsWith("ip=192.0.2.7,port=4242,state=online,"));
      assertThat(client.info("replication", "slave_priority")).isEqualTo("7");
      assertThat(client.info("replication", "replica_announced")).isEqualTo("0");
      assertThat(client.run("CONFIG", "SET", "replica-announced", "yes")).isEqualTo("+OK");
      assertThat(client.info("replication", "replica_announced")).isEqualTo("1");
    }
  }

  @Test
  void theLimitOfMemoryIsThePrimarysBusiness() throws Exception {
    try (RunningNode primary = new RunningNode(folder.resolve("primary"));
        RawClient there = primary.connect();
        RunningNode replica =
            new RunningNode(
                folder.resolve("replica"),
                "--maxmemory",
                "1",
                "--maxmemory-policy",
                "allkeys-random");
        RawClient client = replica.connect()) {
      follow(client, primary.port());
      for (int i = 0; i < 100; i++) {
        assertThat(there.run("SET", "key" + i, "v".repeat(1000))).isEqualTo("+OK");
      }
      await("all keys", () -> client.run("DBSIZE").equals(":100"));
      assertThat(client.info("stats", "evicted_keys")).isEqualTo("0");
    }
  }

  @Test
  void aReplicaThatIsSilentForTooLongIsNoGoodOne() throws Exception {
    try (RunningNode primary =
            new RunningNode(
                folder.resolve("primary"),
                "--min-replicas-to-write",
                "1",
                "--min-replicas-max-lag",
                "3600",
                "--repl-ping-replica-period",
                "3600",
                "--repl-timeout",
                "3600");
        RawClient client = primary.connect();
        RawClient replica = primary.connect()) {
      String answer = line(sync(replica));
      assertThat(answer).startsWith("+FULLRESYNC ");
      String mark = line(replica).substring("$EOF:".length());
      StringBuilder snapshot = new StringBuilder();
      while (snapshot.indexOf(mark) < 0) {
        snapshot.append(replica.read(1));
      }
      String offset = answer.substring(answer.lastIndexOf(' ') + 1);
      replica.send(RawClient.request("REPLCONF", "ACK", offset));
      await("a good replica", () -> client.run("SET", "k", "v").equals("+OK"));
      assertThat(client.run("CONFIG", "SET", "min-replicas-max-lag", "1")).isEqualTo("+OK");
      await("none", () -> client.run("SET", "k", "v").startsWith("-NOREPLICAS "));
      assertThat(client.info("replication", "connected_slaves")).isEqualTo("1");
      assertThat(client.info("replication", "min_slaves_good_slaves")).isEqualTo("0");
    }
  }

  @Test
  void aSnapshotBeginsWhenAsManyReplicasWaitAsAreToShareIt() throws Exception {
    try (RunningNode primary =
            new RunningNode(
                folder.resolve("primary"),
                "--repl-diskless-sync-delay",
                "3600",
                "--repl-diskless-sync-max-replicas",
                "2");
        RawClient client = primary.connect();
        RawClient first = primary.connect();
        RawClient second = primary.connect()) {
      assertThat(client.run("SET", "k", "v")).isEqualTo("+OK");
      sync(first);
      await("it waits", () -> client.info("replication", "slave0").contains("state=wait_bgsave"));
      assertThat(line(sync(second))).startsWith("+FULLRESYNC ").isEqualTo(line(first));
    }
  }
}
