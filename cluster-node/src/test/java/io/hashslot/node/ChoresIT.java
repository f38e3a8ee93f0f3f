package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.keyspace.Keyspace;
import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does without being asked. */
class ChoresIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 20_000;

  @TempDir Path folder;

  @Test
  void memoryThatAFlushLeavesBehindIsFreed() throws Exception {
    try (RunningNode node = new RunningNode(folder, "--enable-debug-command", "yes");
        RawClient client = node.connect()) {
      Keyspace keyspace = node.node().keyspace();
      assertThat(client.run("DEBUG", "POPULATE", "" + KEYS)).isEqualTo("+OK");
      long full = keyspace.usedBytes();
      assertThat(client.run("FLUSHALL", "ASYNC")).isEqualTo("+OK");
      await().atMost(PATIENCE).until(() -> keyspace.pendingFrees() == 0);
      assertThat(keyspace.flushedFrees()).isGreaterThanOrEqualTo(KEYS);
      assertThat(keyspace.usedBytes()).isLessThan(full / 10);
    }
  }

  @Test
  void keysWhoseTimeHasComeGoByThemselves() throws Exception {
    try (RunningNode node = new RunningNode(folder);
        RawClient client = node.connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < KEYS; i++) {
        all.append(RawClient.request("SET", "k" + i, "v", "PX", "1"));
      }
      client.exchange(all.toString());
      await().atMost(PATIENCE).until(() -> client.run("DBSIZE").equals(":0"));
      await()
          .atMost(PATIENCE)
          .until(() -> client.run("INFO", "stats").contains("expired_keys:" + KEYS + "\r"));
    }
  }
}
