package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/** MIGRATE between a node of ours and the servers of others. */
class MigrateIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void keysGoToOtherServersAndComeBack(Oracle oracle) throws Exception {
    try (OracleServer other = OracleServer.start(oracle, folder);
        Jedis there = other.connect();
        RunningNode node = new RunningNode(folder);
        RawClient here = node.connect()) {
      String port = "" + other.port();
      here.run("SET", "one", "1");
      here.run("SET", "text", "x".repeat(100_000), "EX", "100000");
      assertThat(here.run("MIGRATE", "127.0.0.1", port, "one", "0", "60000")).isEqualTo("+OK");
      assertThat(here.run("EXISTS", "one")).isEqualTo(":0");
      assertThat(there.get("one")).isEqualTo("1");

      assertThat(
              here.run(
                  "MIGRATE",
                  "127.0.0.1",
                  port,
                  "",
                  "3",
                  "60000",
                  "KEYS",
                  "missing",
                  "text",
                  "none"))
          .isEqualTo("+OK");
      // Links are kept for ten seconds.
      assertThat(here.run("INFO", "stats")).contains("migrate_cached_sockets:1");
      there.select(3);
      assertThat(there.strlen("text")).isEqualTo(100_000);
      assertThat(there.ttl("text")).isBetween(1L, 100_000L);
      assertThat(here.run("DBSIZE")).isEqualTo(":0");

      assertThat(there.migrate("127.0.0.1", node.port(), "text", 0, 60_000)).isEqualTo("OK");
      assertThat(here.run("STRLEN", "text")).isEqualTo(":100000");
    }
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void whatTheOtherEndRefusesStays(Oracle oracle) throws Exception {
    try (OracleServer other = OracleServer.start(oracle, folder);
        Jedis there = other.connect();
        RunningNode node = new RunningNode(folder);
        RawClient here = node.connect()) {
      String port = "" + other.port();
      there.set("busy", "theirs");
      here.run("MSET", "busy", "ours", "free", "ours");
      assertThat(here.run("MIGRATE", "127.0.0.1", port, "", "0", "60000", "KEYS", "busy", "free"))
          .isEqualTo(
              "-ERR Target instance replied with error: BUSYKEY Target key name already exists.");
      assertThat(here.run("EXISTS", "busy")).isEqualTo(":1");
      assertThat(here.run("EXISTS", "free")).isEqualTo(":0");
      assertThat(here.run("MIGRATE", "127.0.0.1", port, "busy", "0", "60000", "COPY", "REPLACE"))
          .isEqualTo("+OK");
      assertThat(here.run("EXISTS", "busy")).isEqualTo(":1");
      assertThat(there.get("busy")).isEqualTo("ours");
      assertThat(here.run("MIGRATE", "127.0.0.1", port, "busy", "99", "60000"))
          .isEqualTo("-ERR Target instance replied with error: ERR DB index is out of range");
      there.configSet("requirepass", "KEYS");
      there.auth("KEYS");
      there.clientKill(ClientKillParams.clientKillParams().skipMe(ClientKillParams.SkipMe.YES));
      // The kept connection is gone: the second try is made on a fresh one.
      assertThat(here.run("MIGRATE", "127.0.0.1", port, "busy", "0", "60000", "REPLACE"))
          .isEqualTo("-ERR Target instance replied with error: NOAUTH Authentication required.");
      assertThat(
              here.run(
                  "MIGRATE", "127.0.0.1", port, "busy", "0", "60000", "REPLACE", "AUTH", "KEYS"))
          .isEqualTo("+OK");
      assertThat(here.run("EXISTS", "busy")).isEqualTo(":0");
    }
  }

