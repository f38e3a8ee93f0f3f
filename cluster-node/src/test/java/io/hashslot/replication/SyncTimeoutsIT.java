package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import io.hashslot.replication.StandInPrimary.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a synchronisation in which one side stands still, or has to wait. */
class SyncTimeoutsIT {
  private static final int MB = 1 << 20;
  private static final String KEY_DELAY = "rdb-key-save-delay";

  @TempDir Path folder;

  /** Asks for everything, as a replica that reads nothing from then on. */
  private static void sync(RawClient replica) throws IOException {
    assertThat(replica.run("REPLCONF", "capa", "eof", "capa", "psync2")).isEqualTo("+OK");
    replica.send(RawClient.request("PSYNC", "?", "-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void aReplicaThatStopsReadingItsSnapshotIsLetGo(String diskless) throws Exception {
    try (RunningNode primary =
            new RunningNode(
                folder.resolve("primary"),
                "--repl-diskless-sync",
                diskless,
                "--repl-timeout",
                "2",
                "--rdbcompression",
                "no");
        RunningNode next = new RunningNode(folder.resolve("next"));
        RawClient client = primary.connect()) {
      // More than the buffers of a connection ever hold.
      String value = "v".repeat(MB / 2);
      for (int i = 0; i < 64; i++) {
        assertThat(client.run("SET", "key" + i, value)).isEqualTo("+OK");
      }
      try (RawClient stalled = RawClient.tcp(primary.port(), 64 << 10)) {
        sync(stalled);
        await("a snapshot for it", () -> client.info("stats", "sync_full").equals("1"));
        await(
            "it is let go",
            () ->
                client.info("replication", "connected_slaves").equals("0")
                    && held(client) < 4L * MB);
      }
      assertThat(client.run("CONFIG", "SET", "repl-timeout", "60")).isEqualTo("+OK");
      try (RawClient replica = next.connect()) {
        assertThat(replica.run("REPLICAOF", "127.0.0.1", "" + primary.port())).isEqualTo("+OK");
        await("the next one", () -> replica.info("replication", "master_link_status").equals("up"));
        assertThat(replica.run("DBSIZE")).isEqualTo(":64");
      }
    }
  }

  private static long held(RawClient client) throws IOException {
    return Long.parseLong(client.info("memory", "mem_total_replication_buffers"))
        + Long.parseLong(client.info("memory", "mem_clients_slaves"));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aPrimaryThatStandsStillIsAskedAnew(Stage stage) throws Exception {
    try (StandInPrimary primary = new StandInPrimary(stage);
        RunningNode replica = new RunningNode(folder.resolve("replica"), "--repl-timeout", "1");
        RawClient client = replica.connect()) {
      assertThat(client.run("REPLICAOF", "127.0.0.1", "" + primary.port())).isEqualTo("+OK");
      await("another connection", () -> primary.connections() > 1);
    }
  }

  @Test
  void aSynchronisationWaitsForTheRewriteOfTheAppendOnlyFile() throws Exception {
    try (RunningNode primary = new RunningNode(folder.resolve("primary"), "--appendonly", "yes");
        RawClient client = primary.connect()) {
      rewriteForLong(client);
      try (RawClient replica = primary.connect()) {
        sync(replica);
        await("it waits", () -> waitsForTheRewrite(client));
        // Switched off, what is rewritten is given up.
        assertThat(client.run("CONFIG", "SET", KEY_DELAY, "0", "appendonly", "no"))
            .isEqualTo("+OK");
        assertThat(answer(replica)).startsWith("+FULLRESYNC ");
      }
    }
  }

  @Test
  void soItDoesInValkey() throws Exception {
    try (PeerServer primary =
            Peers.peer(PeerServer.Kind.VALKEY, folder.resolve("primary"), "--appendonly", "yes");
        RawClient client = RawClient.tcp(primary.port())) {
      rewriteForLong(client);
      try (RawClient replica = RawClient.tcp(primary.port())) {
        sync(replica);
        await("it waits", () -> waitsForTheRewrite(client));
      }
    }
  }

  private static void rewriteForLong(RawClient client) throws IOException {
    await(
        "files that are in order",
        () -> client.info("persistence", "aof_rewrite_in_progress").equals("0"));
    assertThat(client.run("SET", "k", "v")).isEqualTo("+OK");
    assertThat(client.run("CONFIG", "SET", KEY_DELAY, "60000000")).isEqualTo("+OK");
    assertThat(client.run("BGREWRITEAOF"))
        .isEqualTo("+Background append only file rewriting started");
  }

  /** Both is seen in one reply, so both is true of one moment. */
  private static boolean waitsForTheRewrite(RawClient client) throws IOException {
    String info = client.run("INFO", "everything");
    return info.contains("aof_rewrite_in_progress:1") && info.contains("state=wait_bgsave");
  }

  /** The next line, passing over empty ones, which say no more than that somebody is there. */
  private static String answer(RawClient replica) throws IOException {
    String text = replica.read(1);
    while (text.equals("\n")) {
      text = replica.read(1);
    }
    return text + replica.line();
  }
}
