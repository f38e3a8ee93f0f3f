package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.RespConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a replica shows is no older than it was told. */
class StalenessIT {
  private static final String STALE =
      "STALE The data of this replica may be older than replica-max-staleness allows.";

  @TempDir Path directory;

  private PeerServer start(PeerServer.Kind kind) {
    return Peers.peer(kind, directory.resolve("peer"));
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void aReplicaOfASilentPrimaryRefusesToBeReadUntilItHearsAgain(PeerServer.Kind kind)
      throws Exception {
    try (PeerServer peer = start(kind);
        Ours ours =
            new Ours(
                directory.resolve("ours"),
                "--replicaof",
                "127.0.0.1 " + peer.port(),
                "--replica-max-staleness",
                "600")) {
      assertThat(call(peer.port(), "SET", "k", "1")).isEqualTo("OK");
      await("data that is fresh", () -> call(ours.port, "GET", "k").equals("1"));
      assertThat(Long.parseLong(field(ours.port, "replica_staleness_ms"))).isNotNegative();
      peer.pause();
      try {
        await("a refusal", () -> call(ours.port, "GET", "k").equals(STALE));
        assertThat(Long.parseLong(field(ours.port, "replica_staleness_ms")))
            .isGreaterThanOrEqualTo(600);
        // The link is thought to stand, and what reads no data is answered.
        assertThat(field(ours.port, "master_link_status")).isEqualTo("up");
        assertThat(call(ours.port, "PING")).isEqualTo("PONG");
        assertThat(call(ours.port, "DBSIZE")).isEqualTo(STALE);
        try (RespConnection connection = connect(ours.port)) {
          connection.call("MULTI");
          assertThat(Peers.text(connection.call("GET", "k"))).isEqualTo(STALE);
          assertThat(Peers.text(connection.call("EXEC"))).startsWith("EXECABORT");
        }
        assertThat(call(ours.port, "CONFIG", "SET", "replica-max-staleness", "0")).isEqualTo("OK");
        await("any age to do", () -> call(ours.port, "GET", "k").equals("1"));
        assertThat(call(ours.port, "INFO", "replication")).doesNotContain("staleness");
        assertThat(call(ours.port, "CONFIG", "SET", "replica-max-staleness", "600"))
            .isEqualTo("OK");
        await("a refusal", () -> call(ours.port, "GET", "k").equals(STALE));
      } finally {
        peer.resume();
      }
      assertThat(call(peer.port(), "SET", "k", "2")).isEqualTo("OK");
      await("data that is fresh", () -> call(ours.port, "GET", "k").equals("2"));
    }
  }

  @Test
  void aReplicaOfAReplicaAddsTheAgeOfWhatItGets() throws Exception {
    try (PeerServer peer = start(PeerServer.Kind.VALKEY);
        Ours middle =
            new Ours(
                directory.resolve("middle"),
                "--replicaof",
                "127.0.0.1 " + peer.port(),
                "--replica-max-staleness",
                "100000")) {
      awaitRole(middle.port, "connected");
      try (Ours bottom =
          new Ours(
              directory.resolve("bottom"),
              "--replicaof",
              "127.0.0.1 " + middle.port,
              "--replica-max-staleness",
              "800")) {
        assertThat(call(peer.port(), "SET", "k", "1")).isEqualTo("OK");
        await("data that is fresh", () -> call(bottom.port, "GET", "k").equals("1"));
        peer.pause();
        try {
          await("a refusal", () -> call(bottom.port, "GET", "k").equals(STALE));
          assertThat(call(middle.port, "GET", "k")).isEqualTo("1");
        } finally {
          peer.resume();
        }
        await("data that is fresh", () -> call(bottom.port, "GET", "k").equals("1"));
      }
    }
  }

  @Test
  void aPrimaryIsAlwaysFresh() throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"), "--replica-max-staleness", "1")) {
      assertThat(call(ours.port, "SET", "k", "1")).isEqualTo("OK");
      assertThat(call(ours.port, "GET", "k")).isEqualTo("1");
      assertThat(call(ours.port, "REPLICAOF", "127.0.0.1", "1")).isEqualTo("OK");
      await("a refusal", () -> call(ours.port, "GET", "k").equals(STALE));
      assertThat(call(ours.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      assertThat(call(ours.port, "GET", "k")).isEqualTo("1");
    }
  }
}
