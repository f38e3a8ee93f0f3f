package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** {@code maxmemory-clients} disconnects those who take the most. */
class ClientEvictionIT {
  private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";

  @TempDir Path folder;

  private static String echo(int bytes) {
    return "*2\r\n$4\r\nECHO\r\n$" + bytes + "\r\n" + "x".repeat(bytes) + "\r\n";
  }

  private static long connected(Jedis admin) {
    return admin.clientList().lines().count();
  }

  @Test
  void theLargestClientGoesAndOthersStay() throws Exception {
    try (var node = new RunningNode(folder);
        var admin = new Jedis("127.0.0.1", node.port(), 60_000);
        RawClient large = node.connect();
        RawClient small = node.connect()) {
      large.send(MULTI + echo(3_000_000));
      small.send(MULTI + echo(100_000));
      await().until(() -> admin.clientList().contains("multi-mem=3000004"));
      await().until(() -> admin.clientList().contains("multi-mem=100004"));
      assertThat(connected(admin)).isEqualTo(3);
      admin.configSet("maxmemory-clients", "2mb");
      await().atMost(Duration.ofSeconds(60)).until(() -> connected(admin) == 2);
      assertThat(admin.clientList()).contains("multi-mem=100004").doesNotContain("=3000004");
      assertThat(admin.info("stats")).contains("evicted_clients:1\r\n");
    }
  }

  @Test
  void clientsThatAskedForItStay() throws Exception {
    try (var node = new RunningNode(folder);
        var admin = new Jedis("127.0.0.1", node.port(), 60_000);
        RawClient large = node.connect();
        RawClient other = node.connect()) {
      large.send("*3\r\n$6\r\nCLIENT\r\n$8\r\nNO-EVICT\r\n$2\r\non\r\n" + MULTI + echo(3_000_000));
      other.send(MULTI + echo(100_000));
      await().until(() -> admin.clientList().contains("multi-mem=3000004"));
      await().until(() -> admin.clientList().contains("multi-mem=100004"));
      admin.clientNoEvictOn();
      admin.configSet("maxmemory-clients", "2mb");
      // The other one goes in its place, although it is small.
      await().atMost(Duration.ofSeconds(60)).until(() -> connected(admin) == 2);
      assertThat(admin.clientList()).contains("multi-mem=3000004");
    }
  }
}
