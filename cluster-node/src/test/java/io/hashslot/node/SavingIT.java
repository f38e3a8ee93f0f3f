package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.keyspace.Shards;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Snapshots on request and by themselves: what is answered, and what becomes of the file. */
class SavingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** What a server says, errors included; it calls itself Redis. */
  private static String ask(Jedis server, String... words) {
    try {
      Object reply = server.sendCommand(() -> bytes(words[0]), arguments(words));
      return text(reply).replace("Valkey", "Redis");
    } catch (JedisDataException error) {
      return "-" + String.valueOf(error.getMessage()).replace("Valkey", "Redis");
    }
  }

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[][] arguments(String... words) {
    byte[][] arguments = new byte[words.length - 1][];
    for (int i = 1; i < words.length; i++) {
      arguments[i - 1] = bytes(words[i]);
    }
    return arguments;
  }

  private static String text(Object reply) {
    return switch (reply) {
      case null -> "nil";
      case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
      case List<?> list -> list.stream().map(SavingIT::text).toList().toString();
      case Exception error -> "-" + error.getMessage();
      default -> reply.toString();
    };
  }

  private static String figure(Jedis server, String name) {
    for (String line : server.info("persistence").split("\r\n")) {
      if (line.startsWith(name + ":")) {
        return line.substring(name.length() + 1);
      }
    }
    throw new AssertionError("INFO has no " + name);
  }

  /** Waits until so many saves have been begun, and none is under way. */
  private static void untilSaved(Jedis server, int times) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                figure(server, "rdb_saves").equals("" + times)
                    && figure(server, "rdb_bgsave_in_progress").equals("0"));
  }

  /** All that is said to a server, and what it answers; the same here as there. */
  private static List<String> conversation(Jedis server, Path folder) throws IOException {
    List<String> heard = new ArrayList<>();
    String[][] requests = {
      {"SET", "a", "1"},
      {"BGSAVE", "FOO"},
      {"BGSAVE", "SCHEDULE", "FOO"},
      {"BGSAVE", "CANCEL"},
      {"SAVE", "a"},
      {"LASTSAVE", "a"},
      {"MULTI"},
      {"SAVE"},
      {"EXEC"},
      {"SAVE"},
    };
    say(server, heard, requests);
    int saves = 1;
    say(server, heard, new String[][] {{"BGSAVE"}});
    untilSaved(server, ++saves);
    say(server, heard, new String[][] {{"BGSAVE", "schedule"}});
    untilSaved(server, ++saves);
    say(server, heard, new String[][] {{"MULTI"}, {"BGSAVE"}, {"EXEC"}});
    untilSaved(server, ++saves);
    Files.createDirectories(folder.resolve("folder/not-empty"));
    say(
        server,
        heard,
        new String[][] {{"CONFIG", "SET", "save", "9999 1", "dbfilename", "folder"}});
    say(server, heard, new String[][] {{"SAVE"}, {"PING"}, {"SET", "a", "2"}, {"BGSAVE"}});
    saves += 2;
    untilSaved(server, saves);
    heard.add(figure(server, "rdb_last_bgsave_status"));
    String[][] refused = {
      {"PING"},
      {"SET", "a", "3"},
      {"DEL", "nothing"},
      {"GET", "a"},
      {"ECHO", "a"},
      {"PUBLISH", "a", "b"},
      {"FLUSHALL"},
      {"MULTI"},
      {"SET", "a", "4"},
      {"EXEC"},
      {"CONFIG", "SET", "stop-writes-on-bgsave-error", "no"},
      {"PING"},
      {"SET", "a", "5"},
      {"CONFIG", "SET", "stop-writes-on-bgsave-error", "yes"},
      {"PING"},
      {"CONFIG", "SET", "save", ""},
      {"SET", "a", "6"},
      {"CONFIG", "SET", "save", "9999 1"},
      {"REPLICAOF", "127.0.0.1", "1"},
      {"PING"},
      {"SET", "a", "7"},
      {"REPLICAOF", "NO", "ONE"},
      {"CONFIG", "SET", "dbfilename", "dump.rdb"},
      {"SET", "a", "8"},
      {"SAVE"},
      {"PING"},
      {"SET", "a", "9"},
    };
    say(server, heard, refused);
    heard.add(figure(server, "rdb_last_bgsave_status"));
    say(server, heard, new String[][] {{"CONFIG", "SET", "save", "1 1"}});
    untilSaved(server, saves + 2);
    say(server, heard, new String[][] {{"FLUSHALL"}});
    heard.add(figure(server, "rdb_last_bgsave_status"));
    heard.add("" + Files.exists(folder.resolve("dump.rdb")));
    try (var files = Files.list(folder)) {
      heard.add("" + files.filter(file -> file.toString().contains("temp-")).count());
    }
    return heard;
  }

  private static void say(Jedis server, List<String> heard, String[][] requests) {
    for (String[] request : requests) {
      heard.add(String.join(" ", request) + " = " + ask(server, request));
    }
  }

  @Test
  void savingIsAnsweredAsByValkey() throws Exception {
    Path ours = folder.resolve("ours");
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    try (var oracle =
            OracleServer.start(
                Oracle.VALKEY, theirs, "--save", "", "--enable-protected-configs", "yes");
        var there = oracle.connect();
        var node = new RunningNode(ours, "--enable-protected-configs", "yes");
        var here = new Jedis("127.0.0.1", node.port(), 60_000)) {
      assertThat(conversation(here, ours)).isEqualTo(conversation(there, theirs));
    }
    try (var again = new RunningNode(ours);
        var client = new Jedis("127.0.0.1", again.port(), 60_000)) {
      assertThat(client.dbSize()).as("keys after FLUSHALL and a new start").isZero();
    }
  }

  @Test
  void oneBackgroundSaveIsUnderWayAtATime() throws Exception {
    try (var node = new RunningNode(folder);
        var client = new Jedis("127.0.0.1", node.port(), 60_000)) {
      client.ping();
      Shards shards = node.node().keyspace().shards();
      shards.enterSlow(shards.all());
      try {
        assertThat(ask(client, "BGSAVE")).isEqualTo("Background saving started");
        String refusal = "-ERR Background save already in progress";
        assertThat(ask(client, "BGSAVE")).isEqualTo(refusal);
        assertThat(ask(client, "BGSAVE", "SCHEDULE")).isEqualTo(refusal);
        assertThat(ask(client, "SAVE")).isEqualTo(refusal);
        assertThat(figure(client, "rdb_bgsave_in_progress")).isEqualTo("1");
      } finally {
        shards.leave(shards.all());
      }
      untilSaved(client, 1);
      assertThat(folder.resolve("dump.rdb")).exists();
    }
  }

  /** What is said while the append-only file is rewritten, which takes a minute for each key. */
  private static List<String> duringARewrite(Jedis server) {
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      server.rpush("list", "element " + i);
    }
    say(
        server,
        heard,
        new String[][] {
          {"SADD", "set", "a", "b"},
          {"SET", "string", "1", "EX", "100000"},
          {"CONFIG", "SET", "rdb-key-save-delay", "60000000"},
          {"BGREWRITEAOF"}
        });
    await()
        .atMost(LIMIT)
        .until(
            () ->
                figure(server, "aof_rewrite_in_progress").equals("1")
                    && figure(server, "current_save_keys_total").equals("3"));
    say(
        server,
        heard,
        new String[][] {
          {"CONFIG", "SET", "rdb-key-save-delay", "0"},
          {"RPUSH", "list", "one more"},
          {"LSET", "list", "1000", "changed"},
          {"BGSAVE"},
          {"SAVE"}
        });
    heard.add(figure(server, "aof_rewrite_in_progress"));
    say(server, heard, new String[][] {{"DEBUG", "DIGEST"}});
    return heard;
  }

  @Test
  void saveWritesAllThereIsWhileTheAppendOnlyFileIsRewritten() throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Path ours = Files.createDirectories(folder.resolve("ours"));
    String digest;
    try (var oracle =
            OracleServer.start(
                Oracle.VALKEY,
                theirs,
                "--save",
                "",
                "--appendonly",
                "yes",
                "--enable-debug-command",
                "yes");
        var there = oracle.connect();
        var node = new RunningNode(ours, "--appendonly", "yes", "--enable-debug-command", "yes");
        var here = new Jedis("127.0.0.1", node.port(), 60_000)) {
      List<String> heard = duringARewrite(here);
      assertThat(heard).isEqualTo(duringARewrite(there));
      digest = heard.getLast();
    }
    try (var again = new RunningNode(ours, "--enable-debug-command", "yes");
        var client = new Jedis("127.0.0.1", again.port(), 60_000)) {
      assertThat("DEBUG DIGEST = " + ask(client, "DEBUG", "DIGEST")).isEqualTo(digest);
    }
  }

  @Test
  void flushallGivesABackgroundSaveUpAndLeavesAFileWithoutData() throws Exception {
    try (var node =
            new RunningNode(folder, "--rdb-key-save-delay", "60000000", "--save", "9999 1");
        var client = new Jedis("127.0.0.1", node.port(), 60_000)) {
      client.set("a", "1");
      assertThat(ask(client, "BGSAVE")).isEqualTo("Background saving started");
      await().atMost(LIMIT).until(() -> figure(client, "current_save_keys_total").equals("1"));
      assertThat(figure(client, "rdb_bgsave_in_progress")).isEqualTo("1");
      client.flushAll();
      long bytes = Files.size(folder.resolve("dump.rdb"));
      assertThat(bytes).isLessThan(200);
      untilSaved(client, 1);
      assertThat(figure(client, "rdb_last_bgsave_status")).isEqualTo("ok");
      assertThat(folder.resolve("dump.rdb")).hasSize(bytes);
      try (var files = Files.list(folder)) {
        assertThat(files)
            .containsExactlyInAnyOrder(folder.resolve("dump.rdb"), folder.resolve("hashslot.lock"));
      }
    }
  }

  @Test
  void functionsAreKeptAndGoToReplicasWithTheData() throws Exception {
    Path first = Files.createDirectories(folder.resolve("first"));
    try (InputStream in =
        Objects.requireNonNull(SavingIT.class.getResourceAsStream("/rdb/redis70-functions.rdb"))) {
      Files.copy(in, first.resolve("dump.rdb"));
    }
    try (var node = new RunningNode(first);
        var client = new Jedis("127.0.0.1", node.port(), 60_000);
        var replica =
            new RunningNode(
                folder.resolve("second"), "--replicaof", "127.0.0.1", "" + node.port())) {
      assertThat(node.node().keyspace().functions().size()).isEqualTo(2);
      client.flushAll();
      await().atMost(LIMIT).until(() -> replica.node().keyspace().functions().size() == 2);
      assertThat(List.copyOf(replica.node().keyspace().functions().sources()))
          .containsExactlyElementsOf(node.node().keyspace().functions().sources());
    }
  }

  @Test
  void payloadsFollowTheDirectivesOfSnapshots() throws Exception {
    try (var node = new RunningNode(folder);
        var client = new Jedis("127.0.0.1", node.port(), 60_000)) {
      client.set("string", "a".repeat(1000));
      client.sadd("set", "a", "b");
      assertThat(client.dump("string")).hasSizeLessThan(100);
      assertThat(client.dump("set")).startsWith((byte) 2).hasSizeGreaterThan(10);
      client.configSet("rdbcompression", "no");
      client.configSet("rdb-version-compat", "11");
      byte[] string = client.dump("string");
      assertThat(string).hasSizeGreaterThan(1000);
      assertThat(string[string.length - 10]).isEqualTo((byte) 11);
      assertThat(client.dump("set")).startsWith((byte) 20);
      assertThat(ask(client, "CONFIG", "SET", "rdb-version-compat", "12")).startsWith("-ERR");
    }
  }

  /** The process may write no file longer than this shell allows, as if the disk were full. */
  @Test
  void aFullDiskStopsWritesUntilThereIsRoom() throws Exception {
    Path root = Path.of(System.getProperty("hashslot.root", "..")).toAbsolutePath();
    int port = Ports.next();
    Path own = Files.createDirectories(folder.resolve("full"));
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 1000; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@" + root.resolve("bin/jvm.options"), "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), "io.hashslot.node.Main"));
    command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + own));
    command.addAll(List.of("--save", "9999 1", "--rdbcompression", "no", "--io-threads", "1"));
    Path log = folder.resolve("full.log");
    Process process =
        LastWill.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
    try {
      await().atMost(LIMIT).until(() -> !process.isAlive() || answers(port));
      try (var client = new Jedis("127.0.0.1", port, 60_000)) {
        client.set("small", "1");
        assertThat(ask(client, "SAVE")).isEqualTo("OK");
        byte[] before = Files.readAllBytes(own.resolve("dump.rdb"));
        client.set("large", "x".repeat(4 << 20));
        assertThat(ask(client, "SAVE")).isEqualTo("-ERR");
        assertThat(ask(client, "BGSAVE")).isEqualTo("Background saving started");
        untilSaved(client, 3);
        assertThat(figure(client, "rdb_last_bgsave_status")).isEqualTo("err");
        assertThat(ask(client, "SET", "small", "2")).startsWith("-MISCONF Redis is configured");
        assertThat(own.resolve("dump.rdb")).hasBinaryContent(before);
        try (var files = Files.list(own)) {
          assertThat(files)
              .containsExactlyInAnyOrder(own.resolve("dump.rdb"), own.resolve("hashslot.lock"));
        }
        assertThat(Files.readString(log)).contains("Background saving error: ");
        ask(client, "CONFIG", "SET", "rdbcompression", "yes");
        assertThat(ask(client, "BGSAVE")).isEqualTo("Background saving started");
        untilSaved(client, 4);
        assertThat(figure(client, "rdb_last_bgsave_status")).isEqualTo("ok");
        assertThat(ask(client, "SET", "small", "2")).isEqualTo("OK");
      }
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean answers(int port) {
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      return client.ping().equals("PONG");
    } catch (JedisException _) {
      return false;
    }
  }
}
