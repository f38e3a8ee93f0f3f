package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.Relay;
import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Full synchronisations over two connections, with Valkey 8.0 on the other side and with ourselves.
 */
class DualChannelIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DUAL = "--dual-channel-replication-enabled";
  private static final int KEYS = 2000;

  /** Microseconds for each key: what is so slow goes on until it is told not to be. */
  private static final String LONG = "20000";

  @TempDir Path folder;

  private RunningNode node(String name, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("--enable-debug-command", "yes"));
    words.addAll(Arrays.asList(more));
    return new RunningNode(folder.resolve(name), words.toArray(String[]::new));
  }

  private PeerServer valkey(String name, String... more) {
    List<String> words =
        new ArrayList<>(List.of("--cluster-enabled", "no", "--repl-diskless-sync-delay", "0"));
    words.addAll(Arrays.asList(more));
    return PeerServer.start(
        PeerServer.Kind.VALKEY, folder.resolve(name), words.toArray(String[]::new));
  }

  @Test
  void aValkeyTakesOurSnapshotBesideTheStream() throws Exception {
    try (RunningNode primary = node("primary", DUAL, "yes");
        PeerServer replica = valkey("replica", DUAL, "yes")) {
      fill(primary.port());
      follow(replica.port(), primary.port());
      awaitSame(primary.port(), replica.port());
      assertThat(info(primary.port(), "stats", "sync_full")).isEqualTo("1");
      assertThat(info(primary.port(), "stats", "sync_partial_ok")).isEqualTo("1");
      assertThat(replica.log()).contains("initialize RDB channel");
      await(
          "the row of an ordinary replica",
          () -> info(primary.port(), "replication", "slave0").endsWith(",type=replica"));
      assertThat(info(primary.port(), "replication", "connected_slaves")).isEqualTo("1");
      assertThat(info(primary.port(), "replication", "replicas_waiting_psync")).isEqualTo("0");
      assertThat(call(primary.port(), "WAIT", "1", "60000")).isEqualTo("1");
    }
  }

  @Test
  void weTakeTheSnapshotOfAValkeyBesideTheStream() throws Exception {
    try (PeerServer primary = valkey("primary", DUAL, "yes");
        RunningNode replica = node("replica", DUAL, "yes", "--key-load-delay", LONG)) {
      fill(primary.port());
      follow(replica.port(), primary.port());
      await(
          "the main channel",
          () -> call(primary.port(), "INFO", "replication").contains("type=main-channel"));
      write(primary.port(), "meanwhile", 500);
      await(
          "what waits",
          () -> number(info(replica.port(), "replication", "replicas_repl_buffer_size")) > 10_000);
      assertThat(info(replica.port(), "replication", "master_sync_in_progress")).isEqualTo("1");
      call(replica.port(), "CONFIG", "SET", "key-load-delay", "0");
      awaitSame(primary.port(), replica.port());
      assertThat(info(primary.port(), "stats", "sync_full")).isEqualTo("1");
      assertThat(info(primary.port(), "stats", "sync_partial_ok")).isEqualTo("1");
      await(
          "nothing that waits",
          () -> info(replica.port(), "replication", "replicas_repl_buffer_size").equals("0"));
      assertThat(number(info(replica.port(), "replication", "replicas_repl_buffer_peak")))
          .isGreaterThan(10_000);
      assertThat(info(replica.port(), "replication", "master_replid"))
          .isEqualTo(info(primary.port(), "replication", "master_replid"));
    }
  }

  @Test
  void whatIsTooMuchForTheReplicaWaitsAtThePrimary() throws Exception {
    try (PeerServer primary = valkey("primary", DUAL, "yes");
        RunningNode replica = node("replica", DUAL, "yes", "--key-load-delay", LONG)) {
      fill(primary.port());
      // The backlog is the least limit there can be.
      call(replica.port(), "CONFIG", "SET", "repl-backlog-size", "16384");
      call(replica.port(), "CONFIG", "SET", "client-output-buffer-limit", "replica 20000 0 0");
      follow(replica.port(), primary.port());
      await(
          "the main channel",
          () -> call(primary.port(), "INFO", "replication").contains("type=main-channel"));
      for (int i = 0; i < 20; i++) {
        write(primary.port(), "meanwhile" + i, 1000);
      }
      await(
          "the limit",
          () -> number(info(replica.port(), "replication", "replicas_repl_buffer_size")) >= 20_000);
      call(replica.port(), "CONFIG", "SET", "key-load-delay", "0");
      awaitSame(primary.port(), replica.port());
      // What one arrival brings may go beyond.
      assertThat(number(info(replica.port(), "replication", "replicas_repl_buffer_peak")))
          .isBetween(20_000L, 1_000_000L);
    }
  }

  @ParameterizedTest
  @CsvSource({"yes,no", "no,yes"})
  void whereOneSideDoesNotHaveItOneConnectionIsEnough(String ours, String theirs) throws Exception {
    try (RunningNode node = node("ours", DUAL, ours);
        PeerServer peer = valkey("theirs", DUAL, theirs);
        RunningNode below = node("below", DUAL, theirs)) {
      fill(node.port());
      follow(peer.port(), node.port());
      awaitSame(node.port(), peer.port());
      assertThat(info(node.port(), "stats", "sync_partial_ok")).isEqualTo("0");
      call(below.port(), "CONFIG", "SET", DUAL.substring(2), ours);
      follow(below.port(), peer.port());
      awaitSame(node.port(), below.port());
      assertThat(info(peer.port(), "stats", "sync_partial_ok")).isEqualTo("0");
    }
  }

  @Test
  void whicheverConnectionBreaksItIsTriedAgain() throws Exception {
    try (PeerServer primary = valkey("primary", DUAL, "yes", "--rdb-key-save-delay", "300");
        Relay relay = new Relay(primary.port());
        RunningNode replica = node("replica", DUAL, "yes")) {
      fill(primary.port());
      follow(replica.port(), relay.port());
      for (String type : List.of("rdb-channel", "main-channel")) {
        // On a busy machine it may be over before anybody looks.
        await(
            type,
            () ->
                !clients(primary.port(), type).isEmpty()
                    || info(replica.port(), "replication", "master_link_status").equals("up"));
        for (String row : clients(primary.port(), type)) {
          call(primary.port(), "CLIENT", "KILL", "ID", row);
        }
      }
      call(primary.port(), "CONFIG", "SET", "rdb-key-save-delay", "0");
      relay.cut();
      awaitSame(primary.port(), replica.port());
      write(primary.port(), "after", 100);
      awaitSame(primary.port(), replica.port());
    }
  }

  /** Ids of the connections of replicas: the snapshot's is the one that has said SYNC last. */
  private static List<String> clients(int port, String type) throws IOException {
    String command = type.equals("rdb-channel") ? "cmd=sync" : "cmd=psync";
    return call(port, "CLIENT", "LIST", "TYPE", "REPLICA")
        .lines()
        .filter(line -> line.contains(command))
        .map(line -> line.substring(3, line.indexOf(' ')))
        .toList();
  }

  @Test
  void weTakeOurOwnSnapshotBesideTheStreamInAChain() throws Exception {
    try (RunningNode top = node("top", DUAL, "yes");
        RunningNode middle = node("middle", DUAL, "yes", "--repl-diskless-load", "swapdb");
        RunningNode bottom = node("bottom", DUAL, "yes")) {
      fill(top.port());
      call(top.port(), "SELECT", "3");
      follow(middle.port(), top.port());
      awaitSame(top.port(), middle.port());
      write(top.port(), "more", 100);
      follow(bottom.port(), middle.port());
      awaitSame(top.port(), bottom.port());
      write(top.port(), "last", 100);
      awaitSame(top.port(), bottom.port());
      for (RunningNode upper : List.of(top, middle)) {
        assertThat(info(upper.port(), "stats", "sync_full")).isEqualTo("1");
        assertThat(info(upper.port(), "stats", "sync_partial_ok")).isEqualTo("1");
      }
    }
  }

  private static void fill(int port) throws IOException {
    write(port, "key", KEYS);
  }

  private static void write(int port, String prefix, int count) throws IOException {
    try (RespConnection connection = connect(port)) {
      List<Command> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        batch.add(Command.of("SELECT", "" + i % 3));
        batch.add(Command.of("SET", prefix + i, "value " + i));
        batch.add(Command.of("RPUSH", prefix + "list", "" + i));
      }
      connection.pipeline(batch);
    }
  }

  private static void follow(int replica, int primary) throws IOException {
    assertThat(call(replica, "REPLICAOF", "127.0.0.1", "" + primary)).startsWith("OK");
  }

  private static void awaitSame(int primary, int replica) {
    Awaitility.await("equal data")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(call(replica, "DEBUG", "DIGEST"))
                    .isNotEqualTo("0".repeat(40))
                    .isEqualTo(call(primary, "DEBUG", "DIGEST")));
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions()
        .until(condition);
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static String info(int port, String section, String field) throws IOException {
    return call(port, "INFO", section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  private static RespConnection connect(int port) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(20_000, 90_000));
  }

  private static String call(int port, String... words) throws IOException {
    try (RespConnection connection = connect(port)) {
      return switch (connection.call(words)) {
        case Reply.Simple simple -> simple.text();
        case Reply.Failure failure -> failure.text();
        case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
        case Reply.Int whole -> Long.toString(whole.value());
        case Reply other -> other.toString();
      };
    }
  }
}
