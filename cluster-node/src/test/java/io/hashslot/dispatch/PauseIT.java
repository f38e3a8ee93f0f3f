package io.hashslot.dispatch;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits while clients are paused, and what does not. */
class PauseIT {
  private static final String LONG_MS = "600000";

  @TempDir Path folder;

  @Test
  void writesWaitReadsPassAndUnpauseTellsAtOnce() throws Exception {
    try (RunningNode node = new RunningNode(folder, "--io-threads", "3");
        RawClient master = node.connect();
        RawClient writer = node.connect();
        RawClient transaction = node.connect();
        RawClient publisher = node.connect();
        RawClient reader = node.connect()) {
      master.run("SET", "k", "before");
      transaction.run("MULTI");
      transaction.run("SET", "t", "1");
      assertThat(master.run("CLIENT", "PAUSE", LONG_MS, "WRITE")).isEqualTo("+OK");
      writer.send(request("SET", "k", "after") + request("GET", "k"));
      transaction.send(request("EXEC"));
      publisher.send(request("PUBLISH", "c", "m"));
      // Whatever they sent has been read before this is answered three times, on each loop.
      for (int i = 0; i < 3; i++) {
        try (RawClient each = node.connect()) {
          assertThat(each.run("GET", "k")).isEqualTo("before");
        }
      }
      assertThat(reader.run("GET", "k")).isEqualTo("before");
      assertThat(reader.run("EXISTS", "t")).isEqualTo(":0");
      assertThat(master.run("CLIENT", "UNPAUSE")).isEqualTo("+OK");
      assertThat(writer.reply() + writer.reply()).isEqualTo("+OKafter");
      assertThat(transaction.line() + transaction.line()).isEqualTo("*1+OK");
      assertThat(publisher.reply()).isEqualTo(":0");
    }
  }

  @Test
  void aPauseOfAllEndsByItself() throws Exception {
    try (RunningNode node = new RunningNode(folder, "--io-threads", "2");
        RawClient master = node.connect();
        RawClient other = node.connect()) {
      assertThat(master.run("CLIENT", "PAUSE", "300")).isEqualTo("+OK");
      other.send(request("PING"));
      assertThat(master.run("PING")).isEqualTo("+PONG");
      assertThat(other.reply()).isEqualTo("+PONG");
    }
  }

  @Test
  void aClientThatIsHeldBackMayLeave() throws Exception {
    try (RunningNode node = new RunningNode(folder, "--io-threads", "2");
        RawClient master = node.connect()) {
      master.run("CLIENT", "PAUSE", LONG_MS, "WRITE");
      try (RawClient writer = node.connect()) {
        writer.send(request("SET", "k", "v"));
        await().until(() -> master.run("CLIENT", "LIST").contains("cmd=set"));
      }
      master.run("CLIENT", "UNPAUSE");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> master.run("CLIENT", "LIST").lines().count() == 1);
    }
  }

  @Test
  void replicasAreHeardMeanwhile() throws Exception {
    try (RunningNode primary = new RunningNode(folder.resolve("primary"));
        RunningNode replica =
            new RunningNode(
                folder.resolve("replica"), "--replicaof", "127.0.0.1 " + primary.port());
        RawClient client = primary.connect();
        RawClient there = replica.connect()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> there.run("INFO", "replication").contains("master_link_status:up"));
      client.run("SET", "k", "v");
      assertThat(client.run("CLIENT", "PAUSE", LONG_MS, "WRITE")).isEqualTo("+OK");
      assertThat(client.run("WAIT", "1", "60000")).isEqualTo(":1");
      assertThat(there.run("GET", "k")).isEqualTo("v");
    }
  }
}
