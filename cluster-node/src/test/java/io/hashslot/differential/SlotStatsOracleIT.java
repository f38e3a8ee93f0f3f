package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CLUSTER SLOT-STATS of a cluster of one node, beside valkey-server's. */
class SlotStatsOracleIT {
  /** The slot of the key foo. */
  private static final String SLOT = "12182";

  private static final List<String> OPTIONS =
      List.of(
          "--cluster-enabled",
          "yes",
          "--cluster-node-timeout",
          "1000",
          "--cluster-slot-stats-enabled",
          "yes",
          "--save",
          "");

  @TempDir private static Path folder;
  private static OracleServer oracle;
  private static Node node;
  private static int port;
  private static Server theirs;
  private static Server ours;

  @BeforeAll
  static void start() throws Exception {
    Oracle.VALKEY.program();
    Path here = Files.createDirectory(folder.resolve("ours"));
    List<String> words = new ArrayList<>(OPTIONS);
    words.addAll(List.of("--cluster-port", "" + Ports.next()));
    oracle = OracleServer.start(Oracle.VALKEY, folder, words.toArray(String[]::new));
    port = Ports.next();
    words = new ArrayList<>(OPTIONS);
    words.addAll(List.of("--cluster-port", "" + Ports.next(), "--dir", here.toString()));
    words.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    node = Node.start(Config.of(words.toArray(String[]::new)));
    theirs = new Server(oracle.port());
    ours = new Server(port);
    for (Server server : List.of(theirs, ours)) {
      server.run("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    }
    for (Server server : List.of(theirs, ours)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.run("SET", "foo", "bar").head().equals("+OK"));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    theirs.close();
    ours.close();
    node.close();
    oracle.close();
  }

  @Test
  void requestsAreJudgedTheSame() throws IOException {
    sameReply("SLOTSRANGE", "5", "3");
    sameReply("SLOTSRANGE", "5", "16384");
    sameReply("SLOTSRANGE", "a", "5");
    sameReply("SLOTSRANGE", "5");
    sameReply("SLOTSRANGE", "1", "2", "3");
    sameReply("FOO", "key-count");
    sameReply("ORDERBY", "fame");
    sameReply("ORDERBY", "key-count", "LIMIT");
    sameReply("ORDERBY", "key-count", "LIMIT", "0");
    sameReply("ORDERBY", "key-count", "LIMIT", "x");
    sameReply("ORDERBY", "key-count", "LIMIT", "16385");
    sameReply("ORDERBY", "key-count", "LIMIT", "1", "LIMIT", "1");
    sameReply("ORDERBY", "key-count", "ASC", "DESC");
    sameReply("ORDERBY", "key-count", "LIMIT", "1", "FOO");
  }

  @Test
  void bytesAreCountedTheSame() throws IOException {
    sameFigures("SET", "foo", "bar");
    sameFigures("GET", "foo");
    sameFigures("INCR", "foo");
    sameFigures("GET", "foo", "too many");
    sameFigures("WATCH", "foo");
    sameFigures("UNWATCH");
    sameFigures("DBSIZE");
    sameFigures("MGET", "foo", "bar");
    sameFigures("SPUBLISH", "foo", "message");
    sameFigures("RPUSH", "{foo}list", "a", "b");
    sameFigures("LPOP", "{foo}list", "5");
    sameFigures("PING");
  }

  @Test
  void whatBlockedIsCountedOnceItIsServed() throws IOException {
    for (Server server : List.of(theirs, ours)) {
      server.run("CONFIG", "RESETSTAT");
    }
    try (Server theirWaiter = new Server(oracle.port());
        Server ourWaiter = new Server(port)) {
      theirWaiter.send("BLPOP", "{foo}queue", "0");
      ourWaiter.send("BLPOP", "{foo}queue", "0");
      for (Server server : List.of(theirs, ours)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> server.run("INFO", "clients").body().contains("blocked_clients:1"));
      }
      assertThat(figures(ours)).isEqualTo(figures(theirs));
      theirs.run("RPUSH", "{foo}queue", "x");
      ours.run("RPUSH", "{foo}queue", "x");
      assertThat(ourWaiter.read().text()).isEqualTo(theirWaiter.read().text());
      Awaitility.await().untilAsserted(() -> assertThat(figures(ours)).isEqualTo(figures(theirs)));
    }
  }

  @Test
  void slotsAreOrdered() throws IOException {
    sameFigures("SET", "foo", "bar");
    for (String metric : List.of("key-count", "network-bytes-in", "NETWORK-BYTES-OUT")) {
      for (String order : List.of("ASC", "DESC")) {
        String[] words = {"CLUSTER", "SLOT-STATS", "ORDERBY", metric, "LIMIT", "3", order};
        assertThat(withoutTime(ours.run(words))).isEqualTo(withoutTime(theirs.run(words)));
      }
    }
  }

  @Test
  void onlyKeysAreCountedWithoutTheDirective() throws IOException {
    for (Server server : List.of(theirs, ours)) {
      server.run("CONFIG", "SET", "cluster-slot-stats-enabled", "no");
    }
    sameReply("SLOTSRANGE", SLOT, SLOT);
    sameReply("ORDERBY", "cpu-usec");
    for (Server server : List.of(theirs, ours)) {
      server.run("CONFIG", "SET", "cluster-slot-stats-enabled", "yes");
    }
  }

  private static void sameReply(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "SLOT-STATS"));
    words.addAll(List.of(arguments));
    String[] request = words.toArray(String[]::new);
    assertThat(ours.run(request).text()).as("%s", words).isEqualTo(theirs.run(request).text());
  }

  private static void sameFigures(String... words) throws IOException {
    for (Server server : List.of(theirs, ours)) {
      server.run("CONFIG", "RESETSTAT");
      server.run(words);
    }
    assertThat(figures(ours)).as(String.join(" ", words)).isEqualTo(figures(theirs));
  }

  private static String figures(Server server) throws IOException {
    return withoutTime(server.run("CLUSTER", "SLOT-STATS", "SLOTSRANGE", SLOT, SLOT));
  }

  private static String withoutTime(RawReply reply) {
    return reply.text().replaceAll("cpu-usec\n:\\d+", "cpu-usec\n:-");
  }
}
