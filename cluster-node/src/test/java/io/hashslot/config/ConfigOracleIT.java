package io.hashslot.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Our directives against those of the running C servers. */
class ConfigOracleIT {
  /** Where we mean to differ, and why. The oracle's own value is not looked at. */
  private static final Map<String, String> DEVIATIONS =
      Map.ofEntries(
          Map.entry("io-threads", "every loop executes commands: cores - 1"),
          Map.entry("syslog-ident", "our own name"),
          Map.entry("port", "set by the test"),
          Map.entry("bind", "set by the test"),
          Map.entry("dir", "set by the test"),
          Map.entry("pidfile", "a server that is not a daemon writes none"));

  /** What Valkey 8.0 changed after Redis 7.0; we follow Valkey. */
  private static final Set<String> NEWER_THAN_REDIS =
      Set.of(
          "lazyfree-lazy-eviction",
          "lazyfree-lazy-expire",
          "lazyfree-lazy-server-del",
          "lazyfree-lazy-user-del",
          "lazyfree-lazy-user-flush",
          "replica-lazy-flush",
          "slave-lazy-flush",
          "repl-backlog-size",
          "io-threads-do-reads",
          "aof-disable-auto-gc");

  /** Ours alone. */
  private static final Set<String> OURS =
      Set.of(
          "aof-lag-limit",
          "cluster-availability-zone",
          "cluster-databases",
          "cluster-manual-failover-timeout",
          "cluster-slot-migration-log-max-len",
          "cluster-write-acks",
          "cluster-write-acks-timeout",
          "io-transport",
          "lost-writes-limit",
          "rdb-version-compat",
          "replica-max-staleness",
          "shards",
          "slot-migration-max-failover-repl-bytes",
          "snapshot-dir",
          "snapshot-retain");

  @TempDir Path folder;
  private OracleServer server;
  private Jedis client;

  private void start(Oracle oracle, String... arguments) {
    server = OracleServer.start(oracle, folder, arguments);
    client = server.connect();
  }

