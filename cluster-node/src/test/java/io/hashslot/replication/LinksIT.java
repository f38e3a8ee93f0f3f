package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitLink;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of replication as clients see them: in lists, and when they are closed by hand. */
class LinksIT {
  @TempDir Path directory;

  @Test
  void linksAreListedAndCanBeClosedAndComeBackWithWhatWasMissed() throws Exception {
    try (PeerServer top =
            PeerServer.start(
                PeerServer.Kind.VALKEY,
                directory.resolve("top"),
                "--cluster-enabled",
                "no",
                "--repl-diskless-sync-delay",
                "0");
        PeerServer bottom =
            PeerServer.start(
                PeerServer.Kind.VALKEY, directory.resolve("bottom"), "--cluster-enabled", "no");
        Ours middle =
            new Ours(directory.resolve("middle"), "--replicaof", "127.0.0.1 " + top.port())) {
      awaitRole(middle.port, "connected");
      follow(bottom.port(), middle.port);
      awaitLink(bottom);
      assertThat(call(top.port(), "SET", "k", "1")).isEqualTo("OK");
      await("the data", () -> call(bottom.port(), "GET", "k").equals("1"));

      String primary = call(middle.port, "CLIENT", "LIST", "TYPE", "master");
      assertThat(primary.lines()).hasSize(1);
      assertThat(primary)
          .contains(" addr=127.0.0.1:" + top.port() + " ")
          .contains(" flags=M ")
          .contains(" db=0 ");
      assertThat(call(middle.port, "CLIENT", "LIST", "TYPE", "replica").lines())
          .hasSize(1)
          .allMatch(line -> line.contains(" flags=S "));

      assertThat(call(middle.port, "CLIENT", "KILL", "TYPE", "master")).isEqualTo("1");
      assertThat(call(top.port(), "SET", "k", "2")).isEqualTo("OK");
      await("the link again", () -> call(bottom.port(), "GET", "k").equals("2"));
      assertThat(call(middle.port, "CLIENT", "LIST", "TYPE", "master"))
          .isNotEmpty()
          .doesNotContain(primary.substring(0, primary.indexOf(' ') + 1));
      assertThat(call(middle.port, "CLIENT", "KILL", "TYPE", "replica")).isEqualTo("1");
      assertThat(call(top.port(), "SET", "k", "3")).isEqualTo("OK");
      await("the link again", () -> call(bottom.port(), "GET", "k").equals("3"));
      assertThat(field(top, "sync_full")).isEqualTo("1");
      assertThat(field(middle.port, "sync_full")).isEqualTo("1");

      assertThat(call(middle.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      await("no link", () -> call(middle.port, "CLIENT", "LIST", "TYPE", "master").isEmpty());
    }
  }
}
