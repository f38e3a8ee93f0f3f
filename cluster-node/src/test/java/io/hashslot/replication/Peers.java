package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Servers of ours and real ones for the tests of replication, and what is asked of them. */
final class Peers {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Peers() {}

  /** A server of ours in this process. */
  static final class Ours implements AutoCloseable {
    final int port;
    final Node node;

    Ours(Path folder, String... options) throws Exception {
      this(Ports.next(), folder, options);
    }

    Ours(int port, Path folder, String... options) throws Exception {
      this.port = port;
      Files.createDirectories(folder);
      List<String> all =
          new ArrayList<>(
              List.of(
                  "--port",
                  "" + port,
                  "--bind",
                  "127.0.0.1",
                  "--dir",
                  folder.toString(),
                  "--save",
                  "",
                  "--repl-diskless-sync-delay",
                  "0"));
      all.addAll(Arrays.asList(options));
      node = Node.start(Config.of(all.toArray(String[]::new)));
    }

    @Override
    public void close() {
      node.close();
    }
  }

  /** Starts a real server that is in no cluster and lets no replica wait for others. */
  static PeerServer peer(PeerServer.Kind kind, Path folder, String... options) {
    List<String> all =
        new ArrayList<>(List.of("--cluster-enabled", "no", "--repl-diskless-sync-delay", "0"));
    all.addAll(Arrays.asList(options));
    return PeerServer.start(kind, folder, all.toArray(String[]::new));
  }

  static RespConnection connect(int port) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(20_000, 90_000));
  }

  static String call(int port, String... words) throws IOException {
    try (RespConnection connection = connect(port)) {
      return Peers.text(connection.call(words));
    }
  }

  static String text(Reply reply) {
    return switch (reply) {
      case Reply.Simple simple -> simple.text();
      case Reply.Failure failure -> failure.text();
      case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
      case Reply.Array array -> String.join("\n", array.items().stream().map(Peers::text).toList());
      case Reply.Int whole -> Long.toString(whole.value());
      default -> reply.toString();
    };
  }

  static void follow(int replica, int primary) throws IOException {
    assertThat(call(replica, "REPLICAOF", "127.0.0.1", "" + primary)).startsWith("OK");
  }

  static void awaitLink(PeerServer replica) {
    try {
      await(
          replica + " to be in step",
          () -> call(replica.port(), "INFO", "replication").contains("master_link_status:up"));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(replica.log(), e);
    }
  }

  static void awaitRole(int port, String word) {
    await(word, () -> call(port, "ROLE").lines().anyMatch(word::equals));
  }

  static String field(PeerServer server, String name) throws IOException {
    return field(server.port(), name);
  }

  /** A field of INFO, empty if there is none. */
  static String field(int port, String name) throws IOException {
    return call(port, "INFO")
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  static List<String> fields(int port) throws IOException {
    return call(port, "INFO", "replication")
        .lines()
        .filter(line -> line.contains(":"))
        .map(line -> line.substring(0, line.indexOf(':')))
        .toList();
  }

  static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).ignoreExceptions().until(condition);
  }
}
