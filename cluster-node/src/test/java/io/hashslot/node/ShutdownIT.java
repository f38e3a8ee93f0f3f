package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RunningNode;
import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** How a server ends: real processes, real signals. */
class ShutdownIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  private Process start(int port, String... options) throws Exception {
    Path root = Path.of(System.getProperty("hashslot.root", "..")).toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve("bin/jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.hashslot.node.Main"));
    command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder));
    command.addAll(List.of("--io-threads", "1"));
    command.addAll(List.of(options));
    var process =
        LastWill.start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(port + ".log").toFile()));
    processes.add(process);
    await().atMost(LIMIT).until(() -> !process.isAlive() || answers(port));
    return process;
  }

  private static boolean answers(int port) {
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      return client.ping().equals("PONG");
    } catch (JedisException _) {
      return false;
    }
  }

  private static void endsWith(int status, Process process) throws Exception {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
  }

  @AfterEach
  void killAll() {
    processes.forEach(Process::destroyForcibly);
    // They write into the folder that is deleted next.
    processes.forEach(process -> process.onExit().join());
  }

  @Test
  void sigtermSavesWhenThereAreSavePointsAndTheNextStartHasTheData() throws Exception {
    int port = Ports.next();
    var first = start(port);
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      client.set("k", "v");
    }
    first.destroy();
    endsWith(0, first);
    assertThat(folder.resolve("dump.rdb")).exists();
    start(port);
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      assertThat(client.get("k")).isEqualTo("v");
    }
  }

  @Test
  void sigtermSavesNothingWithoutSavePointsOrWhenToldSo() throws Exception {
    var first = start(Ports.next(), "--save", "");
    var second = start(Ports.next(), "--shutdown-on-sigterm", "nosave");
    first.destroy();
    second.destroy();
    endsWith(0, first);
    endsWith(0, second);
    assertThat(folder.resolve("dump.rdb")).doesNotExist();
  }

  @Test
  void shutdownEndsTheProcessWithoutAReplyAndSavesIfAsked() throws Exception {
    int port = Ports.next();
    var process = start(port, "--save", "");
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      client.set("k", "v");
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> client.sendCommand(Protocol.Command.SHUTDOWN, "SAVE"))
          .isInstanceOf(JedisConnectionException.class);
    }
    endsWith(0, process);
    assertThat(folder.resolve("dump.rdb")).exists();
  }

  @Test
  void aShutdownThatCannotSaveFailsUnlessForced() throws Exception {
    int port = Ports.next();
    var process = start(port);
    Files.createDirectories(folder.resolve("dump.rdb/not-empty"));
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      client.set("k", "v");
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> client.sendCommand(Protocol.Command.SHUTDOWN))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("ERR Errors trying to SHUTDOWN. Check logs.");
      assertThat(client.get("k")).isEqualTo("v");
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> client.sendCommand(Protocol.Command.SHUTDOWN, "FORCE"))
          .isInstanceOf(JedisConnectionException.class);
    }
    endsWith(0, process);
  }

  @Test
  void aReplicaThatMustNotDifferEndsWhenACommandOfItsPrimaryFails() throws Exception {
    int port = Ports.next();
    try (var primary = new RunningNode(folder.resolve("primary"));
        var client = new Jedis("127.0.0.1", primary.port(), 60_000)) {
      var replica =
          start(
              port,
              "--save",
              "",
              "--propagation-error-behavior",
              "panic",
              "--replica-read-only",
              "no",
              "--replicaof",
              "127.0.0.1",
              "" + primary.port());
      await().atMost(LIMIT).until(() -> client.waitReplicas(1, 1000) == 1);
      try (var local = new Jedis("127.0.0.1", port, 60_000)) {
        local.set("k", "a string");
        client.rpush("k", "a list");
        await().atMost(LIMIT).until(() -> client.waitReplicas(1, 1000) == 1);
        assertThat(local.get("k")).as("as long as it may differ").isEqualTo("a string");
        local.configSet("replica-read-only", "yes");
      }
      client.rpush("k", "another element");
      endsWith(1, replica);
      assertThat(Files.readString(folder.resolve(port + ".log")))
          .contains("Ending, as propagation-error-behavior says");
    }
  }

  @Test
  void aReplicaThatCannotPersistEndsAtAWriteOfItsPrimaryUnlessThatIsIgnored() throws Exception {
    int port = Ports.next();
    try (var primary = new RunningNode(folder.resolve("primary"));
        var client = new Jedis("127.0.0.1", primary.port(), 60_000)) {
      var replica =
          start(
              port,
              "--save",
              "100000 1",
              "--replica-ignore-disk-write-errors",
              "yes",
              "--replicaof",
              "127.0.0.1",
              "" + primary.port());
      client.set("k", "before");
      try (var here = new Jedis("127.0.0.1", port, 60_000)) {
        // It answers LOADING while the first copy comes.
        await().atMost(LIMIT).ignoreExceptions().until(() -> "before".equals(here.get("k")));
        Files.deleteIfExists(folder.resolve("dump.rdb"));
        Files.createDirectories(folder.resolve("dump.rdb/not-empty"));
        here.bgsave();
        await().atMost(LIMIT).until(() -> here.info().contains("rdb_last_bgsave_status:err"));
        org.assertj.core.api.Assertions.assertThatThrownBy(here::ping)
            .hasMessageStartingWith("MISCONF ");
        client.set("k", "ignored");
        await().atMost(LIMIT).until(() -> "ignored".equals(here.get("k")));
        here.configSet("replica-ignore-disk-write-errors", "no");
      }
      client.set("k", "the end");
      endsWith(1, replica);
      assertThat(Files.readString(folder.resolve(port + ".log")))
          .contains("commands are applied even though they cannot be persisted")
          .contains("The primary's command 'set' cannot be persisted here: ending");
    }
  }

  @Test
  void itsWordsAreCheckedAsInRedis() throws Exception {
    int port = Ports.next();
    start(port, "--save", "");
    try (var client = new Jedis("127.0.0.1", port, 60_000)) {
      for (String[] words :
          new String[][] {{"FOO"}, {"SAVE", "NOSAVE"}, {"ABORT", "NOW"}, {"NOW", "ABORT"}}) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> client.sendCommand(Protocol.Command.SHUTDOWN, words))
            .hasMessage("ERR syntax error");
      }
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> client.sendCommand(Protocol.Command.SHUTDOWN, "ABORT"))
          .hasMessage("ERR No shutdown in progress.");
    }
  }

  @Test
  void shutdownWaitsForReplicasThatLagBehindUntilItIsCalledOff() throws Exception {
    int port = Ports.next();
    int replicaPort = Ports.next();
    var primary = start(port, "--save", "", "--shutdown-timeout", "300");
    var replica = start(replicaPort, "--save", "", "--replicaof", "127.0.0.1", "" + port);
    try (var client = new Jedis("127.0.0.1", port, 60_000);
        var other = new Jedis("127.0.0.1", port, 60_000)) {
      await().atMost(LIMIT).until(() -> client.waitReplicas(1, 1000) == 1);
      new ProcessBuilder("kill", "-STOP", "" + replica.pid()).start().waitFor();
      client.set("k", "v");
      var shutdown =
          Thread.ofVirtual()
              .start(
                  () ->
                      org.assertj.core.api.Assertions.assertThatThrownBy(
                              () -> other.sendCommand(Protocol.Command.SHUTDOWN))
                          .hasMessage("ERR Errors trying to SHUTDOWN. Check logs."));
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                try {
                  client.sendCommand(Protocol.Command.SHUTDOWN, "ABORT");
                  return true;
                } catch (JedisDataException _) {
                  return false;
                }
              });
      shutdown.join(LIMIT);
      assertThat(primary.isAlive()).isTrue();
      client.set("k", "w");
      new ProcessBuilder("kill", "-CONT", "" + replica.pid()).start().waitFor();
      primary.destroy();
      endsWith(0, primary);
      try (var reader = new Jedis("127.0.0.1", replicaPort, 60_000)) {
        assertThat(reader.get("k")).isEqualTo("w");
      }
    }
  }
}
