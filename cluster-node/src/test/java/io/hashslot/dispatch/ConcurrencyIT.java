package io.hashslot.dispatch;

import static io.hashslot.net.RawClient.request;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients on several loops, few keys: nothing is lost, nobody waits for ever. */
class ConcurrencyIT {
  private static final int CLIENTS = 9;
  private static final int ROUNDS = 400;
  private static final long SEED = 0x5eed_1122L;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Bound of all that clients do, on a machine that does a lot beside. */
  private static final Duration WORK = Duration.ofMinutes(4);

  /** No loop waits for locks or for others; the rest is for a machine that is busy. */
  private static final Duration STALL = Duration.ofSeconds(45);

  @TempDir Path folder;

  private RunningNode start(int shards, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--io-threads", "3", "--shards", "" + shards));
    all.addAll(List.of("--enable-debug-command", "yes", "--repl-backlog-size", "64mb"));
    all.addAll(List.of(options));
    return new RunningNode(folder.resolve("primary"), all.toArray(String[]::new));
  }

  private RunningNode replicaOf(RunningNode primary, int shards) throws Exception {
    RunningNode replica =
        new RunningNode(
            folder.resolve("replica"),
            "--replicaof",
            "127.0.0.1 " + primary.port(),
            "--shards",
            "" + shards,
            "--enable-debug-command",
            "yes");
    try (RawClient client = replica.connect()) {
      await()
          .atMost(PATIENCE)
          .until(() -> client.run("INFO", "replication").contains("master_link_status:up"));
    }
    return replica;
  }

