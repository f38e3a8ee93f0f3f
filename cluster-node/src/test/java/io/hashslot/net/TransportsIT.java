package io.hashslot.net;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However sockets are driven, the same comes out of them, by TCP and by unix socket. */
class TransportsIT {
  private static final int LARGE = 5 << 20;
  private static final int MANY = 5_000;
  private static final int ASKED = 200;

  /** In commands, and not in time: what of that one's comes between a request and its reply. */
  private static final long MOST_BETWEEN = 20_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "io_uring", "epoll", "nio"})
  void shouldServe(String transport) throws Exception {
    boolean losesEnds = requireTransport(transport).losesEndsOfUnixSockets();
    try (RunningNode node =
        new RunningNode(
            folder, "--io-transport", transport, "--io-threads", "2", "--unixsocket", "s")) {
      for (int i = 0; i < 3; i++) {
        try (RawClient client = node.connect()) {
          serve(client);
        }
        try (RawClient client = RawClient.unix(folder.resolve("s"))) {
          serve(client);
        }
      }
      for (int i = 0; i < 4; i++) {
        leaveWhileWaiting(node, i);
      }
      assertThat(counted(node.connect())).isEqualTo(MANY);
      if (!losesEnds) {
        assertThat(counted(RawClient.unix(folder.resolve("s")))).isEqualTo(2 * MANY);
      }
    }
  }

  private static Transport requireTransport(String name) {
    try {
      return Transport.of(name, true);
    } catch (IllegalArgumentException missing) {
      return Assumptions.abort(missing.getMessage());
    }
  }

  /** Else who loads data by redis-cli --pipe is all that others of its loop see. */
  @ParameterizedTest
  @ValueSource(strings = {"io_uring", "epoll", "nio"})
  void shouldServeOthersBesideOneThatSendsWithoutEnd(String transport) throws Exception {
    requireTransport(transport);
    try (RunningNode node =
            new RunningNode(folder, "--io-transport", transport, "--io-threads", "1");
        RawClient other = node.connect();
        RawClient eager = node.connect()) {
      assertThat(other.run("SET", "n", "0")).isEqualTo("+OK");
      eager.send(request("CLIENT", "REPLY", "OFF"));
      String many = request("INCR", "n").repeat(MANY);
      Thread sender = Thread.ofPlatform().start(() -> sendUntilClosed(eager, many));
      await().atMost(Duration.ofSeconds(60)).until(() -> number(other) > 1_000_000);
      long[] between = new long[ASKED];
      long before = number(other);
      for (int i = 0; i < ASKED; i++) {
        long now = number(other);
        between[i] = now - before;
        before = now;
      }
      eager.close();
      sender.join();
      Arrays.sort(between);
      assertThat(between[ASKED / 2]).isLessThan(MOST_BETWEEN);
    }
  }

  private static void sendUntilClosed(RawClient client, String requests) {
    try {
      while (true) {
        client.send(requests);
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static long number(RawClient client) throws Exception {
    return Long.parseLong(client.run("GET", "n"));
  }

  private static void serve(RawClient client) throws Exception {
    String large = "large value. ".repeat(LARGE / 13);
    assertThat(client.exchange("PING\r\n" + request("ECHO", "x")))
        .isEqualTo("+PONG\r\n$1\r\nx\r\n");
    assertThat(client.run("SET", "large", large)).isEqualTo("+OK");
    assertThat(client.run("GET", "large").equals(large)).isTrue();
    assertThat(client.exchange(request("PING").repeat(MANY))).isEqualTo("+PONG\r\n".repeat(MANY));
    assertThat(client.exchange("*x\r\n"))
        .isEqualTo("-ERR Protocol error: invalid multibulk length\r\n<closed>");
  }

  /** All requests of a peer that ends its side are executed before the connection closes. */
  private static int counted(RawClient client) throws Exception {
    try (client) {
      client.send(request("INCR", "counter").repeat(MANY));
      client.endInput();
      String[] replies = client.readToEnd().split(":");
      return Integer.parseInt(replies[replies.length - 1].strip());
    }
  }

  /**
   * Nothing is taken for a client that is gone, whatever it has sent before, and however it goes.
   */
  private static void leaveWhileWaiting(RunningNode node, int way) throws Exception {
    RawClient waiting = node.connect();
    waiting.send(request("BLPOP", "k", "0") + request("PING").repeat(way % 2));
    try (RawClient other = node.connect()) {
      blocked(other, 1);
      if (way < 2) {
        waiting.close();
      } else {
        waiting.endInput();
      }
      blocked(other, 0);
      assertThat(other.run("RPUSH", "k", "v")).isEqualTo(":1");
      assertThat(other.run("DEL", "k")).isEqualTo(":1");
    }
    waiting.close();
  }

  private static void blocked(RawClient client, int clients) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.run("INFO", "clients").contains("blocked_clients:" + clients + "\r"));
  }
}
