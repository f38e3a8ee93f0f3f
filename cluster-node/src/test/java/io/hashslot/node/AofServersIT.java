package io.hashslot.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.args.FunctionRestorePolicy;

/** Whole servers with append-only files: what clients see of them. */
class AofServersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PATIENCE_MS = "50000";

  @TempDir Path folder;

  private static String written(Path dir, int increment) throws IOException {
    return Files.readString(
        dir.resolve("appendonlydir/appendonly.aof." + increment + ".incr.aof"), ISO_8859_1);
  }

  @Test
  void withAlwaysAReplyComesWhenTheCommandIsInTheFile() throws Exception {
    try (var node = new RunningNode(folder, "--appendonly", "yes", "--appendfsync", "always");
        var client = node.connect();
        var other = node.connect();
        var listener = node.connect()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.run("SET", "key" + i, "v")).isEqualTo("+OK");
        assertThat(written(folder, 1)).contains("key" + i + "\r\n");
      }
      // A pipeline's replies come in order, a transaction's as one.
      client.send(
          RawClient.request("INCR", "n")
              + RawClient.request("MULTI")
              + RawClient.request("INCR", "n")
              + RawClient.request("GET", "n")
              + RawClient.request("EXEC")
              + RawClient.request("PING"));
      for (String reply :
          List.of(":1", "+OK", "+QUEUED", "+QUEUED", "*2", ":2", "$1", "2", "+PONG")) {
        assertThat(client.line()).isEqualTo(reply);
      }
      // Who waits is told by what another client writes, and that is in the file.
      other.send(RawClient.request("BLPOP", "list", "0"));
      await()
          .atMost(LIMIT)
          .until(() -> client.run("INFO", "clients").contains("blocked_clients:1"));
      assertThat(client.run("RPUSH", "list", "x")).isEqualTo(":1");
      assertThat(other.line()).isEqualTo("*2");
      assertThat(written(folder, 1)).contains("LPOP");
      // Pushes and replies keep their order; without replies nothing comes.
      listener.send(RawClient.request("SUBSCRIBE", "c") + RawClient.request("PING"));
      assertThat(listener.line()).isEqualTo("*3");
      client.send(
          RawClient.request("CLIENT", "REPLY", "OFF")
              + RawClient.request("SET", "silent", "1")
              + RawClient.request("PUBLISH", "c", "message")
              + RawClient.request("CLIENT", "REPLY", "ON"));
      assertThat(client.line()).isEqualTo("+OK");
      assertThat(written(folder, 1)).contains("silent").doesNotContain("PUBLISH");
      // A client that goes gets its last reply.
      client.send(RawClient.request("SET", "last", "1") + RawClient.request("QUIT"));
      assertThat(client.readToEnd()).isEqualTo("+OK\r\n+OK\r\n");
    }
  }

  @Test
  void aServerComesBackWithItsFilesAndCanBeSwitchedOnAndOff() throws Exception {
    try (var node = new RunningNode(folder);
        var client = node.connect()) {
      assertThat(client.run("SET", "before", "1")).isEqualTo("+OK");
      assertThat(client.run("CONFIG", "SET", "appendonly", "yes")).isEqualTo("+OK");
      await()
          .atMost(LIMIT)
          .until(() -> client.run("INFO", "persistence").contains("aof_pending_rewrite:0"));
      assertThat(client.run("SET", "after", "2")).isEqualTo("+OK");
      assertThat(client.run("BGREWRITEAOF")).startsWith("+Background append only file rewriting");
      await()
          .atMost(LIMIT)
          .until(() -> client.run("INFO", "persistence").contains("aof_rewrite_in_progress:0"));
      assertThat(client.run("SET", "last", "3")).isEqualTo("+OK");
      assertThat(client.run("CONFIG", "SET", "appendonly", "no")).isEqualTo("+OK");
      assertThat(client.run("INFO", "persistence")).contains("aof_enabled:0");
    }
    try (var node = new RunningNode(folder, "--appendonly", "yes");
        var client = node.connect()) {
      for (String key : List.of("before", "after", "last")) {
        assertThat(client.run("EXISTS", key)).as(key).isEqualTo(":1");
      }
    }
  }

  @Test
  void aBaseIsWrittenInTheVersionThatTheDirectiveSays() throws Exception {
    Path base = folder.resolve("appendonlydir/appendonly.aof.2.base.rdb");
    try (var node = new RunningNode(folder, "--appendonly", "yes", "--rdb-version-compat", "11");
        var client = node.connect()) {
      assertThat(client.run("SADD", "set", "a", "b")).isEqualTo(":2");
      assertThat(client.run("BGREWRITEAOF")).startsWith("+Background append only file rewriting");
      await().atMost(LIMIT).until(() -> Files.exists(base));
      assertThat(Files.readString(base, ISO_8859_1)).startsWith("REDIS0011");
    }
    try (var node = new RunningNode(folder, "--appendonly", "yes");
        var client = node.connect()) {
      assertThat(client.run("SCARD", "set")).isEqualTo(":2");
    }
  }

  @Test
  void loadaofBringsBackWhatIsInTheFilesAndTheyGoOn() throws Exception {
    String[] options = {"--appendonly", "yes", "--enable-debug-command", "yes"};
    String digest;
    try (var node = new RunningNode(folder, options);
        var client = node.connect()) {
      assertThat(client.run("SADD", "set", "a", "b")).isEqualTo(":2");
      assertThat(client.run("INCR", "n")).isEqualTo(":1");
      digest = client.run("DEBUG", "DIGEST");
      assertThat(client.run("DEBUG", "LOADAOF", "now")).startsWith("-ERR unknown subcommand");
      assertThat(client.run("DEBUG", "LOADAOF")).isEqualTo("+OK");
      assertThat(client.run("DEBUG", "DIGEST")).isEqualTo(digest);
      assertThat(client.run("INCR", "n")).isEqualTo(":2");
      digest = client.run("DEBUG", "DIGEST");
    }
    try (var node = new RunningNode(folder, options);
        var client = node.connect()) {
      assertThat(client.run("DEBUG", "DIGEST")).isEqualTo(digest);
    }
  }

  @Test
  void functionLibrariesOfOthersAreKeptFromTheirFilesAndTheirStream() throws Exception {
    Path files = Files.createDirectories(folder.resolve("files"));
    try (var theirs =
            OracleServer.start(Oracle.VALKEY, files, "--save", "", "--appendonly", "yes");
        var client = theirs.connect();
        var ours =
            new RunningNode(
                folder.resolve("replica"), "--replicaof", "127.0.0.1", "" + theirs.port());
        var here = ours.connect()) {
      await()
          .atMost(LIMIT)
          .until(() -> here.info("replication", "master_link_status").equals("up"));
      String library = "#!lua name=%s\nserver.register_function('%s', function() return 1 end)";
      client.functionLoad(library.formatted("a", "first"));
      client.functionLoad(library.formatted("b", "second"));
      byte[] both = client.functionDump();
      client.functionDelete("a");
      client.functionRestore(both, FunctionRestorePolicy.REPLACE);
      client.functionLoadReplace(library.formatted("b", "third"));
      await().atMost(LIMIT).until(() -> names(ours).equals(List.of("a first", "b third")));
    }
    try (var ours = new RunningNode(files, "--appendonly", "yes");
        var here = ours.connect()) {
      assertThat(names(ours)).containsExactly("a first", "b third");
      assertThat(here.run("BGREWRITEAOF")).startsWith("+Background append only file rewriting");
      await()
          .atMost(LIMIT)
          .until(() -> here.info("persistence", "aof_rewrite_in_progress").equals("0"));
    }
    try (var theirs =
            OracleServer.start(Oracle.VALKEY, files, "--save", "", "--appendonly", "yes");
        var client = theirs.connect()) {
      assertThat(client.fcall("third", List.of(), List.of())).isEqualTo(1L);
    }
  }

  /** The names of a server's libraries, each with the name of its function. */
  private static List<String> names(RunningNode node) {
    return node.node().keyspace().functions().sources().stream()
        .map(source -> new String(source, ISO_8859_1))
        .map(text -> text.replaceAll("(?s)#!lua name=(\\w+).*?'(\\w+)'.*", "$1 $2"))
        .toList();
  }

  @Test
  void waitaofIsAnsweredAsByValkey() throws Exception {
    try (var theirs = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var ours = new RunningNode(folder.resolve("ours"));
        var here = ours.connect();
        var there = RawClient.tcp(theirs.port())) {
      for (String arguments :
          List.of(
              "2 0 0",
              "-1 0 0",
              "x 0 0",
              "1 0 0",
              "0 -1 0",
              "0 x 0",
              "0 0 x",
              "0 0 -1",
              "0 0 0",
              "0 1 10",
              "0 0 99999999999999999999",
              "0 0")) {
        String request = RawClient.request(("WAITAOF " + arguments).split(" "));
        assertThat(here.exchange(request)).as(arguments).isEqualTo(there.exchange(request));
      }
    }
  }

  @Test
  void waitaofCountsDisksHereAndOnReplicasOfBothKinds() throws Exception {
    try (var node = new RunningNode(folder.resolve("primary"), "--appendonly", "yes");
        var client = node.connect()) {
      String[] follow = {"--replicaof", "127.0.0.1", "" + node.port(), "--appendonly", "yes"};
      try (var ours = new RunningNode(folder.resolve("replica"), follow);
          var theirs =
              OracleServer.start(
                  Oracle.VALKEY,
                  folder,
                  "--replicaof",
                  "127.0.0.1 " + node.port(),
                  "--appendonly",
                  "yes")) {
        await()
            .atMost(LIMIT)
            .until(() -> client.run("INFO", "replication").split("state=online").length == 3);
        assertThat(client.run("SET", "k", "v")).isEqualTo("+OK");
        client.send(RawClient.request("WAITAOF", "1", "2", PATIENCE_MS));
        assertThat(client.line()).isEqualTo("*2");
        assertThat(client.line()).isEqualTo(":1");
        assertThat(client.line()).isEqualTo(":2");
        assertThat(theirs.connect().get("k")).isEqualTo("v");
        try (var reader = ours.connect()) {
          assertThat(reader.run("WAITAOF", "0", "0", "0"))
              .startsWith("-ERR WAITAOF cannot be used");
        }
      }
    }
  }

  @Test
  void aReplicaTellsValkeyWhatIsOnItsDisk() throws Exception {
    try (var theirs = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var ours =
            new RunningNode(
                folder.resolve("ours"),
                "--replicaof",
                "127.0.0.1",
                "" + theirs.port(),
                "--appendonly",
                "yes");
        var client = RawClient.tcp(theirs.port());
        var here = ours.connect()) {
      await()
          .atMost(LIMIT)
          .until(() -> here.run("INFO", "replication").contains("master_link_status:up"));
      assertThat(client.run("SET", "k", "v")).isEqualTo("+OK");
      client.send(RawClient.request("WAITAOF", "0", "1", PATIENCE_MS));
      assertThat(client.line()).isEqualTo("*2");
      assertThat(client.line()).isEqualTo(":0");
      assertThat(client.line()).isEqualTo(":1");
    }
  }
}
