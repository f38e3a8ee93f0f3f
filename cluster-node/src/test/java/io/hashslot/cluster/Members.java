package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Nodes of one cluster, ours in this process and real ones. None is suspected while a test runs:
 * the node timeout is long.
 */
final class Members implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> OPTIONS =
      List.of("--cluster-node-timeout", "60000", "--repl-diskless-sync-delay", "0");
  private static final List<String> NEWS_SPREAD_SOON = List.of("--cluster-ping-interval", "100");

  private final Path folder;
  private final List<AutoCloseable> running = new ArrayList<>();
  private int started;

  Members(Path folder) {
    this.folder = folder;
  }

  /** One server, whoever made it; {@code process} is null if it is ours. */
  record Member(String name, int port, int busPort, Path folder, PeerServer process) {
    String call(String... words) throws IOException {
      try (RespConnection connection = connect()) {
        return text(connection.call(words));
      }
    }

    RespConnection connect() throws IOException {
      return RespConnection.open(
          new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(5_000, 60_000));
    }

    String id() throws IOException {
      return call("CLUSTER", "MYID");
    }

    /** Whether CLUSTER NODES has this text, and nodes.conf too. */
    boolean remembers(String text) throws IOException {
      return call("CLUSTER", "NODES").contains(text)
          && Files.readString(folder.resolve("nodes.conf")).contains(text);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A reply as text, the elements of an aggregate with blanks between them. */
  static String text(Reply reply) {
    return switch (reply) {
      case Reply.Int whole -> Long.toString(whole.value());
      case Reply.Array array ->
          array.items().stream().map(Members::text).collect(Collectors.joining(" "));
      default -> reply.asText();
    };
  }

  /** Starts one of ours. */
  Member ours(String... options) throws Exception {
    Path here = folder.resolve("ours" + ++started);
    int busPort = Ports.next();
    List<String> all = new ArrayList<>(OPTIONS);
    all.addAll(List.of("--cluster-enabled", "yes", "--cluster-port", "" + busPort));
    all.addAll(List.of("--enable-debug-command", "yes"));
    // Slots that move are given back when writers have waited for twice as long.
    all.addAll(List.of("--cluster-manual-failover-timeout", "30000"));
    all.addAll(NEWS_SPREAD_SOON);
    all.addAll(Arrays.asList(options));
    RunningNode node = new RunningNode(here, all.toArray(String[]::new));
    running.add(node);
    return new Member("ours" + started, node.port(), busPort, here, null);
  }

  /** Starts a real one. */
  Member real(PeerServer.Kind kind, String... options) {
    Path here = folder.resolve("real" + ++started);
    List<String> all = new ArrayList<>(OPTIONS);
    if (kind == PeerServer.Kind.VALKEY) {
      all.addAll(NEWS_SPREAD_SOON);
    }
    all.addAll(Arrays.asList(options));
    PeerServer server = PeerServer.start(kind, here, all.toArray(String[]::new));
    running.add(server);
    return new Member(server.toString(), server.port(), server.busPort(), here, server);
  }

  /** Waits, with a bound. */
  static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(LIMIT).until(condition);
  }

  /** Others meet the first, and all come to know all. */
  static void join(Member first, Member... others) throws IOException {
    for (Member other : others) {
      first.call("CLUSTER", "MEET", "127.0.0.1", "" + other.port(), "" + other.busPort());
    }
    for (Member other : others) {
      until(other + " knows everybody", () -> knowTheSame(first, other));
    }
  }

  private static boolean knowTheSame(Member one, Member other) throws IOException {
    String its = one.call("CLUSTER", "NODES");
    String others = other.call("CLUSTER", "NODES");
    return !(its + others).contains("handshake")
        && its.contains(other.id())
        && others.contains(one.id())
        && ids(its).equals(ids(others));
  }

  private static List<String> ids(String nodes) {
    return nodes.lines().map(line -> line.split(" ")[0]).sorted().toList();
  }

  /** Makes a replica, and waits until it is in step. */
  static void follow(Member replica, Member primary) throws IOException {
    String primaryId = primary.id();
    until(
        replica + " knows " + primary, () -> replica.call("CLUSTER", "NODES").contains(primaryId));
    assertThat(replica.call("CLUSTER", "REPLICATE", primaryId)).isEqualTo("OK");
    until(
        replica + " is in step with " + primary,
        () ->
            replica.call("INFO", "replication").contains("master_link_status:up")
                && primary
                    .call("INFO", "replication")
                    .contains("port=" + replica.port() + ",state=online"));
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : running.reversed()) {
      each.close();
    }
  }
}