  /** Runs one task per client at the same time; each must end within a bound. */
  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(tasks, WORK.toSeconds(), TimeUnit.SECONDS)) {
        assertThat(each.isCancelled()).as("a client still waits").isFalse();
        results.add(each.get());
      }
      return results;
    }
  }

  private static List<Callable<Integer>> clients(RunningNode node, ClientWork work) {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int index = i;
      tasks.add(
          () -> {
            try (RawClient client = node.connect()) {
              return work.run(client, new Random(SEED + index));
            }
          });
    }
    return tasks;
  }

  private interface ClientWork {
    int run(RawClient client, Random random) throws Exception;
  }

  /** The replica has the same data as its primary once it has all of the journal. */
  private static void sameData(RunningNode primary, RunningNode replica) throws Exception {
    try (RawClient here = primary.connect();
        RawClient there = replica.connect()) {
      here.run("SET", "marker", "end");
      assertThat(here.run("WAIT", "1", "" + PATIENCE.toMillis())).isEqualTo(":1");
      assertThat(there.run("DEBUG", "DIGEST")).isEqualTo(here.run("DEBUG", "DIGEST"));
      assertThat(there.run("DBSIZE")).isEqualTo(here.run("DBSIZE"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void sumsAreRight(int shards) throws Exception {
    try (RunningNode node = start(shards);
        RunningNode replica = replicaOf(node, shards == 1 ? 64 : 1);
        LoopStallWatchdog watchdog = new LoopStallWatchdog(node.node().loops(), STALL)) {
      fill(node);
      List<Integer> won = together(clients(node, ConcurrencyIT::countAndBet));
      try (RawClient client = node.connect()) {
        assertThat(client.run("GET", "count")).isEqualTo("" + CLIENTS * ROUNDS * 5);
        assertThat(client.run("STRLEN", "text")).isEqualTo(":" + CLIENTS * ROUNDS * 3);
        assertThat(client.run("GET", "bet"))
            .isEqualTo("" + won.stream().mapToInt(Integer::intValue).sum());
      }
      sameData(node, replica);
      assertThat(watchdog.longest()).isPositive();
    }
  }

  /** So many keys that loops look ahead in pipelines. */
  private static void fill(RunningNode node) throws Exception {
    try (RawClient client = node.connect()) {
      for (int i = 0; i < 25; i++) {
        String[] words = new String[2001];
        words[0] = "MSET";
        for (int k = 1; k < words.length; k += 2) {
          words[k] = "filler:" + i + ":" + k;
          words[k + 1] = "v" + k;
        }
        assertThat(client.exchange(request(words))).isEqualTo("+OK\r\n");
      }
    }
  }

  private static int countAndBet(RawClient client, Random random) throws Exception {
    int won = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String both = "v" + random.nextInt();
      client.send(
          request("INCR", "count").repeat(4)
              + request("APPEND", "text", "abc")
              + request("MSET", "left", both, "right", both)
              + request("MULTI")
              + request("INCR", "count")
              + request("GET", "left")
              + request("GET", "right")
              + request("EXEC")
              + request("WATCH", "bet")
              + request("GET", "bet"));
      for (int k = 0; k < 10; k++) {
        client.reply();
      }
      assertThat(client.line()).isEqualTo("*3");
      client.reply();
      assertThat(client.reply()).as("written together").isEqualTo(client.reply());
      assertThat(client.reply()).isEqualTo("+OK");
      String bet = client.reply();
      int next = bet.equals("$-1") ? 1 : Integer.parseInt(bet) + 1;
      client.send(request("MULTI") + request("SET", "bet", "" + next) + request("EXEC"));
      client.reply();
      client.reply();
      String outcome = client.line();
      if (outcome.equals("*1")) {
        won++;
        client.line();
      } else {
        assertThat(outcome).isEqualTo("*-1");
      }
    }
    return won;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void theJournalMakesTheSameDataElsewhere(int shards) throws Exception {
    try (RunningNode node = start(shards);
        RunningNode replica = replicaOf(node, 4);
        LoopStallWatchdog _ = new LoopStallWatchdog(node.node().loops(), STALL)) {
      together(clients(node, ConcurrencyIT::anything));
      try (RawClient client = node.connect()) {
        // What has a time to live goes now, on the primary first.
        await().atMost(PATIENCE).until(() -> client.run("INFO", "keyspace").contains("expires=0"));
      }
      sameData(node, replica);
    }
  }

  private static int anything(RawClient client, Random random) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder batch = new StringBuilder();
      boolean transaction = random.nextInt(3) == 0;
      if (transaction) {
        batch.append(request("MULTI"));
      }
      int commands = 1 + random.nextInt(8);
      for (int k = 0; k < commands; k++) {
        batch.append(oneOfMany(random));
      }
      if (transaction) {
        batch.append(request("EXEC"));
      }
      client.exchange(batch.toString());
    }
    return 0;
  }

  private static String oneOfMany(Random random) {
    String key = "k" + random.nextInt(10);
    String other = "k" + random.nextInt(10);
    String value = "v" + random.nextInt(1000);
    return switch (random.nextInt(200) == 0 ? 99 : random.nextInt(11)) {
      case 0 -> request("SET", key, value);
      case 1 -> request("SET", "n" + key, "" + random.nextInt(1000));
      case 2 -> request("INCR", "n" + key);
      case 3 -> request("APPEND", key, value);
      case 4 -> request("MSET", key, value, other, value, "z" + key, value);
      case 5 -> request("DEL", key, other);
      case 6 -> request("PEXPIRE", key, "" + random.nextInt(30));
      case 7 -> request("SET", key, value, "PX", "" + (1 + random.nextInt(30)));
      case 8 -> request("RENAME", key, other);
      case 9 -> request("COPY", key, other, "REPLACE");
      case 10 -> request("GETDEL", key);
      default -> request("FLUSHALL", random.nextBoolean() ? "ASYNC" : "SYNC");
    };
  }

  @Test
  void aTransactionThatBetsOnNothingIsNeverLost() throws Exception {
    try (RunningNode node = start(64)) {
      List<Callable<Integer>> tasks =
          new ArrayList<>(
              clients(
                  node,
                  (client, random) -> {
                    for (int i = 0; i < ROUNDS; i++) {
                      String give = random.nextBoolean() ? request("UNWATCH") : "PING\r\n";
                      String up = request("MULTI") + request("DISCARD");
                      String bare = request("MULTI") + request("PING") + request("EXEC");
                      String end = request("UNWATCH").equals(give) ? give + bare : up + bare;
                      String all = client.exchange(request("WATCH", "w") + end);
                      assertThat(all).endsWith("*1\r\n+PONG\r\n");
                      client.exchange(request("SET", "w", "x").repeat(20));
                    }
                    return 0;
                  }));
      together(tasks);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void noReplyOvertakesAMessageWhoseCauseItHasSeen(int shards) throws Exception {
    try (RunningNode node = start(shards, "--notify-keyspace-events", "E$")) {
      int last = 4000;
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        RawClient reader = node.connect();
        reader.send(request("HELLO", "3") + request("SUBSCRIBE", "__keyevent@0__:set"));
        while (!reader.line().equals("subscribe")) {}
        reader.read("$18\r\n__keyevent@0__:set\r\n:1\r\n".length());
        tasks.add(() -> readUntil(reader, last));
      }
      tasks.add(
          () -> {
            try (RawClient writer = node.connect()) {
              for (int i = 1; i <= last; i++) {
                writer.run("SET", "cause", "" + i);
              }
            }
            return 0;
          });
      together(tasks);
    }
  }

  /** Each SET is told once: who has read the value of the nth has been told n times or more. */
  private static int readUntil(RawClient reader, int last) throws Exception {
    int told = 0;
    try (reader) {
      for (int seen = 0; seen < last; ) {
        reader.send(request("GET", "cause").repeat(5));
        for (int replies = 0; replies < 5; ) {
          String line = reader.line();
          if (line.equals(">3")) {
            reader.read("$7\r\nmessage\r\n$18\r\n__keyevent@0__:set\r\n$5\r\ncause\r\n".length());
            told++;
          } else {
            replies++;
            if (!line.equals("_")) {
              seen = Integer.parseInt(reader.line());
              assertThat(told).as("told before the reply").isGreaterThanOrEqualTo(seen);
            }
          }
        }
      }
    }
    return told;
  }

  @Test
  void loopsTurnWhileAllShardsAreTaken() throws Exception {
    try (RunningNode node = start(64);
        RawClient reader = node.connect();
        RawClient slow = node.connect()) {
      var shards = node.node().keyspace().shards();
      shards.enterSlow(shards.all());
      try {
        reader.send(request("SET", "k", "v"));
        slow.send("KEYS *\r\n");
        // A loop that waits for shards answers nobody before they are left, which is after this.
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < Duration.ofSeconds(3).toNanos()) {
          for (int i = 0; i < 3; i++) {
            try (RawClient other = node.connect()) {
              assertThat(other.run("PING")).isEqualTo("+PONG");
            }
          }
        }
      } finally {
        shards.leave(shards.all());
      }
      assertThat(reader.reply()).isEqualTo("+OK");
      assertThat(slow.line()).startsWith("*");
      assertThat(reader.run("GET", "k")).isEqualTo("v");
    }
  }
}
