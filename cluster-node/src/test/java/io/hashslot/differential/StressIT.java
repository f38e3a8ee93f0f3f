package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.LoopStallWatchdog;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients on all event loops do anything at all to few keys, mostly of one type at a time;
 * after each whoever follows the journal has the same data: nodes of ours that were there from the
 * beginning or come in the middle of it, one that follows another, and both C servers. {@code
 * -Dhashslot.stress.rounds=n} batches come from each client for each type, 15 unless given; {@code
 * -Dhashslot.stress.seed=n} gives the clients the same requests once more, if not in the same order
 * among each other.
 */
class StressIT {
  private static final int CLIENTS = 9;
  private static final int ROUNDS = Integer.getInteger("hashslot.stress.rounds", 15);
  private static final long SEED = Long.getLong("hashslot.stress.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofSeconds(45);

  /** Longer than a round takes, by far. */
  private static final Duration LIMIT = Duration.ofMinutes(4).plusMillis(ROUNDS * 200L);

  /** Redis 7.0 has no listpacks of sets. */
  static final List<String> REDIS_FORMS =
      Pair.SMALL_FORMS.subList(0, Pair.SMALL_FORMS.indexOf("--set-max-listpack-entries"));

  @TempDir Path folder;

  private RunningNode node(String name, int shards, String... more) throws Exception {
    List<String> words = new ArrayList<>(Pair.SMALL_FORMS);
    words.addAll(List.of("--enable-debug-command", "yes", "--repl-backlog-size", "256mb"));
    words.addAll(List.of("--shards", "" + shards));
    words.addAll(List.of(more));
    return new RunningNode(folder.resolve(name), words.toArray(String[]::new));
  }

  private OracleServer oracle(Oracle kind) throws Exception {
    kind.program();
    List<String> words = new ArrayList<>(kind == Oracle.REDIS ? REDIS_FORMS : Pair.SMALL_FORMS);
    words.addAll(List.of("--save", "", "--enable-debug-command", "yes"));
    Path home = Files.createDirectory(folder.resolve(kind.name()));
    return OracleServer.start(kind, home, words.toArray(String[]::new));
  }

  @Test
  void whoeverFollowsHasTheSameDataAfterAnythingAtAll() throws Exception {
    try (RunningNode primary = node("primary", 64, "--io-threads", "3");
        RunningNode first = node("first", 1);
        RunningNode late = node("late", 64, "--io-threads", "2");
        RunningNode behind = node("behind", 8);
        LoopStallWatchdog _ = new LoopStallWatchdog(primary.node().loops(), STALL)) {
      follow(first.port(), primary.port());
      follow(behind.port(), first.port());
      for (Streams type : Streams.TYPES) {
        run(primary, type, () -> follow(late.port(), primary.port()));
        for (RunningNode replica : List.of(first, late, behind)) {
          same(primary.port(), replica.port(), true);
        }
      }
    }
  }

  @Test
  void valkeyHasTheSameData() throws Exception {
    serverHasTheSameData(Oracle.VALKEY);
  }

  @Test
  void redisHasTheSameData() throws Exception {
    serverHasTheSameData(Oracle.REDIS);
  }

  private void serverHasTheSameData(Oracle kind) throws Exception {
    try (OracleServer replica = oracle(kind);
        RunningNode primary = node("primary", 64, "--io-threads", "3");
        LoopStallWatchdog _ = new LoopStallWatchdog(primary.node().loops(), STALL)) {
      for (Streams type : Streams.TYPES) {
        run(primary, type, () -> follow(replica.port(), primary.port()));
        same(primary.port(), replica.port(), kind == Oracle.VALKEY);
      }
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  /** Lets all clients work; something happens when they are in the middle of it. */
  private static void run(RunningNode node, Streams type, Task meanwhile) throws Exception {
    AtomicInteger batches = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        StressStreams streams = new StressStreams(type, new Random(SEED + i));
        clients.add(threads.submit(() -> work(node.port(), streams, batches)));
      }
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  batches.get() > CLIENTS * ROUNDS / 4
                      || clients.stream().anyMatch(Future::isDone));
      meanwhile.run();
      for (Future<?> client : clients) {
        client.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private static Void work(int port, StressStreams streams, AtomicInteger batches)
      throws IOException {
    int requests = 0;
    int refused = 0;
    try (Server client = new Server(port)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (RawReply reply : client.run(streams.batch())) {
          requests++;
          refused += reply.type() == '-' ? 1 : 0;
        }
        batches.incrementAndGet();
      }
    }
    assertThat(refused).as("refused of %d", requests).isLessThan(requests * 9 / 10);
    return null;
  }

  /** Begins anew: who had been following has a history of its own by now. */
  private static void follow(int replica, int primary) throws IOException {
    try (Server server = new Server(replica)) {
      server.run("REPLICAOF", "NO", "ONE");
      server.run("REPLICAOF", "127.0.0.1", "" + primary);
      await()
          .atMost(PATIENCE)
          .until(() -> server.run("INFO", "replication").body().contains("link_status:up"));
    }
  }

  /** Waits until both have the same data, or tells what differs. */
  private static void same(int primary, int replica, boolean digest) throws IOException {
    try (Server here = new Server(primary);
        Server there = new Server(replica)) {
      try {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () ->
                    digest
                        ? sameDigest(here, there)
                        : ReplicatedData.of(here).equals(ReplicatedData.of(there)));
      } catch (ConditionTimeoutException e) {
        assertThat(ReplicatedData.of(there)).as("seed %d", SEED).isEqualTo(ReplicatedData.of(here));
        throw new AssertionError("the digests differ, seed " + SEED, e);
      }
      assertThat(ReplicatedData.of(there)).as("seed %d", SEED).isEqualTo(ReplicatedData.of(here));
    }
  }

  private static boolean sameDigest(Server here, Server there) throws IOException {
    return here.run("DEBUG", "DIGEST").text().equals(there.run("DEBUG", "DIGEST").text());
  }
}
