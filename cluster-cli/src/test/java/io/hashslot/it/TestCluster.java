package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Servers that form one cluster: shards of a primary and its replicas. */
final class TestCluster {
  /** Ten seconds. */
  private static final int POLLS_PER_GREETING = 200;

  private final List<ServerProcess> servers;

  private TestCluster(List<ServerProcess> servers) {
    this.servers = servers;
  }

  /** Servers that form a cluster already. */
  static TestCluster of(List<ServerProcess> servers) {
    return new TestCluster(List.copyOf(servers));
  }

  /**
   * Forms a cluster of servers that answer and know nothing yet, and waits until it serves.
   *
   * @param shards of each the first is the primary, the others its replicas
   */
  static TestCluster form(List<List<ServerProcess>> shards) {
    List<ServerProcess> all = shards.stream().flatMap(List::stream).toList();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
    }
    for (int i = 0; i < shards.size(); i++) {
      int from = i * Slots.COUNT / shards.size();
      int to = (i + 1) * Slots.COUNT / shards.size() - 1;
      shards.get(i).getFirst().call("CLUSTER", "ADDSLOTSRANGE", "" + from, "" + to);
    }
    meet(all);
    for (List<ServerProcess> shard : shards) {
      for (ServerProcess replica : shard.subList(1, shard.size())) {
        replica.call("CLUSTER", "REPLICATE", shard.getFirst().id());
      }
    }
    var cluster = new TestCluster(all);
    cluster.awaitHealthy();
    return cluster;
  }

  private static void meet(List<ServerProcess> all) {
    greet(
        all.getFirst(),
        all.subList(1, all.size()),
        () -> all.stream().allMatch(server -> knows(server, all.size())));
  }

  /**
   * One greets others, and once more if not all have met after a while: who did not answer within
   * the node timeout is forgotten, and on a machine that has too much to do that happens.
   */
  static void greet(ServerProcess one, List<ServerProcess> others, BooleanSupplier allHaveMet) {
    var polls = new AtomicInteger();
    until(
        one + " and " + others + " have met",
        () -> {
          if (polls.getAndIncrement() % POLLS_PER_GREETING == 0) {
            for (ServerProcess other : others) {
              one.call("CLUSTER", "MEET", other.endpoint().host(), "" + other.port());
            }
          }
          return allHaveMet.getAsBoolean();
        });
  }

  static boolean knows(ServerProcess server, int count) {
    List<String> lines = server.call("CLUSTER", "NODES").lines().toList();
    return lines.size() == count && lines.stream().noneMatch(line -> line.contains("handshake"));
  }

  /** Waits, with a bound, for something about servers that may not all answer at the moment. */
  static void until(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(ServerProcess.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(condition::getAsBoolean);
  }

  List<ServerProcess> servers() {
    return servers;
  }

  /**
   * Waits until every running server finds the cluster in order, holds the same table of slots as
   * the others, and every replica is in step with its primary.
   */
  void awaitHealthy() {
    until("the cluster is in order", this::isHealthy);
  }

  private boolean isHealthy() {
    List<String> tables = new ArrayList<>();
    for (ServerProcess server : running().toList()) {
      String info = server.call("CLUSTER", "INFO");
      if (!ServerProcess.field(info, "cluster_state").equals("ok")) return false;
      String replication = server.call("INFO", "replication");
      if (ServerProcess.field(replication, "role").equals("slave")
          && !ServerProcess.field(replication, "master_link_status").equals("up")) {
        return false;
      }
      tables.add(slotTable(server));
    }
    return tables.stream().distinct().count() == 1;
  }

  /**
   * Waits until every running server tells clients of all of them. CLUSTER SLOTS leaves out
   * replicas that still are at offset 0, so this needs a first write, or the first ping of each
   * primary.
   */
  void awaitListed() {
    until("clients hear of every node", () -> running().allMatch(this::listsAll));
  }

  private boolean listsAll(ServerProcess server) {
    try {
      Set<String> listed =
          server.tryCall("CLUSTER", "SLOTS").asItems().stream()
              .flatMap(range -> range.asItems().stream().skip(2))
              .map(node -> node.asItems().get(2).asText())
              .collect(Collectors.toSet());
      return running().allMatch(node -> listed.contains(node.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who has which slots and who follows whom, as one server sees it. */
  static String slotTable(ServerProcess server) {
    return String.join(
        "\n",
        server
            .call("CLUSTER", "NODES")
            .lines()
            .map(
                line -> {
                  String[] columns = line.split(" ", 9);
                  String flags = columns[2].replace("myself,", "");
                  String slots = columns.length > 8 ? columns[8] : "";
                  return String.join(" ", columns[0], flags, columns[3], slots);
                })
            .sorted()
            .toList());
  }

  Stream<ServerProcess> running() {
    return servers.stream().filter(ServerProcess::isRunning);
  }

  /** The server with this id. */
  ServerProcess byId(String id) {
    return running().filter(server -> server.id().equals(id)).findFirst().orElseThrow();
  }

  /** The replicas of a server, as it sees them itself. */
  List<ServerProcess> replicasOf(ServerProcess primary) {
    String id = primary.id();
    return primary
        .call("CLUSTER", "NODES")
        .lines()
        .map(line -> line.split(" "))
        .filter(columns -> columns[3].equals(id))
        .map(columns -> byId(columns[0]))
        .toList();
  }

  /** Who serves a key. */
  ServerProcess primaryOf(String key) {
    int slot = slotOf(key);
    return running()
        .filter(ServerProcess::isPrimary)
        .filter(server -> slotsOf(server).contains(slot))
        .findFirst()
        .orElseThrow();
  }

  /** The slots a server takes for its own. */
  static SlotSet slotsOf(ServerProcess server) {
    var slots = new SlotSet();
    server
        .call("CLUSTER", "NODES")
        .lines()
        .filter(line -> line.contains("myself"))
        .flatMap(line -> Stream.of(line.split(" ")).skip(8))
        .filter(range -> !range.startsWith("["))
        .map(range -> range.split("-"))
        .forEach(
            ends ->
                slots.addRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
    return slots;
  }

  /** Keys, this many, of slots that a server has at this moment. */
  static List<String> keysOf(ServerProcess primary, int count, String prefix) {
    SlotSet slots = slotsOf(primary);
    assertThat(slots.isEmpty()).as("%s has no slots", primary).isFalse();
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + i)
        .filter(key -> slots.contains(slotOf(key)))
        .limit(count)
        .toList();
  }

  private static int slotOf(String key) {
    return Slots.of(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Our own cluster client, which follows redirections. */
  ClusterClient client() {
    List<Endpoint> seeds = running().map(ServerProcess::endpoint).toList();
    return new ClusterClient(seeds, servers.getFirst().connectOptions());
  }

  /** Writes each key with a value that {@link #assertHolds} knows; all must be acknowledged. */
  void write(List<String> keys) throws IOException {
    try (var client = client()) {
      var sets = keys.stream().map(key -> Routed.byKey(Command.of("SET", key, "value of " + key)));
      assertThat(client.callAll(sets.toList())).allMatch(reply -> reply.asText().equals("OK"));
    }
  }

  /** Reads every key back through the cluster. */
  void assertHolds(List<String> keys) throws IOException {
    try (var client = client()) {
      var gets = keys.stream().map(key -> Routed.byKey(Command.of("GET", key)));
      assertThat(client.callAll(gets.toList()).stream().map(Reply::asText))
          .isEqualTo(keys.stream().map(key -> "value of " + key).toList());
    }
  }
}
