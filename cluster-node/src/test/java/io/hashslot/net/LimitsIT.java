package io.hashslot.net;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one client may ask of a server, and that the others do not notice when it asks for more. */
class LimitsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private RunningNode start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--io-threads", "2"));
    all.addAll(List.of(options));
    return new RunningNode(folder, all.toArray(String[]::new));
  }

  private static long clients(RawClient client) throws Exception {
    return client.run("CLIENT", "LIST").lines().count();
  }

  @Test
  void strangersMayOnlySendLittle() throws Exception {
    try (RunningNode node = start("--requirepass", "secret")) {
      assertThat(answer(node, request("PING"))).isEqualTo("-NOAUTH Authentication required.\r\n");
      assertThat(answer(node, "*11\r\n"))
          .isEqualTo("-ERR Protocol error: unauthenticated multibulk length\r\n<closed>");
      assertThat(answer(node, "*2\r\n$16385\r\n"))
          .isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n<closed>");
      assertThat(answer(node, "*2\r\n$4\r\nECHO\r\n$16384\r\n" + "x".repeat(16384) + "\r\n"))
          .isEqualTo("-NOAUTH Authentication required.\r\n");
      try (RawClient client = node.connect()) {
        assertThat(client.run("AUTH", "secret")).isEqualTo("+OK");
        assertThat(client.run("ECHO", "x".repeat(20_000))).hasSize(20_000);
        assertThat(client.run("RESET")).isEqualTo("+RESET");
        assertThat(client.exchange("*11\r\n"))
            .isEqualTo("-ERR Protocol error: unauthenticated multibulk length\r\n<closed>");
      }
    }
  }

  /** The request that shows the end is refused to strangers: seen by its refusal. */
  private static String answer(RunningNode node, String sent) throws Exception {
    try (RawClient client = node.connect()) {
      client.offer(sent).offer("QUIT\r\n");
      String all = client.readToEnd();
      return all.endsWith("+OK\r\n") ? all.substring(0, all.length() - 5) : all + "<closed>";
    }
  }

  @Test
  void argumentsAreNotLongerThanTheDirectiveSays() throws Exception {
    try (RunningNode node = start("--proto-max-bulk-len", "2mb");
        RawClient client = node.connect()) {
      assertThat(client.run("ECHO", "x".repeat(2 << 20))).hasSize(2 << 20);
      assertThat(client.exchange("*2\r\n$4\r\nECHO\r\n$2097153\r\n"))
          .isEqualTo("-ERR Protocol error: invalid bulk length\r\n<closed>");
    }
  }

  @Test
  void aClientWhoseRequestNeverEndsIsDisconnected() throws Exception {
    try (RunningNode node = start("--client-query-buffer-limit", "2mb");
        RawClient other = node.connect()) {
      try (RawClient client = node.connect()) {
        client.offer("*100000\r\n" + ("$10000\r\n" + "x".repeat(10_000) + "\r\n").repeat(400));
        assertThat(client.readToEnd()).isEmpty();
      }
      assertThat(other.run("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void whatATransactionHasQueuedCountsAsInput() throws Exception {
    try (RunningNode node = start("--client-query-buffer-limit", "2mb");
        RawClient client = node.connect();
        RawClient other = node.connect()) {
      assertThat(client.run("MULTI")).isEqualTo("+OK");
      client.offer(request("SET", "k", "x".repeat(100_000)).repeat(40) + request("EXEC"));
      assertThat(client.readToEnd()).doesNotContain("*");
      assertThat(other.run("EXISTS", "k")).isEqualTo(":0");
    }
  }

  @Test
  void aSubscriberThatNeverReadsIsDisconnected() throws Exception {
    try (RunningNode node = start("--client-output-buffer-limit", "pubsub 4mb 0 0");
        RawClient other = node.connect();
        RawClient deaf = RawClient.tcp(node.port(), 8 * 1024)) {
      deaf.send(request("SUBSCRIBE", "news"));
      String news = "n".repeat(100_000);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !other.run("PUBLISH", "news", news).equals(":1") && clients(other) == 1);
      assertThat(other.run("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void theSoftLimitClosesAlsoWhenNothingMoreIsSent() throws Exception {
    try (RunningNode node = start("--client-output-buffer-limit", "pubsub 0 1mb 1");
        RawClient other = node.connect();
        RawClient deaf = RawClient.tcp(node.port(), 8 * 1024)) {
      deaf.send(request("SUBSCRIBE", "news"));
      await().atMost(PATIENCE).until(() -> other.run("PUBLISH", "news", "").equals(":1"));
      other.run("PUBLISH", "news", "n".repeat(20 << 20));
      await().atMost(PATIENCE).until(() -> clients(other) == 1);
    }
  }

  @Test
  void theSoftLimitForgetsAPeerThatHasCaughtUp() {
    var limit = new BufferLimits.Limit(0, 1000, 60_000);
    var watch = new SoftLimitWatch();
    assertThat(watch.since(limit, 2000, 1)).isEqualTo(1);
    assertThat(watch.since(limit, 2000, 5)).isEqualTo(1);
    watch.drained();
    assertThat(watch.since(limit, 2000, 70_000)).isEqualTo(70_000);
    assertThat(watch.since(limit, 999, 70_001)).isZero();
  }

  @Test
  void aClientThatReadsNothingIsReadNoMore() throws Exception {
    try (RunningNode node = start();
        RawClient other = node.connect();
        RawClient deaf = RawClient.tcp(node.port(), 8 * 1024)) {
      other.run("SET", "big", "b".repeat(1 << 20));
      deaf.send(request("CLIENT", "SETNAME", "deaf"));
      deaf.send(request("GET", "big").repeat(2_000));
      await()
          .during(Duration.ofMillis(300))
          .atMost(PATIENCE)
          .until(() -> pendingOutput(other) < 64L << 20);
      assertThat(clients(other)).isEqualTo(2);
    }
  }

  private static long pendingOutput(RawClient asking) throws Exception {
    String line =
        asking
            .run("CLIENT", "LIST")
            .lines()
            .filter(each -> each.contains("name=deaf"))
            .findFirst()
            .orElse("omem=0 ");
    return Long.parseLong(line.replaceAll(".*omem=(\\d+).*", "$1"));
  }

  @Test
  void oneClientTooManyIsTold() throws Exception {
    try (RunningNode node = start("--maxclients", "2");
        RawClient one = node.connect();
        RawClient two = node.connect()) {
      assertThat(one.run("PING") + two.run("PING")).isEqualTo("+PONG+PONG");
      try (RawClient three = node.connect()) {
        assertThat(three.readToEnd()).isEqualTo("-ERR max number of clients reached\r\n");
      }
      two.run("QUIT");
      await().atMost(PATIENCE).until(() -> clients(one) == 1);
      try (RawClient three = node.connect()) {
        assertThat(three.run("PING")).isEqualTo("+PONG");
      }
    }
  }

  @Test
  void connectionsLeaveNothingBehind() throws Exception {
    try (RunningNode node = start()) {
      for (int round = 0; round < 5; round++) {
        List<RawClient> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          RawClient client = node.connect();
          crowd.add(client);
          switch (i % 4) {
            case 0 -> client.run("SET", "crowd" + i, "x".repeat(i * 100));
            case 1 -> client.send("*3\r\n$3\r\nSET\r\n$5\r\nunf");
            case 2 -> client.send(request("SUBSCRIBE", "crowd") + request("PING"));
            default ->
                client.send(request("WATCH", "crowd") + request("MULTI") + request("GET", "crowd"));
          }
        }
        for (RawClient client : crowd) {
          client.close();
        }
      }
      try (RawClient last = node.connect()) {
        await().atMost(PATIENCE).until(() -> clients(last) == 1);
        assertThat(last.run("PUBSUB", "NUMPAT")).isEqualTo(":0");
        assertThat(last.run("PUBLISH", "crowd", "x")).isEqualTo(":0");
      }
    }
  }
}
