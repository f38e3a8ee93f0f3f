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

/** What {@code cluster-write-acks} does to replies of all kinds while no replica answers. */
@Timeout(180)
class HeldKindsIT {
  private static final String TIMED_OUT =
      "NOREPLICAS Not enough replicas have acknowledged in time; the write is done here and may"
          + " still be lost.";

  @TempDir private Path directory;
  private Ours primary;
  private PeerServer replica;

  @BeforeEach
  void start() throws Exception {
    primary = new Ours(directory.resolve("primary"), "--cluster-write-acks-timeout", "300");
    replica = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("replica"));
    Peers.follow(replica.port(), primary.port);
    Peers.await(
        "a replica online",
        () -> call(primary.port, "INFO", "replication").contains("state=online"));
    replica.pause();
  }

  @AfterEach
  void stop() {
    replica.resume();
    replica.close();
    primary.close();
  }

  private void acks(String count) throws Exception {
    assertThat(call(primary.port, "CONFIG", "SET", "cluster-write-acks", count)).isEqualTo("OK");
  }

  @Test
  void aTransactionIsRefusedAsAWholeAndWhatWasQueuedStaysSo() throws Exception {
    acks("1");
    try (RespConnection client = Peers.connect(primary.port)) {
      List<Reply> replies =
          client.pipeline(
              List.of(
                  Command.of("ECHO", "before"),
                  Command.of("MULTI"),
                  Command.of("SET", "a", "1"),
                  Command.of("INCR", "a"),
                  Command.of("EXEC")));
      assertThat(replies.stream().skip(2).map(Peers::text))
          .containsExactly("QUEUED", "QUEUED", TIMED_OUT);
    }
    acks("0");
    assertThat(call(primary.port, "GET", "a")).as("it has been done").isEqualTo("2");
  }

  @Test
  void whoHasBlockedAndWhoHasWrittenAreBothRefused() throws Exception {
    acks("1");
    try (RespConnection waiting = Peers.connect(primary.port)) {
      waiting.send(Command.of("BLPOP", "list", "0"));
      waiting.flush();
      Peers.await("it waits", () -> Peers.field(primary.port, "blocked_clients").equals("1"));
      assertThat(call(primary.port, "RPUSH", "list", "x")).isEqualTo(TIMED_OUT);
      assertThat(Peers.text(waiting.receive())).isEqualTo(TIMED_OUT);
    }
    acks("0");
    assertThat(call(primary.port, "EXISTS", "list")).as("it was taken").isEqualTo("0");
  }

  @Test
  void errorsStayInTheirPlaceAmongWhatIsRefused() throws Exception {
    acks("majority");
    try (RespConnection client = Peers.connect(primary.port)) {
      List<Reply> replies =
          client.pipeline(
              List.of(Command.of("INCR", "n"), Command.of("INCR"), Command.of("GET", "n")));
      assertThat(Peers.text(replies.get(0))).isEqualTo(TIMED_OUT);
      assertThat(Peers.text(replies.get(1)))
          .isEqualTo("ERR wrong number of arguments for 'incr' command");
      assertThat(Peers.text(replies.get(2))).as("what it has read").isEqualTo(TIMED_OUT);
    }
  }

  @Test
  void changedAtRunTimeItLetsGoOfWhatIsHeld() throws Exception {
    call(primary.port, "CONFIG", "SET", "cluster-write-acks-timeout", "60000");
    acks("1");
    try (RespConnection client = Peers.connect(primary.port)) {
      client.send(Command.of("SET", "a", "1"));
      client.flush();
      Peers.await(
          "the write is done",
          () -> call(primary.port, "INFO", "commandstats").contains("cmdstat_set:calls=1,"));
      acks("0");
      assertThat(Peers.text(client.receive())).isEqualTo("OK");
    }
  }
}