  /** What is large is not copied together with the rest on its way. */
  @Test
  void smallAndLargeValuesGoInOneBatch() throws Exception {
    try (RunningNode other = new RunningNode(folder.resolve("other"));
        RawClient there = other.connect();
        RunningNode node = new RunningNode(folder.resolve("node"));
        RawClient here = node.connect()) {
      here.run("CONFIG", "SET", "rdbcompression", "no");
      List<String> migrate = new ArrayList<>();
      migrate.addAll(List.of("MIGRATE", "127.0.0.1", "" + other.port(), "", "0", "30000"));
      migrate.addAll(List.of("REPLACE", "KEYS"));
      int[] lengths = {1, 32_000, 700_000, 0, 32 * 1024, 300_000, 400_000, 5};
      for (int i = 0; i < lengths.length; i++) {
        here.run("SET", "key" + i, (char) ('a' + i) + "x".repeat(lengths[i]) + i);
        migrate.add("key" + i);
      }
      assertThat(here.run(migrate.toArray(String[]::new))).isEqualTo("+OK");
      for (int i = 0; i < lengths.length; i++) {
        assertThat(there.run("GET", "key" + i))
            .isEqualTo((char) ('a' + i) + "x".repeat(lengths[i]) + i);
      }
      assertThat(here.run("DBSIZE")).isEqualTo(":0");
    }
  }

  @Test
  void aPeerThatIsNotThereOrSilentIsToldApart() throws Exception {
    try (RunningNode node = new RunningNode(folder);
        RawClient here = node.connect();
        ServerSocket silent = new ServerSocket(0)) {
      here.run("SET", "k", "v");
      assertThat(here.run("MIGRATE", "127.0.0.1", "" + silent.getLocalPort(), "k", "0", "200"))
          .isEqualTo("-IOERR error or timeout reading to target instance");
      int gone = silent.getLocalPort();
      silent.close(); // and what waited in its queue is reset
      assertThat(here.run("MIGRATE", "127.0.0.1", "" + gone, "k", "0", "200"))
          .isEqualTo("-IOERR error or timeout connecting to the client");
      assertThat(here.run("MIGRATE", "127.0.0.1", "" + gone, "missing", "0", "200"))
          .isEqualTo("+NOKEY");
      assertThat(here.run("EXISTS", "k")).isEqualTo(":1");
      for (List<String> malformed :
          List.of(
              List.of("MIGRATE", "h", "1", "k", "0", "1", "KEYS", "k"),
              List.of("MIGRATE", "h", "1", "k", "0", "1", "NONSENSE"),
              List.of("MIGRATE", "h", "1", "k", "0", "1", "AUTH"),
              List.of("MIGRATE", "h", "1", "k", "x", "1"))) {
        assertThat(here.run(malformed.toArray(String[]::new))).startsWith("-ERR");
      }
    }
  }

  /** Replicas and files hear of one DEL with the keys that went. */
  @Test
  void migrationIsRepeatedAsADeletion() throws Exception {
    try (RunningNode target = new RunningNode(folder.resolve("target"));
        RunningNode node =
            new RunningNode(folder.resolve("source"), "--repl-diskless-sync-delay", "0");
        RawClient here = node.connect();
        Socket replica = new Socket("127.0.0.1", node.port())) {
      here.run("MSET", "a", "1", "b", "2", "c", "3");
      replica.getOutputStream().write("SYNC\r\n".getBytes(StandardCharsets.US_ASCII));
      StringBuilder stream = new StringBuilder();
      readUntil(replica, stream, "REDIS00");
      assertThat(
              here.run(
                  "MIGRATE", "127.0.0.1", "" + target.port(), "", "0", "60000", "KEYS", "a", "c"))
          .isEqualTo("+OK");
      readUntil(replica, stream, "*3\r\n$3\r\nDEL\r\n$1\r\na\r\n$1\r\nc\r\n");
    }
  }

  private static void readUntil(Socket from, StringBuilder stream, String wanted)
      throws IOException {
    byte[] bytes = new byte[4096];
    from.setSoTimeout(100);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try {
                int n = from.getInputStream().read(bytes);
                stream.append(new String(bytes, 0, Math.max(n, 0), StandardCharsets.ISO_8859_1));
              } catch (SocketTimeoutException _) {
                // asked again
              }
              return stream.indexOf(wanted) >= 0;
            });
  }
}
