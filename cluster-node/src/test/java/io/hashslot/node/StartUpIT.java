package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hashslot.command.server.Ending;
import io.hashslot.config.Config;
import io.hashslot.net.RawClient;
import io.hashslot.peer.Ports;
import io.hashslot.persist.aof.AofException;
import io.hashslot.persist.backup.RestoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What clients see of a server while it loads its data. */
class StartUpIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String LOADING = "LOADING Redis is loading the dataset in memory";
  private static final int KEYS = 50;

  /** So long that loading does not end before it is told to go on. */
  private static final String SLOWLY = "600000000";

  @TempDir Path folder;
  private final int port = Ports.next();

  private Config config(String... options) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder));
    all.addAll(List.of("--io-threads", "1", "--save", ""));
    all.addAll(List.of(options));
    return Config.of(all.toArray(String[]::new));
  }

  private void saveSomeData(String... options) throws Exception {
    try (var _ = Node.start(config(options));
        var client = client()) {
      for (int i = 0; i < KEYS; i++) {
        client.set("key:" + i, "value");
      }
      client.save();
    }
  }

  private Jedis client() {
    return new Jedis("127.0.0.1", port, (int) LIMIT.toMillis());
  }

  /** A server whose ports are open and which takes very long to load. */
  private Node loading(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--key-load-delay", SLOWLY));
    all.addAll(List.of(options));
    return Node.start(config(all.toArray(String[]::new)), _ -> {});
  }

  private static String field(Jedis client, String name) {
    return client
        .info("persistence")
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Test
  void clientsAreToldHowFarItIsAndLetInWhenTheDataIsThere() throws Exception {
    saveSomeData();
    long bytes = Files.size(folder.resolve("dump.rdb"));
    try (var _ = loading();
        var client = client()) {
      assertThatThrownBy(() -> client.get("key:1")).hasMessage(LOADING);
      assertThatThrownBy(client::ping).hasMessage(LOADING);
      assertThatThrownBy(client::bgsave).hasMessage(LOADING);
      assertThatThrownBy(() -> client.configSet("dir", "" + folder))
          .isInstanceOf(JedisDataException.class);
      await().atMost(LIMIT).until(() -> !field(client, "loading_rdb_used_mem").equals("0"));
      assertThat(field(client, "loading")).isEqualTo("1");
      assertThat(field(client, "async_loading")).isEqualTo("0");
      assertThat(field(client, "loading_total_bytes")).isEqualTo("" + bytes);
      assertThat(field(client, "loading_start_time")).matches("[0-9]{10}");
      assertThat(field(client, "loading_rdb_used_mem")).matches("[1-9][0-9]*");
      assertThat(field(client, "loading_loaded_bytes")).matches("[0-9]+");
      assertThat(field(client, "loading_loaded_perc")).matches("[0-9]+\\.[0-9]{2}");
      assertThat(field(client, "loading_eta_seconds")).matches("[0-9]+");
      client.configSet("key-load-delay", "0");
      await().atMost(LIMIT).until(() -> field(client, "loading").equals("0"));
      assertThat(client.get("key:1")).isEqualTo("value");
      assertThat(client.dbSize()).isEqualTo(KEYS);
      assertThat(field(client, "loading_start_time")).isEmpty();
      assertThat(field(client, "rdb_last_load_keys_loaded")).isEqualTo("" + KEYS);
    }
  }

  @Test
  void nothingIsRestoredWhereAServerRuns() throws Exception {
    Path backup = Files.writeString(folder.resolve("backup.rdb"), "REDIS0010");
    try (var _ = Node.start(config())) {
      assertThatThrownBy(
              () -> RestoreOption.of(List.of("--restore-from", "" + backup)).apply(config()))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("port " + port + " is in use");
      assertThat(folder.resolve("dump.rdb")).doesNotExist();
    }
  }

  @Test
  void norWhereAServerListensOnASocketAlone() throws Exception {
    Path backup = Files.writeString(folder.resolve("backup.rdb"), "REDIS0010");
    String socket = folder.resolve("s").toString();
    try (var _ = Node.start(config("--port", "0", "--unixsocket", socket))) {
      assertThatThrownBy(
              () ->
                  RestoreOption.of(List.of("--restore-from", "" + backup))
                      .apply(config("--port", "0", "--unixsocket", socket)))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("a server listens on " + socket);
      assertThat(folder.resolve("dump.rdb")).doesNotExist();
    }
  }

  @Test
  void commandsOfAnAppendOnlyFileCanBeSlowedDownToo() throws Exception {
    try (var _ = Node.start(config("--appendonly", "yes"));
        var client = client()) {
      client.set("key:1", "value");
      client.set("key:2", "value");
    }
    try (var _ = loading("--appendonly", "yes");
        var client = client()) {
      assertThatThrownBy(() -> client.get("key:1")).hasMessage(LOADING);
      assertThat(field(client, "loading")).isEqualTo("1");
      client.configSet("key-load-delay", "0");
      await().atMost(LIMIT).until(() -> field(client, "loading").equals("0"));
      assertThat(client.dbSize()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatIsToldToEndWhileLoadingEndsAtOnceAndLeavesItsFileAlone() throws Exception {
    saveSomeData();
    byte[] before = Files.readAllBytes(folder.resolve("dump.rdb"));
    for (String save : List.of("SAVE", "NOSAVE")) {
      try (var node = loading("--save", "1", "1");
          var client = client()) {
        assertThatThrownBy(() -> client.get("key:1")).hasMessage(LOADING);
        var told =
            Thread.ofVirtual()
                .start(
                    () ->
                        assertThatThrownBy(
                                () -> client.sendCommand(Protocol.Command.SHUTDOWN, save, "NOW"))
                            .isInstanceOf(JedisConnectionException.class));
        assertThat(node.awaitEnd()).isZero();
        node.stop();
        assertThat(told.join(LIMIT)).isTrue();
      }
    }
    try (var node = loading("--save", "1", "1")) {
      node.ending().begin(Ending.Saving.ALWAYS, false, false, () -> {});
      assertThat(node.awaitEnd()).isZero();
    }
    assertThat(folder.resolve("dump.rdb")).hasBinaryContent(before);
  }

  @Test
  void damagedDataEndsTheServerWithAnErrorAndIsLeftAsItIs() throws Exception {
    saveSomeData();
    Path file = folder.resolve("dump.rdb");
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);
    assertThatThrownBy(() -> Node.start(config()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CRC error");
    try (var node = Node.start(config(), _ -> {})) {
      assertThat(node.awaitEnd()).isEqualTo(1);
    }
    assertThat(file).hasBinaryContent(damaged);
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> Node.start(config())).isInstanceOf(IOException.class);
  }

  @Test
  void commandsOfAFileThatFailAreCountedAndEndTheServerThatMustNotDiffer() throws Exception {
    try (var _ = Node.start(config("--appendonly", "yes"));
        var client = client()) {
      client.set("k", "v");
    }
    Path file = folder.resolve("appendonlydir/appendonly.aof.1.incr.aof");
    Files.writeString(
        file,
        RawClient.request("LPUSH", "k", "wrong type") + RawClient.request("SET", "last", "1"),
        StandardOpenOption.APPEND);
    assertThatThrownBy(
            () ->
                Node.start(config("--appendonly", "yes", "--propagation-error-behavior", "panic")))
        .isInstanceOf(AofException.class)
        .hasMessageContaining("1 command(s) of the append-only files gave an error");
    for (String behaviour : List.of("ignore", "panic-on-replicas")) {
      try (var _ =
              Node.start(config("--appendonly", "yes", "--propagation-error-behavior", behaviour));
          var client = client()) {
        assertThat(client.get("last")).isEqualTo("1");
        assertThat(client.info("stats")).contains("unexpected_error_replies:1\r\n");
      }
    }
  }

  @Test
  void aReplicaThatLoadsAnswersAsReplicasDo() throws Exception {
    saveSomeData();
    try (var _ = loading("--replicaof", "127.0.0.1", "1");
        var client = client()) {
      assertThatThrownBy(() -> client.get("key:1")).hasMessage(LOADING);
      assertThatThrownBy(() -> client.set("key:1", "x"))
          .hasMessage("READONLY You can't write against a read only replica.");
      assertThat(client.info("replication")).contains("role:slave", "master_link_status:down");
      client.configSet("replica-serve-stale-data", "no");
      assertThatThrownBy(() -> client.get("key:1"))
          .hasMessage(
              "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
    }
  }

  @Test
  void aClusterNodeThatLoadsIsNotThereForTheOthers() throws Exception {
    String[] cluster = {"--cluster-enabled", "yes", "--cluster-port", "" + Ports.next()};
    saveSomeData();
    try (var _ = loading(cluster);
        var client = client()) {
      assertThatThrownBy(() -> client.get("key:1")).hasMessage("CLUSTERDOWN Hash slot not served");
      assertThatThrownBy(client::dbSize).hasMessage(LOADING);
      assertThat(client.clusterInfo()).contains("cluster_state:fail", "cluster_slots_assigned:0");
      assertThat(client.clusterNodes()).contains("myself,master");
      assertThat(client.publish("channel", "nobody hears")).isZero();
      client.configSet("key-load-delay", "0");
      await().atMost(LIMIT).until(() -> field(client, "loading").equals("0"));
      // Slots with keys that are nobody's become ours.
      await().atMost(LIMIT).until(() -> client.clusterInfo().contains("_assigned:" + KEYS));
    }
  }
}
