package io.hashslot.net;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However sockets are driven, the same comes out of them, by TCP and by unix socket. */
class TransportsIT {
  private static final int LARGE = 5 << 20;
  private static final int MANY = 5_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "io_uring", "epoll", "nio"})
  void shouldServe(String transport) throws Exception {
    try {
      Transport.of(transport);
    } catch (IllegalArgumentException missing) {
      Assumptions.abort(missing.getMessage());
    }
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
      assertThat(counted(node.connect())).isEqualTo(MANY);
      assertThat(counted(RawClient.unix(folder.resolve("s")))).isEqualTo(2 * MANY);
    }
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
}