  @AfterEach
  void stop() {
    if (client != null) client.close();
    if (server != null) server.close();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheSameDirectivesAndDefaults(Oracle oracle) {
    start(oracle);
    Map<String, String> theirs = new TreeMap<>(client.configGet("*"));
    Map<String, String> ours = new TreeMap<>(Config.defaults().find(List.of("*")));
    assertThat(ours.keySet()).containsAll(without(theirs.keySet(), NEWER_THAN_REDIS));
    if (oracle == Oracle.VALKEY) {
      assertThat(without(ours.keySet(), OURS)).isEqualTo(theirs.keySet());
    }
    Map<String, String> differences = new TreeMap<>();
    theirs.forEach(
        (name, value) -> {
          boolean newer = oracle == Oracle.REDIS && NEWER_THAN_REDIS.contains(name);
          if (newer || DEVIATIONS.containsKey(name)) return;
          if (!value.equals(ours.get(name))) differences.put(name, value);
        });
    assertThat(differences).as("their values where ours differ").isEmpty();
  }

  private static Set<String> without(Set<String> names, Set<String> others) {
    Set<String> rest = new java.util.TreeSet<>(names);
    rest.removeAll(others);
    return rest;
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerEveryValueAsTheyDo(Oracle oracle) {
    start(oracle);
    var config = Config.defaults();
    var values =
        List.of(
            "yes",
            "NO",
            "0",
            "1",
            "-1",
            "007",
            "+5",
            "64",
            "100",
            "128",
            "1001",
            "65536",
            "2147483648",
            "1kb",
            "1MB",
            "1g",
            "3.5mb",
            "1x",
            "50%",
            "101%",
            "-7%",
            "x%",
            "abc",
            "a b",
            "default",
            "always",
            "EVERYSEC",
            "local",
            "clients",
            "ip",
            "hostname",
            "unknown-endpoint",
            "noeviction",
            "allkeys-lru",
            "notice",
            "nothing",
            "swapdb",
            "1 2 3",
            "3600 1",
            "60 10000 5",
            "0 1",
            "normal 0 0 0",
            "replica 1gb 64mb 60",
            "boss 1 1 1",
            "pubsub 1 x 1",
            "KEA",
            "Ez$",
            "q",
            "50 99.99",
            "1 101",
            "save nosave",
            "now force",
            "1.2.3.4",
            "1.2.3",
            "::1",
            "fe80::1::2",
            "host.name",
            "under_score",
            "a/b",
            "{title} x",
            "{nope}");
    Map<String, String> differences = new TreeMap<>();
    for (String name : client.configGet("*").keySet()) {
      if (!triable(name, oracle)) continue;
      for (String value : values) {
        String theirs = theirAnswer(name, value);
        String ours = ourAnswer(config, name, value);
        if (!theirs.equals(ours)) differences.put(name + " " + value, theirs + " | " + ours);
      }
    }
    assertThat(differences).as("theirs | ours").isEmpty();
  }

  /** Without what would end the connection, write files, or depends on the machine. */
  private static boolean triable(String name, Oracle oracle) {
    return !name.startsWith("tls-")
        && !Set.of("port", "bind", "requirepass", "maxclients", "activedefrag").contains(name)
        && !name.equals("timeout")
        && !Set.of("appendonly", "oom-score-adj", "locale-collate", "list-compress-depth")
            .contains(name)
        && !(oracle == Oracle.REDIS && Set.of("loglevel", "maxmemory-samples").contains(name))
        && !Set.of("cluster-blacklist-ttl", "io-threads", "cluster-announce-human-nodename")
            .contains(name);
  }

  private String theirAnswer(String name, String value) {
    try {
      client.configSet(name, value);
      return "OK " + client.configGet(name).get(name);
    } catch (JedisDataException e) {
      return e.getMessage();
    }
  }

  private static String ourAnswer(Config config, String name, String value) {
    try {
      config.set(List.of(name, value), false, false);
      return "OK " + config.find(List.of(name)).get(name);
    } catch (ConfigSetException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseFilesInTheSameWords(Oracle oracle) throws Exception {
    var files =
        List.of(
            "port 1\nfoo bar",
            "port",
            "port 1 2",
            "port x",
            "port \"1",
            "timeout 1\n\n# x\nsave 1",
            "maxmemory 1zb",
            "appendonly maybe",
            "include",
            "user",
            "databases 0",
            "client-output-buffer-limit normal 1",
            "rename-command a",
            "replicaof a",
            "dir /none/x",
            "replicaof a 99999",
            "unixsocketperm 999",
            "dbfilename a/b",
            "appenddirname \"\"",
            "notify-keyspace-events Q",
            "  hz 'a' b ");
    for (String content : files) {
      Path file = java.nio.file.Files.writeString(folder.resolve("bad.conf"), content);
      var process =
          new ProcessBuilder(oracle.program(), file.toString(), "--zzz", "1")
              .redirectErrorStream(true)
              .start();
      String theirs = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor()).isEqualTo(1);
      String ours;
      try {
        ours = "accepted " + Config.of(file.toString(), "--zzz", "1");
      } catch (ConfigFileException e) {
        ours = String.valueOf(e.getMessage()).strip();
      }
      assertThat(ours.replaceFirst(" '[^']*', at line", ", at line").replace("Hashslot", "x"))
          .as(content)
          .isEqualTo(
              theirs
                  .replaceFirst("Redis 7.0.15|Version 8.0.1", "x")
                  .replace("primary port", "master port"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldRewriteAnyFileAsTheyDo(long seed) throws Exception {
    var random = new Random(seed);
    String old = randomFile(random);
    Path file = folder.resolve("test.conf");
    java.nio.file.Files.writeString(file, old);
    Oracle oracle = random.nextBoolean() ? Oracle.REDIS : Oracle.VALKEY;
    start(oracle, file.toString());
    var config =
        Config.of(
            file.toString(),
            "--port",
            "" + server.port(),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toRealPath().toString());
    // The same start: what the options said is in force, and so it is written.
    String[][] changes = {
      {"timeout", "" + 1000 * random.nextInt(3)},
      {"maxmemory", random.nextInt(4) + "mb"},
      {"save", random.nextBoolean() ? "" : "900 1 300 10"},
      {"notify-keyspace-events", random.nextBoolean() ? "KEA" : ""},
      {"client-output-buffer-limit", "replica 1gb 0 " + random.nextInt(2)},
      {"replica-priority", "" + (100 + random.nextInt(2))},
      {"maxmemory-clients", random.nextInt(3) + "%"},
      {"appendfsync", random.nextBoolean() ? "always" : "everysec"},
      {"masterauth", random.nextBoolean() ? "" : "p\"w \u00e9\n"},
      {"latency-tracking-info-percentiles", random.nextBoolean() ? "" : "50 99.5"},
      {"shutdown-on-sigterm", random.nextBoolean() ? "default" : "now force"},
      {"oom-score-adj-values", "1 2 " + (3 + random.nextInt(2))},
    };
    for (String[] change : changes) {
      client.configSet(change[0], change[1]);
      config.set(change);
    }
    client.configRewrite();
    String theirs = java.nio.file.Files.readString(file);
    String ours = new ConfigRewriter(config.settings(), Map.of()).rewritten(old);
    String context = "seed " + seed + " " + oracle + "\n" + old + "\n--- theirs\n" + theirs;
    assertThat(settled(ours)).as(context).isEqualTo(settled(theirs));
  }

  private static String randomFile(Random random) {
    var lines =
        new String[] {
          "# a comment",
          "",
          "  ",
          "timeout 5000",
          "timeout 6000",
          "TIMEOUT 7000",
          "maxmemory 1gb",
          "save 60 1",
          "save 10 10",
          "save \"\"",
          "slave-priority 7",
          "client-output-buffer-limit normal 1 2 3",
          "client-output-buffer-limit slave 1kb 2kb 3 pubsub 1 2 3",
          "notify-keyspace-events \"Kg\"",
          "user joe on nopass ~* +@all",
          "list-max-ziplist-entries 5",
          "appendfsync always",
          "masterauth \"a b\"",
          "hash-max-ziplist-value 1000k",
          "# Generated by CONFIG REWRITE",
          "unixsocketperm 700",
          "loglevel verbose",
          "maxmemory-clients 5%",
          "proc-title-template \"{title} x\"",
          "oom-score-adj-values 5 6 7",
          "  hz   20  ",
          "latency-tracking-info-percentiles 1 2",
        };
    var file = new StringBuilder();
    for (int i = 4 + random.nextInt(20); i > 0; i--) {
      file.append(lines[random.nextInt(lines.length)]).append('\n');
    }
    return file.toString();
  }

  /**
   * The file with what cannot be compared set aside: new lines come in any order, and some of them
   * are for directives that differ by intention.
   */
  private static List<String> settled(String file) {
    List<String> kept = new ArrayList<>();
    Map<String, Integer> added = new HashMap<>();
    boolean behindMark = false;
    for (String raw : file.lines().toList()) {
      String line = raw.replaceFirst("^primary(auth|user) ", "master$1 "); // Valkey's newer names
      String name = line.split(" ", 2)[0];
      if (DEVIATIONS.containsKey(name) || name.equals("user")) continue;
      if (behindMark) added.merge(line, 1, Integer::sum);
      else kept.add(line);
      behindMark |= line.equals("# Generated by CONFIG REWRITE");
    }
    kept.add(new TreeMap<>(added).toString());
    return kept;
  }
}
