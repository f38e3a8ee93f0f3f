package io.hashslot.replication;

import static io.hashslot.replication.Peers.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cluster-write-acks} with replicas of all kinds, outside of a cluster. */
@Timeout(180)
class WriteAcksIT {
  private static final String MINUTE = "60000";

  @TempDir private Path directory;
  private Ours primary;

  @BeforeEach
  void start() throws Exception {
    primary =
        new Ours(
            directory.resolve("primary"),
            "--cluster-write-acks",
            "1",
            "--cluster-write-acks-timeout",
            MINUTE);
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  private void awaitReplicas(int count) {
    Peers.await(
        count + " replicas online",
        () ->
            call(primary.port, "INFO", "replication")
                    .lines()
                    .filter(l -> l.contains("state=online"))
                    .count()
                == count);
  }

  @Test
  void withoutReplicasWritesAreRefusedAndReadsAreNot() throws Exception {
    assertThat(call(primary.port, "SET", "a", "1"))
        .isEqualTo("NOREPLICAS Not enough good replicas to write.");
    assertThat(call(primary.port, "EXISTS", "a")).isEqualTo("0");
    call(primary.port, "CONFIG", "SET", "cluster-write-acks", "0");
    assertThat(call(primary.port, "SET", "a", "1")).isEqualTo("OK");
  }

  @Test
  void aWriteIsAnsweredOnceAReplicaOfOursHasIt() throws Exception {
    try (Ours replica = new Ours(directory.resolve("replica"))) {
      Peers.follow(replica.port, primary.port);
      awaitReplicas(1);
      for (int i = 0; i < 50; i++) {
        assertThat(call(primary.port, "SET", "a", "" + i)).isEqualTo("OK");
        assertThat(call(replica.port, "GET", "a")).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aReplicaThatStandsStillLetsWritesWaitAndThenFail() throws Exception {
    try (PeerServer replica = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("replica"))) {
      Peers.follow(replica.port(), primary.port);
      awaitReplicas(1);
      assertThat(call(primary.port, "SET", "a", "1")).isEqualTo("OK");
      assertThat(replica.call("GET", "a")).isEqualTo("1");
      replica.pause();
      try {
        call(primary.port, "CONFIG", "SET", "cluster-write-acks-timeout", "200");
        try (RespConnection client = Peers.connect(primary.port)) {
          List<Reply> replies =
              client.pipeline(
                  List.of(
                      Command.of("SET", "a", "2"),
                      Command.of("LRANGE", "none", "0", "1"),
                      Command.of("NOSUCH")));
          assertThat(Peers.text(replies.get(0))).startsWith("NOREPLICAS ");
          assertThat(Peers.text(replies.get(1))).startsWith("NOREPLICAS ");
          assertThat(Peers.text(replies.get(2))).startsWith("ERR unknown command");
        }
        assertThat(call(primary.port, "PING")).isEqualTo("PONG");
        call(primary.port, "CONFIG", "SET", "cluster-write-acks-timeout", MINUTE);
      } finally {
        replica.resume();
      }
      assertThat(call(primary.port, "INCR", "a")).isEqualTo("3");
      assertThat(replica.call("GET", "a")).isEqualTo("3");
    }
  }

  @Test
  void whoIsDemotedTakesBackWhatNobodyHasAcknowledged() throws Exception {
    try (PeerServer replica = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("replica"));
        RespConnection client = Peers.connect(primary.port)) {
      Peers.follow(replica.port(), primary.port);
      awaitReplicas(1);
      replica.pause();
      try {
        client.send(Command.of("SET", "a", "1"));
        client.flush();
        Peers.await(
            "the write is done",
            () -> call(primary.port, "INFO", "commandstats").contains("cmdstat_set:calls=1,"));
        call(primary.port, "REPLICAOF", "127.0.0.1", "" + replica.port());
        assertThat(Peers.text(client.receive())).startsWith("NOREPLICAS ");
      } finally {
        replica.resume();
      }
    }
  }
}
