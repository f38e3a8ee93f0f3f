package io.hashslot.dispatch;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many waiting clients on several loops, few keys: nothing is lost, nothing is served twice. */
class BlockingIT {
  private static final int PRODUCERS = 4;
  private static final int CONSUMERS = 12;
  private static final int EACH = Integer.getInteger("hashslot.blocking.each", 1000);
  private static final long SEED = 0xb10c_1122L;
  private static final Duration PATIENCE = Duration.ofMinutes(3).plusMillis(EACH * 30L);

  @TempDir Path folder;

  private RunningNode start(int shards, int loops) throws Exception {
    return new RunningNode(folder, "--io-threads", "" + loops, "--shards", "" + shards);
  }

  /** Runs all tasks at the same time; each must end within a bound. */
  private static void together(List<Callable<Void>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<Void> each : threads.invokeAll(tasks, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        assertThat(each.isCancelled()).as("a client still waits").isFalse();
        each.get();
      }
    }
  }

  private static void blocked(RunningNode node, int clients) throws Exception {
    try (RawClient client = node.connect()) {
      await()
          .atMost(PATIENCE)
          .until(() -> client.run("INFO", "clients").contains("blocked_clients:" + clients + "\r"));
    }
  }

  /** Reads one reply of BLPOP: the value, or null if the time was up. */
  private static String popped(RawClient client) throws IOException {
    String head = client.line();
    if (head.equals("*-1")) {
      return null;
    }
    assertThat(head).isEqualTo("*2");
    client.reply();
    return client.reply();
  }

  private static Callable<Void> producer(RunningNode node, int index) {
    return () -> {
      Random random = new Random(SEED + index);
      try (RawClient client = node.connect()) {
        for (int i = 0; i < EACH; ) {
          int many = Math.min(EACH - i, 1 + random.nextInt(3));
          String key = "q" + random.nextInt(3);
          List<String> words = new ArrayList<>(List.of("RPUSH", key));
          for (int k = 0; k < many; k++) {
            words.add(index + ":" + i++);
          }
          String push = request(words.toArray(String[]::new));
          if (random.nextBoolean()) {
            client.exchange(push);
          } else {
            client.exchange(request("MULTI") + push + request("GET", "x") + request("EXEC"));
          }
        }
      }
      return null;
    };
  }

  private static final class Harvest {
    private final ConcurrentLinkedQueue<String> values = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger(PRODUCERS * EACH);

    void add(String value) {
      values.add(value);
      left.decrementAndGet();
    }

    void isWhole() {
      Set<String> distinct = new HashSet<>(values);
      assertThat(values).as("served once").hasSize(distinct.size());
      assertThat(distinct).as("served at all").hasSize(PRODUCERS * EACH);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void everyElementGoesToExactlyOneClient(int shards) throws Exception {
    try (RunningNode node = start(shards, 3)) {
      Harvest harvest = new Harvest();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        tasks.add(producer(node, i));
      }
      for (int i = 0; i < CONSUMERS; i++) {
        Random random = new Random(SEED - i);
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                while (harvest.left.get() > 0) {
                  // Short times: many run out just when an element comes.
                  String time = random.nextInt(3) == 0 ? "0.001" : "0.02";
                  client.send(
                      random.nextBoolean()
                          ? request("BLPOP", "q0", "q1", "q2", time)
                          : request("BRPOP", "q2", "q0", "q1", time));
                  String value = popped(client);
                  if (value != null) {
                    harvest.add(value);
                  }
                }
              }
              return null;
            });
      }
      together(tasks);
      harvest.isWhole();
      nobodyIsLeft(node);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void elementsPassThroughAChainOfMovers(int shards) throws Exception {
    try (RunningNode node = start(shards, 3)) {
      Harvest harvest = new Harvest();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        tasks.add(producer(node, i));
      }
      for (int i = 0; i < CONSUMERS; i++) {
        String from = i % 4 == 3 ? "stage" : "q" + i % 4;
        String to = i % 4 == 3 ? "end" : "stage";
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                while (harvest.left.get() > 0) {
                  client.send(request("BLMOVE", from, to, "LEFT", "RIGHT", "0.02"));
                  client.reply();
                }
              }
              return null;
            });
      }
      for (int i = 0; i < 2; i++) {
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                while (harvest.left.get() > 0) {
                  client.send(request("BLPOP", "end", "0.02"));
                  String value = popped(client);
                  if (value != null) {
                    harvest.add(value);
                  }
                }
              }
              return null;
            });
      }
      together(tasks);
      harvest.isWhole();
      nobodyIsLeft(node);
    }
  }

  @Test
  void killingAndUnblockingLosesNothingThatWasNotSent() throws Exception {
    try (RunningNode node = start(64, 3)) {
      Harvest harvest = new Harvest();
      AtomicInteger cut = new AtomicInteger();
      ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      AtomicInteger producing = new AtomicInteger(PRODUCERS);
      for (int i = 0; i < PRODUCERS; i++) {
        Callable<Void> producer = producer(node, i);
        tasks.add(
            () -> {
              producer.call();
              producing.decrementAndGet();
              return null;
            });
      }
      for (int i = 0; i < CONSUMERS; i++) {
        tasks.add(() -> consumeThroughKills(node, harvest, ids, cut, producing));
      }
      tasks.add(
          () -> {
            Random random = new Random(SEED);
            try (RawClient client = node.connect()) {
              while (producing.get() > 0) {
                String id = ids.poll();
                if (id == null) {
                  Thread.onSpinWait();
                } else if (random.nextInt(4) == 0) {
                  client.run("CLIENT", "KILL", "ID", id);
                } else {
                  String how = random.nextBoolean() ? "TIMEOUT" : "ERROR";
                  client.run("CLIENT", "UNBLOCK", id, how);
                }
              }
            }
            return null;
          });
      together(tasks);
      try (RawClient client = node.connect()) {
        for (String key : List.of("q0", "q1", "q2")) {
          for (String rest = client.run("LPOP", key);
              !rest.equals("$-1");
              rest = client.run("LPOP", key)) {
            harvest.add(rest);
          }
        }
      }
      Set<String> distinct = new HashSet<>(harvest.values);
      assertThat(harvest.values).as("served once").hasSize(distinct.size());
      assertThat(PRODUCERS * EACH - distinct.size())
          .as("at most one reply was on its way when a link was cut")
          .isLessThanOrEqualTo(cut.get());
      nobodyIsLeft(node);
    }
  }

  private static Void consumeThroughKills(
      RunningNode node,
      Harvest harvest,
      ConcurrentLinkedQueue<String> ids,
      AtomicInteger cut,
      AtomicInteger producing)
      throws Exception {
    while (producing.get() > 0) {
      try (RawClient client = node.connect()) {
        String id = client.run("CLIENT", "ID").substring(1);
        while (producing.get() > 0) {
          client.send(request("BLPOP", "q0", "q1", "q2", "0.05"));
          ids.add(id);
          String head = client.line();
          if (head.equals("*2")) {
            client.reply();
            harvest.add(client.reply());
          } else {
            assertThat(head).isIn("*-1", "-UNBLOCKED client unblocked via CLIENT UNBLOCK");
          }
        }
      } catch (IOException killed) {
        cut.incrementAndGet();
      }
    }
    return null;
  }

  /** All types and ways to wait at once: the replica must end up with the same data. */
  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void theReplicaDoesTheSame(int shards) throws Exception {
    try (RunningNode node =
            new RunningNode(
                folder.resolve("primary"),
                "--io-threads",
                "3",
                "--shards",
                "" + shards,
                "--enable-debug-command",
                "yes");
        RunningNode replica =
            new RunningNode(
                folder.resolve("replica"),
                "--replicaof",
                "127.0.0.1 " + node.port(),
                "--enable-debug-command",
                "yes");
        RawClient here = node.connect();
        RawClient there = replica.connect();
        RawClient reader = replica.connect()) {
      await()
          .atMost(PATIENCE)
          .until(() -> there.run("INFO", "replication").contains("master_link_status:up"));
      here.run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
      reader.send(request("XREAD", "BLOCK", "0", "STREAMS", "s", "$"));
      blocked(replica, 1);
      AtomicInteger producing = new AtomicInteger(PRODUCERS);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        Random random = new Random(SEED + i);
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                for (int k = 0; k < EACH; k++) {
                  client.exchange(anything(random));
                }
              } finally {
                producing.decrementAndGet();
              }
              return null;
            });
      }
      for (int i = 0; i < CONSUMERS; i++) {
        Random random = new Random(SEED - i);
        String name = "consumer" + i;
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                while (producing.get() > 0) {
                  client.exchange(waiting(random, name));
                }
              }
              return null;
            });
      }
      together(tasks);
      here.run("SET", "marker", "end");
      assertThat(here.run("WAIT", "1", "" + PATIENCE.toMillis())).isEqualTo(":1");
      assertThat(there.run("DEBUG", "DIGEST")).isEqualTo(here.run("DEBUG", "DIGEST"));
      assertThat(reader.line()).as("who waits on the replica is served").isEqualTo("*1");
      nobodyIsLeft(node);
    }
  }

  private static String anything(Random random) {
    String element = "" + random.nextInt(1000);
    return switch (random.nextInt(7)) {
      case 0 -> request("RPUSH", "q" + random.nextInt(3), element, element);
      case 1 -> request("ZADD", "z" + random.nextInt(2), element, "m" + element);
      case 2 -> request("XADD", "s", "*", "f", element);
      case 3 ->
          request("MULTI")
              + request("LPUSH", "q0", element)
              + request("ZADD", "z0", "1", element)
              + request("XADD", "s", "MAXLEN", "50", "*", "f", "v")
              + request("EXEC");
      case 4 -> request("RENAME", "q1", "q2");
      case 5 -> request("LMOVE", "q2", "q0", "LEFT", "RIGHT");
      default -> request("ZUNIONSTORE", "z1", "2", "z0", "z1");
    };
  }

  private static String waiting(Random random, String consumer) {
    return switch (random.nextInt(7)) {
      case 0 -> request("BLPOP", "q0", "q1", "q2", "0.01");
      case 1 -> request("BLMOVE", "q0", "q1", "LEFT", "RIGHT", "0.01");
      case 2 -> request("BRPOPLPUSH", "q1", "q2", "0.01");
      case 3 -> request("BLMPOP", "0.01", "2", "q2", "q0", "RIGHT", "COUNT", "3");
      case 4 -> request("BZPOPMIN", "z0", "z1", "0.01");
      case 5 -> request("BZMPOP", "0.01", "1", "z1", "MAX", "COUNT", "2");
      default -> request("XREADGROUP", "GROUP", "g", consumer, "BLOCK", "10", "STREAMS", "s", ">");
    };
  }

  @Test
  void everyEntryGoesToOneOfEachGroupAndToAllReaders() throws Exception {
    int entries = 2000;
    try (RunningNode node = start(64, 3);
        RawClient producer = node.connect()) {
      producer.run("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
      ConcurrentLinkedQueue<String> delivered = new ConcurrentLinkedQueue<>();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < CONSUMERS; i++) {
        String name = "consumer" + i;
        tasks.add(
            () -> {
              try (RawClient client = node.connect()) {
                while (delivered.size() < entries) {
                  client.send(
                      request(
                          "XREADGROUP",
                          "GROUP",
                          "g",
                          name,
                          "COUNT",
                          "1",
                          "BLOCK",
                          "20",
                          "STREAMS",
                          "s",
                          ">"));
                  String id = oneEntry(client);
                  if (id != null) {
                    delivered.add(id);
                  }
                }
              }
              return null;
            });
      }
      for (int i = 0; i < 3; i++) {
        tasks.add(
            () -> {
              String last = "0-0";
              try (RawClient client = node.connect()) {
                for (int seen = 0; seen < entries; seen++) {
                  client.send(request("XREAD", "COUNT", "1", "BLOCK", "0", "STREAMS", "s", last));
                  last = oneEntry(client);
                  assertThat(last).isEqualTo("1-" + (seen + 1));
                }
              }
              return null;
            });
      }
      tasks.add(
          () -> {
            for (int i = 1; i <= entries; i++) {
              producer.run("XADD", "s", "1-" + i, "f", "v");
            }
            return null;
          });
      together(tasks);
      assertThat(new HashSet<>(delivered)).hasSize(entries);
      assertThat(delivered).hasSize(entries);
      blocked(node, 0);
    }
  }

  /** Reads the reply with one entry of one stream, and returns its id; null if there is none. */
  private static String oneEntry(RawClient client) throws IOException {
    String head = client.line();
    if (head.equals("*-1")) {
      return null;
    }
    assertThat(head).isEqualTo("*1");
    assertThat(client.line()).isEqualTo("*2");
    assertThat(client.reply()).isEqualTo("s");
    assertThat(client.line()).isEqualTo("*1");
    assertThat(client.line()).isEqualTo("*2");
    String id = client.reply();
    assertThat(client.line()).isEqualTo("*2");
    client.reply();
    client.reply();
    return id;
  }

  /** Nothing stays in the register, and a push stays where it is. */
  private static void nobodyIsLeft(RunningNode node) throws Exception {
    blocked(node, 0);
    try (RawClient client = node.connect()) {
      await().until(() -> client.run("INFO", "clients").contains("total_blocking_keys:0\r"));
      client.run("DEL", "q0");
      assertThat(client.run("RPUSH", "q0", "x")).isEqualTo(":1");
      assertThat(client.run("LLEN", "q0")).isEqualTo(":1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whoCameFirstIsServedFirst(int loops) throws Exception {
    try (RunningNode node = start(64, loops);
        RawClient producer = node.connect()) {
      List<RawClient> waiting = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        RawClient client = node.connect();
        waiting.add(client);
        client.send(request("BLPOP", "k", "0"));
        blocked(node, i + 1);
      }
      for (int i = 0; i < 30; i += 3) {
        producer.run("RPUSH", "k", "" + i, "" + (i + 1), "" + (i + 2));
      }
      for (int i = 0; i < 30; i++) {
        assertThat(popped(waiting.get(i))).isEqualTo("" + i);
        waiting.get(i).close();
      }
    }
  }
}
