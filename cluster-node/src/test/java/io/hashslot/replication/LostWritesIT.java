package io.hashslot.replication;

import static io.hashslot.replication.Peers.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a primary wrote alone is found in a file after it was demoted; with successors of all kinds.
 */
@Timeout(180)
class LostWritesIT {
  @TempDir private Path directory;
  private Ours primary;

  @BeforeEach
  void start() throws Exception {
    // A ping would be something that the successor never had.
    primary = new Ours(directory.resolve("primary"), "--repl-ping-replica-period", "3600");
  }

  @AfterEach
  void stop() {
    primary.close();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("primary"))) {
      return all.filter(file -> file.getFileName().toString().startsWith("lost-writes-")).toList();
    }
  }

  private void awaitEqual(int replica) {
    Peers.await(
        "the replica has it all",
        () -> call(replica, "DEBUG", "DIGEST").equals(call(primary.port, "DEBUG", "DIGEST")));
  }

  /** The replica is promoted behind the primary's back, which goes on writing for a while. */
  private void part(int successor) throws Exception {
    Peers.follow(successor, primary.port);
    Peers.await("in step", () -> call(successor, "INFO").contains("master_link_status:up"));
    call(primary.port, "SET", "shared", "1");
    Peers.await("shared", () -> call(successor, "EXISTS", "shared").equals("1"));
    call(successor, "REPLICAOF", "NO", "ONE");
    call(primary.port, "SET", "alone", "1");
    call(primary.port, "MSET", "x", "1", "y", "2");
    call(primary.port, "LPUSH", "list", "a", "b");
    call(successor, "SET", "theirs", "1");
    Peers.follow(primary.port, successor);
    Peers.await("the data was replaced", () -> call(primary.port, "EXISTS", "theirs").equals("1"));
    assertThat(call(primary.port, "EXISTS", "alone")).isEqualTo("0");
  }

  private void assertKept(int successor) throws Exception {
    Peers.await("the file", () -> Peers.field(primary.port, "lost_writes_files").equals("1"));
    assertThat(files()).singleElement();
    Path file = files().getFirst();
    byte[] commands = Files.readAllBytes(file);
    assertThat(Peers.field(primary.port, "lost_writes_bytes")).isEqualTo("" + commands.length);
    assertThat(new String(commands, java.nio.charset.StandardCharsets.US_ASCII))
        .startsWith("*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$5\r\nalone\r\n")
        .doesNotContain("shared");
    try (RespConnection client = Peers.connect(successor)) {
      client.sendRaw(commands, commands.length);
      client.flush();
      for (int i = 0; i < 4; i++) {
        assertThat(Peers.text(client.receive())).doesNotContain("ERR");
      }
    }
    assertThat(call(successor, "MGET", "alone", "x", "y")).isEqualTo("1\n1\n2");
    assertThat(call(successor, "LRANGE", "list", "0", "-1")).isEqualTo("b\na");
  }

  @Test
  void aSuccessorOfOursIsGivenBackWhatItNeverHad() throws Exception {
    try (Ours successor = new Ours(directory.resolve("successor"))) {
      part(successor.port);
      assertKept(successor.port);
    }
  }

  @Test
  void aValkeyIsGivenBackWhatItNeverHad() throws Exception {
    try (PeerServer successor =
        Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("successor"))) {
      part(successor.port());
      assertKept(successor.port());
    }
  }

  @Test
  void nothingIsKeptOfWhatTheSuccessorHas() throws Exception {
    try (Ours successor = new Ours(directory.resolve("successor"))) {
      Peers.follow(successor.port, primary.port);
      Peers.await("in step", () -> call(successor.port, "INFO").contains("master_link_status:up"));
      call(primary.port, "SET", "shared", "1");
      Peers.await("shared", () -> call(successor.port, "EXISTS", "shared").equals("1"));
      call(successor.port, "REPLICAOF", "NO", "ONE");
      Peers.follow(primary.port, successor.port);
      Peers.await("in step", () -> call(primary.port, "INFO").contains("master_link_status:up"));
      assertThat(files()).isEmpty();
    }
  }
}
