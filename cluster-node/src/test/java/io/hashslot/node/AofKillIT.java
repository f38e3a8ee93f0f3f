package io.hashslot.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Servers with an append-only file are killed at random moments while clients write: the next start
 * always succeeds, what was acknowledged is there, and redis-server makes the same of the files.
 * More rounds with {@code -Dhashslot.aof.kills=200}, the same ones with {@code
 * -Dhashslot.aof.seed=N}.
 */
class AofKillIT {
  private static final int ROUNDS = Integer.getInteger("hashslot.aof.kills", 2);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WRITERS = 4;

  /**
   * What Redis may lose with {@code everysec}: the sync of a second, and a write put off by two.
   */
  private static final long EVERYSEC_NS = 3_000_000_000L;

  @TempDir Path folder;
  private Process process;
  private int port;

  /** A client that counts in its own key, and at once in two keys within a transaction. */
  private final class Writer extends Thread {
    final int number;
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong tried = new AtomicLong();

    /** Count and time of acknowledgement, about every hundredth second. */
    final List<long[]> history = new ArrayList<>();

    Writer(int number, long from) {
      this.number = number;
      acknowledged.set(from);
      tried.set(from);
      history.add(new long[] {from, System.nanoTime()});
    }

    @Override
    public void run() {
      try (Jedis client = new Jedis("127.0.0.1", port, 60_000)) {
        while (true) {
          long next = tried.incrementAndGet();
          if (next % 2 == 0) {
            client.set("count" + number, "" + next);
          } else {
            var transaction = client.multi();
            transaction.set("count" + number, "" + next);
            transaction.set("twin" + number, "" + next);
            transaction.exec();
          }
          acknowledged.set(next);
          long nowNs = System.nanoTime();
          if (nowNs - history.getLast()[1] > 10_000_000) {
            history.add(new long[] {next, nowNs});
          }
        }
      } catch (JedisException killed) {
        // as is meant
      }
    }

    /** Returns what must be there after a server was killed at a time. */
    long expected(String policy, long killedNs) {
      if (policy.equals("always")) {
        return acknowledged.get();
      }
      long old = history.getFirst()[0];
      for (long[] one : history) {
        if (one[1] < killedNs - EVERYSEC_NS) {
          old = one[0];
        }
      }
      return old;
    }
  }

  private void start(String policy) throws Exception {
    Path root = Path.of(System.getProperty("hashslot.root", "..")).toAbsolutePath();
    port = Ports.next();
    Path log = folder.resolve("log");
    process =
        LastWill.start(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + root.resolve("bin/jvm.options"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.hashslot.node.Main",
                    "--port",
                    "" + port,
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder.toString(),
                    "--save",
                    "",
                    "--io-threads",
                    "1",
                    "--appendonly",
                    "yes",
                    "--enable-debug-command",
                    "yes",
                    "--appendfsync",
                    policy)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    await().atMost(LIMIT).until(() -> !process.isAlive() || answers());
    assertThat(process.isAlive()).as(() -> read(log)).isTrue();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException problem) {
      return problem.toString();
    }
  }

  private boolean answers() {
    try (Jedis client = new Jedis("127.0.0.1", port, 60_000)) {
      return client.ping().equals("PONG");
    } catch (JedisException _) {
      return false;
    }
  }

  @AfterEach
  void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterTheServerWasKilled() throws Exception {
    long seed = Long.getLong("hashslot.aof.seed", System.nanoTime());
    Random random = new Random(seed);
    long[] counts = new long[WRITERS];
    start("always");
    for (int round = 0; round < ROUNDS; round++) {
      String policy = round % 2 == 0 ? "always" : "everysec";
      String what = "seed " + seed + ", round " + round + ", " + policy;
      List<Writer> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(new Writer(i, counts[i]));
      }
      writers.forEach(Thread::start);
      Thread.sleep(50 + random.nextInt(400)); // when it is killed is what the seed decides
      if (random.nextBoolean()) {
        try (Jedis client = new Jedis("127.0.0.1", port, 60_000)) {
          client.bgrewriteaof();
        }
        Thread.sleep(random.nextInt(50));
      }
      long killedNs = System.nanoTime();
      process.destroyForcibly();
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      for (Writer writer : writers) {
        writer.join(LIMIT);
      }
      Path copy = folder.resolve("copy-" + round);
      copyFiles(copy);
      start(round % 2 == 0 ? "everysec" : "always");
      try (Jedis client = new Jedis("127.0.0.1", port, 60_000)) {
        if (Oracle.REDIS.installed()) {
          assertThat(digest(client)).as("%s: as redis-server has it", what).isEqualTo(loaded(copy));
        }
        for (Writer writer : writers) {
          long count = count(client, "count" + writer.number);
          long twin = count(client, "twin" + writer.number);
          assertThat(count)
              .as(what)
              .isBetween(writer.expected(policy, killedNs), writer.tried.get());
          assertThat(twin).as("%s: a transaction is whole", what).isBetween(count - 1, count);
          counts[writer.number] = count;
        }
      }
    }
  }

  /** Copies the append-only files as the kill has left them. */
  private void copyFiles(Path to) throws Exception {
    Path from = folder.resolve("appendonlydir");
    Files.createDirectories(to.resolve("appendonlydir"));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve("appendonlydir").resolve(file.getFileName()));
      }
    }
  }

  /** What redis-server makes of append-only files. */
  private static String loaded(Path dir) {
    try (var server =
            OracleServer.start(
                Oracle.REDIS,
                dir,
                "--save",
                "",
                "--appendonly",
                "yes",
                "--enable-debug-command",
                "yes");
        Jedis client = server.connect()) {
      return digest(client);
    }
  }

  private static String digest(Jedis client) {
    return new String(
        (byte[]) client.sendCommand(() -> "DEBUG".getBytes(US_ASCII), "DIGEST"), US_ASCII);
  }

  private static long count(Jedis client, String key) {
    String value = client.get(key);
    return value == null ? 0 : Long.parseLong(value);
  }
}
