package io.hashslot.replication;

import static io.hashslot.replication.Peers.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WAIT and WAITAOF of many clients at a time, in pipelines. */
@Timeout(180)
class WaitIT {
  private static final int CLIENTS = 8;

  @TempDir private Path directory;
  private Ours primary;
  private final List<RespConnection> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    primary = new Ours(directory.resolve("primary"), "--io-threads", "2");
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Peers.connect(primary.port));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (RespConnection client : clients) {
      client.close();
    }
    primary.close();
  }

  private void awaitReplica() {
    Peers.await(
        "a replica online",
        () -> call(primary.port, "INFO", "replication").contains("state=online"));
  }

  /** Sends to each client's connection: writes, each followed by what waits for it. */
  private void sendWritesAndWaits(int count, String... wait) throws Exception {
    for (int c = 0; c < CLIENTS; c++) {
      for (int i = 0; i < count; i++) {
        clients.get(c).send(Command.of("RPUSH", "list" + c, "" + i));
        clients.get(c).send(Command.of(wait));
      }
      clients.get(c).flush();
    }
  }

  @Test
  void eachIsAnsweredInItsPlaceWhenAReplicaHasTheWrite() throws Exception {
    try (Ours replica = new Ours(directory.resolve("replica"))) {
      Peers.follow(replica.port, primary.port);
      awaitReplica();
      sendWritesAndWaits(50, "WAIT", "1", "0");
      for (int i = 1; i <= 50; i++) {
        for (RespConnection client : clients) {
          assertThat(Peers.text(client.receive())).isEqualTo("" + i);
          assertThat(Peers.text(client.receive())).as("WAIT").isEqualTo("1");
        }
        if (i % 10 == 0) {
          assertThat(Integer.parseInt(call(replica.port, "LLEN", "list0")))
              .isGreaterThanOrEqualTo(i);
        }
      }
    }
  }

  @Test
  void whoseTimeIsUpOrWhoLeavesDoesNotDisturbOthers() throws Exception {
    try (PeerServer replica = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("replica"))) {
      Peers.follow(replica.port(), primary.port);
      awaitReplica();
      replica.pause();
      try {
        sendWritesAndWaits(1, "WAIT", "1", "0");
        try (RespConnection impatient = Peers.connect(primary.port)) {
          impatient.call("SET", "a", "1");
          assertThat(Peers.text(impatient.call("WAIT", "1", "50"))).as("in time").isEqualTo("0");
          assertThat(Peers.text(impatient.call("PING"))).isEqualTo("PONG");
        }
        Peers.await(
            "all others wait",
            () -> Peers.field(primary.port, "blocked_clients").equals("" + CLIENTS));
        clients.removeFirst().close();
        Peers.await(
            "one has left",
            () -> Peers.field(primary.port, "blocked_clients").equals("" + (CLIENTS - 1)));
      } finally {
        replica.resume();
      }
      for (RespConnection client : clients) {
        assertThat(Peers.text(client.receive())).isEqualTo("1");
        assertThat(Peers.text(client.receive())).as("WAIT").isEqualTo("1");
      }
    }
  }

  @Test
  void disksOfReplicasAreToldOfAsSoonAsTheyHaveTheWrite() throws Exception {
    try (Ours replica =
        new Ours(directory.resolve("replica"), "--appendonly", "yes", "--appendfsync", "always")) {
      Peers.follow(replica.port, primary.port);
      awaitReplica();
      sendWritesAndWaits(20, "WAITAOF", "0", "1", "0");
      for (int i = 1; i <= 20; i++) {
        for (RespConnection client : clients) {
          assertThat(Peers.text(client.receive())).isEqualTo("" + i);
          assertThat(Peers.text(client.receive())).as("WAITAOF").isEqualTo("0\n1");
        }
      }
    }
  }
}
