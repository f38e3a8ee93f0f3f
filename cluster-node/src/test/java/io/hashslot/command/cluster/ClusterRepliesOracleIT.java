package io.hashslot.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The replies of CLUSTER and of redirections, beside those of redis-server and valkey-server: one
 * of each kind in one cluster with a primary and its replica, that all three see alike. Each of the
 * three has slots of its own: 1000 to 1009, 2000 to 2009, 3000 to 3009.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(SoftAssertionsExtension.class)
class ClusterRepliesOracleIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String STRANGER = "0123456789".repeat(4);

  /** Nobody is suspected while the test runs, and yet news spread at once. */
  private static final String[] PATIENT = {
    "--cluster-node-timeout", "60000", "--cluster-ping-interval", "100"
  };

  private static final List<String> OWN = List.of("1000", "2000", "3000");

  @TempDir private static Path folder;
  @InjectSoftAssertions private SoftAssertions softly;
  private static PeerServer head;
  private static PeerServer replica;
  private static PeerServer redis;
  private static PeerServer valkey;
  private static RunningNode ours;

  /** One of the servers whose replies are compared. */
  private record Judged(String name, RespConnection connection, String firstSlot, String id) {
    /** The reply as text; in the words some stand for what is particular to the server. */
    String reply(String... words) throws IOException {
      String[] own = new String[words.length];
      for (int i = 0; i < words.length; i++) {
        own[i] =
            switch (words[i]) {
              case "$own" -> firstSlot;
              case "$own-next" -> "" + (Integer.parseInt(firstSlot) + 1);
              case "$me" -> id;
              case "$head" -> head.id();
              case "$replica" -> replica.id();
              default -> words[i];
            };
      }
      return shape(connection.call(own));
    }

    /** The same with what is particular to the server replaced. */
    String neutral(String... words) throws IOException {
      return reply(words).replace(id, "$me").replace(firstSlot, "$own");
    }
  }

  private static final List<Judged> JUDGED = new ArrayList<>();

  private static Judged ours() {
    return JUDGED.get(0);
  }

  private static Judged valkey() {
    return JUDGED.get(1);
  }

  private static Judged redis() {
    return JUDGED.get(2);
  }

  private static String shape(Reply reply) {
    return switch (reply) {
      case Reply.Simple simple -> "+" + simple.text();
      case Reply.Failure failure -> "-" + failure.text();
      case Reply.Bulk bulk -> bulk.text();
      case Reply.Int whole -> ":" + whole.value();
      case Reply.Array array ->
          array.items().stream()
              .map(ClusterRepliesOracleIT::shape)
              .collect(Collectors.joining(" ", "[", "]"));
      default -> reply.toString();
    };
  }

  @BeforeAll
  static void oneClusterOfAllKinds() throws Exception {
    head = PeerServer.start(PeerServer.Kind.VALKEY, folder.resolve("head"), PATIENT);
    replica = PeerServer.start(PeerServer.Kind.VALKEY, folder.resolve("replica"), PATIENT);
    valkey = PeerServer.start(PeerServer.Kind.VALKEY, folder.resolve("valkey"), PATIENT);
    redis =
        PeerServer.start(
            PeerServer.Kind.REDIS, folder.resolve("redis"), "--cluster-node-timeout", "60000");
    int busPort = Ports.next();
    ours =
        new RunningNode(
            folder.resolve("ours"),
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "60000",
            "--cluster-ping-interval",
            "100",
            "--cluster-port",
            "" + busPort);
    int[] ports = {ours.port(), valkey.port(), redis.port()};
    String[] names = {"ours", "valkey", "redis"};
    for (int i = 0; i < ports.length; i++) {
      RespConnection connection = connect(ports[i]);
      Judged judged =
          new Judged(names[i], connection, OWN.get(i), connection.call("CLUSTER", "MYID").asText());
      JUDGED.add(judged);
      connection.call("CONFIG", "SET", "cluster-require-full-coverage", "no");
      connection.call("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 2));
      int first = Integer.parseInt(OWN.get(i));
      connection.call("CLUSTER", "ADDSLOTSRANGE", "" + first, "" + (first + 9));
    }
    head.call("CLUSTER", "SET-CONFIG-EPOCH", "1");
    head.call("CLUSTER", "ADDSLOTSRANGE", "0", "99");
    meet(replica.port(), replica.busPort());
    meet(redis.port(), redis.busPort());
    meet(valkey.port(), valkey.busPort());
    meet(ours.port(), busPort);
    await(
        "all know all", () -> replica.call("CLUSTER", "NODES").lines().count() == 5 && knowAll(5));
    replica.call("CLUSTER", "REPLICATE", head.id());
    await("the replica is seen", ClusterRepliesOracleIT::seeTheReplica);
  }

  private static void meet(int port, int busPort) {
    head.call("CLUSTER", "MEET", "127.0.0.1", "" + port, "" + busPort);
  }

  private static RespConnection connect(int port) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(5_000, 60_000));
  }

  private static void await(String what, Callable<Boolean> condition) {
    org.awaitility.Awaitility.await(what).atMost(LIMIT).until(condition);
  }

  private static boolean knowAll(int count) throws IOException {
    for (Judged judged : JUDGED) {
      String info = judged.connection.call("CLUSTER", "INFO").asText();
      String nodes = judged.connection.call("CLUSTER", "NODES").asText();
      if (!info.contains("cluster_known_nodes:" + count)
          || !info.contains("cluster_slots_assigned:130")
          || !info.contains("cluster_state:ok")
          || nodes.contains("handshake")) {
        return false;
      }
    }
    return true;
  }

  private static boolean seeTheReplica() throws IOException {
    for (Judged judged : JUDGED) {
      String spans = judged.reply("CLUSTER", "SLOTS");
      if (!spans.contains(replica.id())) {
        return false;
      }
    }
    return true;
  }

  @AfterAll
  static void stop() {
    for (Judged judged : JUDGED) {
      judged.connection.close();
    }
    JUDGED.clear();
    if (ours != null) {
      ours.close();
    }
    for (PeerServer server : new PeerServer[] {head, replica, redis, valkey}) {
      if (server != null) {
        server.close();
      }
    }
  }

  /** The same from all three. */
  private void same(String... words) throws IOException {
    sameAsValkey(words);
    String theirs = redis().neutral(words);
    softly
        .assertThat(ours().neutral(words))
        .as("%s, beside redis-server", String.join(" ", words))
        .isEqualTo(theirs);
  }

  private void sameAsValkey(String... words) throws IOException {
    String theirs = valkey().neutral(words);
    softly
        .assertThat(ours().neutral(words))
        .as("%s, beside valkey-server", String.join(" ", words))
        .isEqualTo(theirs);
  }

  /** The same from all three, names and slots included. */
  private void literally(String... words) throws IOException {
    literallyAsValkey(words);
    softly
        .assertThat(ours().reply(words))
        .as("%s, beside redis-server", String.join(" ", words))
        .isEqualTo(redis().reply(words));
  }

  private void literallyAsValkey(String... words) throws IOException {
    softly
        .assertThat(ours().reply(words))
        .as("%s, beside valkey-server", String.join(" ", words))
        .isEqualTo(valkey().reply(words));
  }

  @Test
  @Order(1)
  void questionsOfTheWrongFormAreRefusedAlike() throws IOException {
    same("CLUSTER");
    same("CLUSTER", "NOSUCH");
    same("CLUSTER", "nosuch", "x");
    same("CLUSTER", "MYID", "x");
    same("CLUSTER", "KEYSLOT");
    same("CLUSTER", "KEYSLOT", "{user}x");
    same("CLUSTER", "COUNTKEYSINSLOT", "16384");
    same("CLUSTER", "COUNTKEYSINSLOT", "-1");
    same("CLUSTER", "COUNTKEYSINSLOT", "x");
    same("CLUSTER", "GETKEYSINSLOT", "1", "-1");
    same("CLUSTER", "GETKEYSINSLOT", "16384", "1");
    same("CLUSTER", "GETKEYSINSLOT", "x", "1");
    same("CLUSTER", "GETKEYSINSLOT", "1", "x");
    same("CLUSTER", "COUNT-FAILURE-REPORTS", STRANGER);
    same("CLUSTER", "COUNT-FAILURE-REPORTS", "$head");
    same("CLUSTER", "REPLICAS", STRANGER);
    same("CLUSTER", "REPLICAS", "short");
    same("CLUSTER", "REPLICAS", "$replica");
    same("CLUSTER", "SLAVES", "$replica");
    same("CLUSTER", "SET-CONFIG-EPOCH", "-1");
    same("CLUSTER", "SET-CONFIG-EPOCH", "x");
    same("CLUSTER", "SET-CONFIG-EPOCH", "7");
    same("CLUSTER", "SAVECONFIG");
    same("CLUSTER", "RESET", "MAYBE");
    same("CLUSTER", "RESET", "SOFT", "HARD");
  }

  @Test
  @Order(2)
  void membersAreJudgedAlike() throws IOException {
    same("CLUSTER", "FORGET", STRANGER);
    same("CLUSTER", "FORGET", "$me");
    same("CLUSTER", "REPLICATE", STRANGER);
    same("CLUSTER", "REPLICATE", "$me");
    same("CLUSTER", "REPLICATE", "$replica");
    same("CLUSTER", "REPLICATE", "$head");
    same("CLUSTER", "FAILOVER");
    same("CLUSTER", "FAILOVER", "FORCE");
    same("CLUSTER", "FAILOVER", "NOW");
    same("CLUSTER", "FAILOVER", "FORCE", "TAKEOVER");
    same("CLUSTER", "MEET", "localhost", "7000");
    same("CLUSTER", "MEET", "127.0.0.1", "0");
    same("CLUSTER", "MEET", "127.0.0.1", "65536");
    same("CLUSTER", "MEET", "127.0.0.1", "60000");
    same("CLUSTER", "MEET", "127.0.0.1", "7000", "65536");
    same("CLUSTER", "MEET", "127.0.0.1");
    same("CLUSTER", "MEET", "127.0.0.1", "7000", "17000", "x");
    sameAsValkey("CLUSTER", "MEET", "127.0.0.1", "x");
    sameAsValkey("CLUSTER", "MEET", "127.0.0.1", "7000", "x");
  }

  @Test
  @Order(3)
  void slotsAreAssignedAlike() throws IOException {
    for (String verb : List.of("ADDSLOTS", "DELSLOTS")) {
      same("CLUSTER", verb);
      same("CLUSTER", verb, "x");
      same("CLUSTER", verb, "-1");
      same("CLUSTER", verb, "16384");
      same("CLUSTER", verb, "1.5");
    }
    same("CLUSTER", "ADDSLOTS", "$own");
    same("CLUSTER", "ADDSLOTS", "5");
    same("CLUSTER", "ADDSLOTS", "16000", "16000");
    same("CLUSTER", "ADDSLOTS", "16000", "5");
    same("CLUSTER", "DELSLOTS", "16000");
    same("CLUSTER", "DELSLOTS", "$own", "$own");
    for (String verb : List.of("ADDSLOTSRANGE", "DELSLOTSRANGE")) {
      same("CLUSTER", verb, "1");
      same("CLUSTER", verb, "1", "2", "3");
      same("CLUSTER", verb, "2", "1");
      same("CLUSTER", verb, "x", "1");
      same("CLUSTER", verb, "1", "16384");
    }
    same("CLUSTER", "ADDSLOTSRANGE", "90", "110");
    same("CLUSTER", "ADDSLOTSRANGE", "16000", "16001", "16001", "16002");
    same("CLUSTER", "DELSLOTSRANGE", "95", "105");
    assertThat(knowAll(5)).as("nothing has changed").isTrue();
  }

  @Test
  @Order(4)
  void marksAreSetAlike() throws IOException {
    same("CLUSTER", "SETSLOT", "x", "STABLE");
    same("CLUSTER", "SETSLOT", "16384", "STABLE");
    same("CLUSTER", "SETSLOT", "$own", "SOMEHOW");
    same("CLUSTER", "SETSLOT", "$own", "MIGRATING");
    same("CLUSTER", "SETSLOT", "$own", "NODE");
    same("CLUSTER", "SETSLOT", "$own", "MIGRATING", STRANGER);
    same("CLUSTER", "SETSLOT", "$own", "MIGRATING", "$replica");
    same("CLUSTER", "SETSLOT", "$own", "IMPORTING", "$head");
    same("CLUSTER", "SETSLOT", "5", "MIGRATING", "$head");
    same("CLUSTER", "SETSLOT", "5", "IMPORTING", STRANGER);
    same("CLUSTER", "SETSLOT", "5", "IMPORTING", "$replica");
    same("CLUSTER", "SETSLOT", "$own", "NODE", STRANGER);
    same("CLUSTER", "SETSLOT", "$own", "NODE", "$replica");
    same("CLUSTER", "SETSLOT", "$own", "STABLE");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "STABLE", "x");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "STABLE", "TIMEOUT");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "STABLE", "TIMEOUT", "-1");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "STABLE", "TIMEOUT", "x");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "STABLE", "TIMEOUT", "100");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "MIGRATING", "$head", "x");
    sameAsValkey("CLUSTER", "SETSLOT", "$own", "MIGRATING", "$head", "TIMEOUT", "100");
    same("CLUSTER", "SETSLOT", "$own", "MIGRATING", "$head");
    same("CLUSTER", "SETSLOT", "5", "IMPORTING", "$head");
    for (Judged judged : JUDGED) {
      assertThat(lineOf(judged, judged.id()))
          .as(judged.name())
          .contains("[" + judged.firstSlot() + "->-" + head.id() + "]")
          .contains("[5-<-" + head.id() + "]");
    }
    same("CLUSTER", "SETSLOT", "$own", "STABLE");
    same("CLUSTER", "SETSLOT", "5", "STABLE");
  }

  private static String lineOf(Judged asked, String id) throws IOException {
    return asked
        .connection()
        .call("CLUSTER", "NODES")
        .asText()
        .lines()
        .filter(line -> line.startsWith(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(5)
  void theClusterIsDescribedAlike() throws IOException {
    for (String type : List.of("ip", "unknown-endpoint")) {
      preferEndpoints(type);
      awaitTheSameView();
      literally("CLUSTER", "SLOTS");
      literally("GET", keyOf(5));
      literally("SPUBLISH", keyOf(5), "x");
      literally("GET", keyOf(16000));
      literally("MGET", keyOf(5), keyOf(6));
      literally("MGET", keyOf(16000), keyOf(6));
      softly
          .assertThat(shards(ours()))
          .as(type)
          .isEqualTo(shards(valkey()))
          .isEqualTo(shards(redis()));
    }
    preferEndpoints("hostname");
    literally("GET", keyOf(5));
    head.call("CONFIG", "SET", "cluster-announce-hostname", "head.example.com");
    await(
        "the name is known",
        () ->
            ours().reply("CLUSTER", "SLOTS").contains("head.example.com")
                && valkey().reply("CLUSTER", "SLOTS").contains("head.example.com"));
    awaitTheSameView();
    literallyAsValkey("CLUSTER", "SLOTS");
    literallyAsValkey("GET", keyOf(5));
    softly.assertThat(shards(ours())).isEqualTo(shards(valkey()));
    preferEndpoints("ip");
    literallyAsValkey("CLUSTER", "SLOTS");
    softly.assertThat(shards(ours())).isEqualTo(shards(valkey()));
    softly.assertThat(nodeTable(ours())).isEqualTo(nodeTable(valkey()));
    literallyAsValkey("CLUSTER", "REPLICAS", STRANGER);
    softly.assertThat(counted(ours())).isEqualTo(counted(valkey())).isEqualTo(counted(redis()));
  }

  /** News and links may still be on their way. */
  private static void awaitTheSameView() {
    await(
        "the same view",
        () ->
            nodeTable(ours()).equals(nodeTable(valkey()))
                && shards(ours()).equals(shards(valkey()))
                && shards(ours()).size() == shards(redis()).size()
                && counted(ours()).equals(counted(valkey()))
                && counted(ours()).equals(counted(redis())));
  }

  private static void preferEndpoints(String type) throws IOException {
    for (Judged judged : JUDGED) {
      assertThat(judged.reply("CONFIG", "SET", "cluster-preferred-endpoint-type", type))
          .isEqualTo("+OK");
    }
  }

  /** A key of a slot. */
  private static String keyOf(int slot) {
    for (int i = 0; ; i++) {
      String key = "key:" + i;
      if (io.hashslot.slot.Slots.of(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          == slot) {
        return key;
      }
    }
  }

  /** Shards with their nodes, in an order of ours and without offsets, which move. */
  private static List<String> shards(Judged asked) throws IOException {
    List<String> shards = new ArrayList<>();
    for (Reply shard : asked.connection().call("CLUSTER", "SHARDS").asItems()) {
      List<Reply> parts = shard.asItems();
      List<String> nodes = new ArrayList<>();
      for (Reply node : parts.get(3).asItems()) {
        nodes.add(shape(node).replaceAll("replication-offset :\\d+ ", ""));
      }
      nodes.sort(null);
      shards.add(shape(parts.get(0)) + shape(parts.get(1)) + shape(parts.get(2)) + nodes);
    }
    shards.sort(null);
    return shards;
  }

  /** CLUSTER NODES without times, and as if nobody was the one who was asked. */
  private static Map<String, String> nodeTable(Judged asked) throws IOException {
    Map<String, String> table = new TreeMap<>();
    asked
        .connection()
        .call("CLUSTER", "NODES")
        .asText()
        .lines()
        .map(line -> line.replace("myself,", "").split(" "))
        .forEach(
            columns -> {
              columns[4] = "";
              columns[5] = "";
              table.put(columns[0], String.join(" ", columns));
            });
    return table;
  }

  /** The lines of CLUSTER INFO without counters of frames, which move. */
  private static List<String> counted(Judged asked) throws IOException {
    return asked
        .connection()
        .call("CLUSTER", "INFO")
        .asText()
        .lines()
        .filter(line -> !line.startsWith("cluster_stats_messages"))
        .map(line -> line.startsWith("cluster_my_epoch") ? "cluster_my_epoch" : line)
        .toList();
  }

  @Test
  @Order(6)
  void linksAreListedAlike() throws IOException {
    await(
        "all links",
        () -> {
          for (Judged judged : JUDGED) {
            if (judged.connection().call("CLUSTER", "LINKS").asItems().size() != 8) {
              return false;
            }
          }
          return true;
        });
    for (Judged judged : JUDGED) {
      for (Reply link : judged.connection().call("CLUSTER", "LINKS").asItems()) {
        List<String> fields = new ArrayList<>();
        List<Reply> items = link.asItems();
        for (int i = 0; i < items.size(); i += 2) {
          fields.add(items.get(i).asText());
        }
        assertThat(fields)
            .containsExactly(
                "direction",
                "node",
                "create-time",
                "events",
                "send-buffer-allocated",
                "send-buffer-used");
        assertThat(items.get(1).asText()).isIn("to", "from");
        assertThat(items.get(7).asText()).isIn("r", "rw");
      }
    }
  }

  /** What asks the bus inside EXEC as well as what does not. */
  @Test
  @Order(7)
  void transactionsSayTheSame() throws IOException {
    sameInTransaction("CLUSTER", "MYID");
    sameInTransaction("CLUSTER", "COUNTKEYSINSLOT", "5");
    sameInTransaction("CLUSTER", "COUNT-FAILURE-REPORTS", "$head");
    sameInTransaction("CLUSTER", "SAVECONFIG");
    sameInTransaction("CLUSTER", "SET-CONFIG-EPOCH", "7");
    sameInTransaction("CLUSTER", "FORGET", "$me");
    sameInTransaction("CLUSTER", "REPLICATE", "$me");
    sameInTransaction("CLUSTER", "FAILOVER");
    sameInTransaction("CLUSTER", "MEET", "127.0.0.1", "0");
    sameInTransaction("CLUSTER", "ADDSLOTS", "5");
    sameInTransaction("CLUSTER", "DELSLOTS", "16000");
    sameInTransaction("CLUSTER", "ADDSLOTSRANGE", "90", "110");
    sameInTransaction("CLUSTER", "SETSLOT", "$own", "MIGRATING", STRANGER);
    sameInTransaction("CLUSTER", "SETSLOT", "$own", "STABLE");
    sameInTransaction("CLUSTER", "RESET", "MAYBE");
    for (Judged judged : JUDGED) {
      judged.reply("MULTI");
      judged.reply("CLUSTER", "LINKS");
      Reply links = judged.connection().call("EXEC").asItems().getFirst();
      softly.assertThat(links.asItems()).as(judged.name()).hasSize(8);
    }
  }

  private void sameInTransaction(String... words) throws IOException {
    String theirs = inTransaction(valkey(), words);
    softly
        .assertThat(inTransaction(ours(), words))
        .as("%s in a transaction", String.join(" ", words))
        .isEqualTo(theirs)
        .isEqualTo(inTransaction(redis(), words));
  }

  private static String inTransaction(Judged judged, String... words) throws IOException {
    assertThat(judged.reply("MULTI")).isEqualTo("+OK");
    assertThat(judged.reply(words)).isEqualTo("+QUEUED");
    return judged.neutral("EXEC");
  }

  @Test
  @Order(8)
  void subscribersOfASlotThatLeavesAreTold() throws IOException {
    for (Judged judged : JUDGED) {
      String slot = judged.firstSlot();
      String channel = keyOf(Integer.parseInt(slot));
      try (RespConnection subscriber = connect(portOf(judged))) {
        assertThat(shape(subscriber.call("SSUBSCRIBE", channel))).contains("ssubscribe");
        assertThat(judged.reply("CLUSTER", "DELSLOTS", slot)).isEqualTo("+OK");
        softly
            .assertThat(shape(subscriber.receive()))
            .as(judged.name())
            .isEqualTo("[sunsubscribe " + channel + " :0]");
      }
      assertThat(judged.reply("CLUSTER", "ADDSLOTS", slot)).isEqualTo("+OK");
    }
  }

  private static int portOf(Judged judged) {
    return judged == ours() ? ours.port() : judged == valkey() ? valkey.port() : redis.port();
  }

  @Test
  @Order(9)
  void announcedAddressesReachAll() throws IOException {
    for (Judged judged : JUDGED) {
      judged.reply("CONFIG", "SET", "cluster-announce-port", "7777");
      await(judged.name() + " is elsewhere", () -> allSee(judged, ":7777@"));
      judged.reply("CONFIG", "SET", "cluster-announce-port", "0");
      await(judged.name() + " is back", () -> allSee(judged, ":" + portOf(judged) + "@"));
    }
    head.call("CONFIG", "SET", "cluster-announce-client-ipv4", "10.1.2.3");
    await("clients are told another address", () -> tell("10.1.2.3"));
    literallyAsValkey("CLUSTER", "SLOTS");
    literallyAsValkey("GET", keyOf(5));
    // Links to where somebody was a moment ago may just be opened anew.
    await("equal tables", () -> nodeTable(ours()).equals(nodeTable(valkey())));
    head.call("CONFIG", "SET", "cluster-announce-client-ipv4", "");
    await("clients are told the address", () -> tell("127.0.0.1"));
  }

  private static boolean allSee(Judged seen, String address) throws IOException {
    for (Judged judged : JUDGED) {
      if (!lineOf(judged, seen.id()).contains(address)) {
        return false;
      }
    }
    return true;
  }

  private static boolean tell(String address) throws IOException {
    String moved = "-MOVED 5 " + address + ":";
    return ours().reply("GET", keyOf(5)).startsWith(moved)
        && valkey().reply("GET", keyOf(5)).startsWith(moved);
  }

  /** Comes last: the three lose their slots and become replicas. */
  @Test
  @Order(10)
  void replicasJudgeAlike() throws IOException {
    for (Judged judged : JUDGED) {
      int first = Integer.parseInt(judged.firstSlot());
      judged.reply("CLUSTER", "DELSLOTSRANGE", "" + first, "" + (first + 9));
      assertThat(judged.reply("CLUSTER", "REPLICATE", "$head")).as(judged.name()).isEqualTo("+OK");
    }
    await(
        "links stand",
        () -> {
          for (Judged judged : List.of(ours(), valkey())) {
            String info = judged.connection().call("INFO", "replication").asText();
            if (!info.contains("master_link_status:up")) {
              return false;
            }
          }
          return true;
        });
    same("CLUSTER", "SETSLOT", "5", "STABLE");
    same("CLUSTER", "SETSLOT", "5", "MIGRATING", "$head");
    same("CLUSTER", "FORGET", "$head");
    same("CLUSTER", "REPLICATE", "$me");
    same("CLUSTER", "REPLICATE", "$replica");
    sameAsValkey("CLUSTER", "REPLICATE", "$head");
    sameAsValkey("GET", keyOf(5));
    same("READONLY");
    sameAsValkey("GET", keyOf(5));
    sameAsValkey("SET", keyOf(5), "x");
    same("READWRITE");
    same("CLUSTER", "FAILOVER", "NOW");
    same("CLUSTER", "COUNTKEYSINSLOT", "5");
    same("CLUSTER", "GETKEYSINSLOT", "5", "10");
    same("CLUSTER", "BUMPEPOCH", "x");
  }
}
