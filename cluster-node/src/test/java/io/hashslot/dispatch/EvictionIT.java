package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.LoopStallWatchdog;
import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several loops write more than there is room for: nothing stalls, and replicas see the same. */
class EvictionIT {
  private static final int CLIENTS = 6;
  private static final int ROUNDS = 3000;
  private static final long SEED = 0x0e71c7L;
  private static final long LIMIT_BYTES = 3 << 20;

  /** Buffers of clients come and go, and are added up now and then only. */
  private static final long TOLERANCE_BYTES = 64 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Bound of all that clients do, on a machine that does a lot beside. */
  private static final Duration WORK = Duration.ofMinutes(4);

  private static final Duration STALL = Duration.ofSeconds(45);

  @TempDir Path folder;

  private RunningNode start(String shards, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--io-threads", "3", "--shards", shards));
    all.addAll(List.of("--enable-debug-command", "yes", "--repl-backlog-size", "1mb"));
    all.addAll(List.of(options));
    return new RunningNode(folder.resolve("primary"), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "1,allkeys-lru",
    "64,allkeys-lru",
    "64,allkeys-lfu",
    "64,allkeys-random",
    "64,volatile-ttl",
    "64,volatile-random"
  })
  void theLimitHoldsAndAReplicaHasTheSameData(String shards, String policy) throws Exception {
    try (RunningNode node = start(shards);
        RunningNode replica =
            new RunningNode(
                folder.resolve("replica"),
                "--replicaof",
                "127.0.0.1 " + node.port(),
                "--enable-debug-command",
                "yes");
        RawClient admin = node.connect();
        RawClient there = replica.connect();
        LoopStallWatchdog watchdog = new LoopStallWatchdog(node.node().loops(), STALL)) {
      await()
          .atMost(PATIENCE)
          .until(() -> there.run("INFO", "replication").contains("master_link_status:up"));
      admin.run("CONFIG", "SET", "maxmemory-policy", policy);
      admin.run("CONFIG", "SET", "maxmemory", "" + LIMIT_BYTES);
      writeTogether(node);
      // What clients held that have just gone may still be counted.
      await().atMost(PATIENCE).until(() -> countedBytes(admin) < LIMIT_BYTES + TOLERANCE_BYTES);
      assertThat(figure(admin, "stats", "evicted_keys")).isPositive();
      admin.run("CONFIG", "SET", "maxmemory", "0");
      admin.run("SET", "marker", "end");
      assertThat(admin.run("WAIT", "1", "" + PATIENCE.toMillis())).isEqualTo(":1");
      assertThat(there.run("DEBUG", "DIGEST")).isEqualTo(admin.run("DEBUG", "DIGEST"));
      assertThat(figure(there, "stats", "evicted_keys")).isZero();
      assertThat(watchdog.longest()).isPositive();
    }
  }

  /** Nobody asks for anything any more, and still there is room soon. */
  @Test
  void roomIsMadeWithoutRequests() throws Exception {
    try (RunningNode node = start("64", "--maxmemory-policy", "allkeys-random");
        RawClient admin = node.connect()) {
      admin.run("DEBUG", "POPULATE", "20000", "key", "200");
      long before = figure(admin, "memory", "used_memory");
      admin.run("CONFIG", "SET", "maxmemory-eviction-tenacity", "0");
      admin.run("CONFIG", "SET", "maxmemory", "" + before / 2);
      await().atMost(PATIENCE).until(() -> countedBytes(admin) <= before / 2 + TOLERANCE_BYTES);
    }
  }

  private static void writeTogether(RunningNode node) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(SEED + i);
      tasks.add(
          () -> {
            try (RawClient client = node.connect()) {
              write(client, random);
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Void> each : threads.invokeAll(tasks, WORK.toSeconds(), TimeUnit.SECONDS)) {
        assertThat(each.isCancelled()).as("a client still waits").isFalse();
        each.get();
      }
    }
  }

  private static void write(RawClient client, Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "key:" + random.nextInt(20_000);
      String reply =
          switch (random.nextInt(5)) {
            case 0 -> client.run("APPEND", key, "y".repeat(random.nextInt(100)));
            case 1 -> client.run("DEL", key);
            case 2 -> client.run("RPUSH", "list:" + random.nextInt(200), "z".repeat(100));
            default ->
                client.run(
                    "SET",
                    key,
                    "x".repeat(random.nextInt(700)),
                    "EX",
                    "" + random.nextInt(10_000, 99_999));
          };
      boolean full = reply.startsWith("-OOM") || reply.startsWith("-WRONGTYPE");
      assertThat(!reply.startsWith("-") || full).as(reply).isTrue();
    }
  }

  private static long countedBytes(RawClient client) throws Exception {
    return figure(client, "memory", "used_memory")
        - figure(client, "memory", "mem_not_counted_for_evict");
  }

  private static long figure(RawClient client, String section, String name) throws Exception {
    return client
        .run("INFO", section)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
