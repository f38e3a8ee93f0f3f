package io.hashslot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.peer.Patience;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bus of a server takes from it, as its clients see it. */
class BusLimitsIT {
  private final int busPort = Ports.next();

  @TempDir Path folder;

  private RunningNode start(String... options) throws Exception {
    String[] all = Arrays.copyOf(options, options.length + 4);
    String[] cluster = {"--cluster-enabled", "yes", "--cluster-port", "" + busPort};
    System.arraycopy(cluster, 0, all, options.length, cluster.length);
    return new RunningNode(folder, all);
  }

  @Test
  void whatWaitsForAPeerThatDoesNotReadIsCountedAndLimited() throws Exception {
    try (RunningNode node = start();
        RawClient client = node.connect();
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", busPort));
      Thread.ofPlatform().daemon().start(() -> askForEver(deaf));
      await("bytes wait")
          .atMost(Patience.LIMIT)
          .until(() -> !client.run("INFO", "memory").contains("mem_cluster_links:0\r\n"));
      assertThat(client.run("CONFIG", "SET", "cluster-link-sendbuf-limit", "100000"))
          .isEqualTo("+OK");
      await("the link is closed")
          .atMost(Patience.LIMIT)
          .until(
              () ->
                  client
                      .run("CLUSTER", "INFO")
                      .contains("total_cluster_links_buffer_limit_exceeded:1\r\n"));
      await("nothing waits any more")
          .atMost(Patience.LIMIT)
          .until(() -> client.run("INFO", "memory").contains("mem_cluster_links:0\r\n"));
    }
  }

  /** Pings of a stranger are answered, too. */
  private static void askForEver(Socket socket) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    int length =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.PING)
            .sender(NodeId.random(new SplittableRandom(7)))
            .nodeFlags(NodeFlags.PRIMARY | NodeFlags.MYSELF)
            .finish();
    byte[] ping = Arrays.copyOf(buffer.byteArray(), length);
    try {
      while (true) {
        socket.getOutputStream().write(ping);
      }
    } catch (IOException closed) {
      assertThat(closed).isNotNull();
    }
  }

  @Test
  void connectionsOfTheBusCountAgainstTheClients() throws Exception {
    try (RunningNode node = start("--maxclients", "3", "--cluster-node-timeout", "300000");
        RawClient one = node.connect()) {
      // Somebody who is to be met: two connections, as if they were there.
      assertThat(one.run("CLUSTER", "MEET", "127.0.0.1", "1", "" + Ports.next())).isEqualTo("+OK");
      await("it is known")
          .atMost(Patience.LIMIT)
          .until(() -> one.run("INFO", "clients").contains("cluster_connections:2\r\n"));
      try (RawClient two = node.connect()) {
        assertThat(two.readToEnd())
            .isEqualTo("-ERR max number of clients + cluster connections reached\r\n");
      }
    }
  }
}
