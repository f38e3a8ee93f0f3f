package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.Relay;
import io.hashslot.net.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that takes nothing more costs its primary what the limits say, and nobody else. */
class SlowReplicaIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MB = 1 << 20;
  private static final int VALUE_BYTES = 64 * 1024;

  /** What the link's own buffers may hold beyond the journal: five, and one arrival's more. */
  private static final long LINK_BYTES = 6L * MB;

  /** The chunk that is being filled, and chunks that are kept for the next turn. */
  private static final long SPARE_BYTES = 2L * MB;

  @TempDir Path folder;

  private RunningNode primary(String limit, String backlog) throws Exception {
    return new RunningNode(
        folder.resolve("primary"),
        "--client-output-buffer-limit",
        limit,
        "--repl-backlog-size",
        backlog);
  }

  private static void follow(RunningNode replica, int port) throws Exception {
    try (RawClient client = replica.connect()) {
      assertThat(client.run("REPLICAOF", "127.0.0.1", "" + port)).startsWith("+OK");
      await("the link", () -> client.info("replication", "master_link_status").equals("up"));
    }
  }

  @Test
  void beyondTheLimitItIsLetGoAndTheOthersGoOn() throws Exception {
    try (RunningNode primary = primary("replica 16mb 0 0", "1mb");
        RunningNode healthy = new RunningNode(folder.resolve("healthy"));
        RunningNode slow = new RunningNode(folder.resolve("slow"));
        Relay relay = new Relay(primary.port());
        RawClient client = primary.connect()) {
      follow(healthy, primary.port());
      follow(slow, relay.port());
      relay.stall(true);
      long most = 0;
      for (int i = 0; i < 16; i++) {
        write(client, 4);
        assertThat(acknowledged(client)).as("the healthy one has it").isPositive();
        most = Math.max(most, held(client));
      }
      assertThat(most).isLessThan(16L * MB + 4L * MB + LINK_BYTES + SPARE_BYTES);
      await("it is let go", () -> client.info("replication", "connected_slaves").equals("1"));
      await("memory comes back", () -> held(client) < 1L * MB + SPARE_BYTES);
      assertThat(client.info("stats", "sync_full")).isEqualTo("2");
      relay.stall(false);
      await("it needs everything", () -> number(client.info("stats", "sync_full")) > 2);
      same(client, slow);
      same(client, healthy);
      assertThat(client.info("stats", "sync_partial_ok")).isEqualTo("0");
    }
  }

  @Test
  void withinTheBacklogItGoesOnWhereItWas() throws Exception {
    try (RunningNode primary = primary("replica 16mb 0 0", "64mb");
        RunningNode slow = new RunningNode(folder.resolve("slow"));
        Relay relay = new Relay(primary.port());
        RawClient client = primary.connect()) {
      follow(slow, relay.port());
      relay.stall(true);
      write(client, 24);
      assertThat(client.info("replication", "connected_slaves"))
          .as("a limit below the backlog is none")
          .isEqualTo("1");
      assertThat(held(client)).isLessThan(24L * MB + LINK_BYTES + SPARE_BYTES);
      relay.cut();
      relay.stall(false);
      await("it goes on", () -> number(client.info("stats", "sync_partial_ok")) > 0);
      same(client, slow);
      assertThat(client.info("stats", "sync_full")).isEqualTo("1");
    }
  }

  /** Writes so many megabytes over the same few keys. */
  private static void write(RawClient client, int megabytes) throws IOException {
    String value = "x".repeat(VALUE_BYTES);
    for (int i = 0; i < megabytes * (MB / VALUE_BYTES); i++) {
      client.send(RawClient.request("SET", "key" + i % 20, value + i));
      assertThat(client.line()).isEqualTo("+OK");
    }
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static int acknowledged(RawClient client) throws IOException {
    return Integer.parseInt(client.run("WAIT", "1", "60000").substring(1));
  }

  /** Bytes that the primary keeps for its replicas: the journal, and what links have not sent. */
  private static long held(RawClient client) throws IOException {
    return Long.parseLong(client.info("memory", "mem_total_replication_buffers"))
        + Long.parseLong(client.info("memory", "mem_clients_slaves"));
  }

  private static void same(RawClient client, RunningNode replica) throws Exception {
    try (RawClient there = replica.connect()) {
      await(
          "equal data",
          () -> {
            for (int i = 0; i < 20; i++) {
              if (!there.run("GET", "key" + i).equals(client.run("GET", "key" + i))) {
                return false;
              }
            }
            return true;
          });
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
