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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  @Test
  void aPrimaryThatHasWrittenNothingGoesOnBehindItsFormerPrimary() throws Exception {
    try (PeerServer peer =
            PeerServer.start(
                PeerServer.Kind.VALKEY, directory.resolve("peer"), "--cluster-enabled", "no");
        Ours ours = new Ours(directory.resolve("ours"))) {
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      assertThat(call(ours.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      String own = field(ours.port, "master_replid");
      assertThat(own).isNotEqualTo(field(peer, "master_replid"));
      assertThat(field(ours.port, "master_replid2")).isEqualTo(field(peer, "master_replid"));
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      assertThat(field(ours.port, "master_replid")).isEqualTo(field(peer, "master_replid"));
      assertThat(field(ours.port, "second_repl_offset")).isEqualTo("-1");
      assertThat(call(peer.port(), "SET", "k", "v")).isEqualTo("OK");
      await("the stream", () -> call(ours.port, "GET", "k").equals("v"));
      assertThat(field(peer, "sync_full")).isEqualTo("1");
      assertThat(field(peer, "sync_partial_ok")).isEqualTo("1");
    }
  }

  @Test
  void writesNeedAsManyGoodReplicasAsIsAskedForAtOnceWhenTheyCome() throws Exception {
    try (PeerServer peer =
            PeerServer.start(
                PeerServer.Kind.VALKEY, directory.resolve("peer"), "--cluster-enabled", "no");
        Ours ours = new Ours(directory.resolve("ours"), "--min-replicas-to-write", "1")) {
      String refusal = "NOREPLICAS Not enough good replicas to write.";
      await("a refusal", () -> call(ours.port, "SET", "k", "1").equals(refusal));
      assertThat(call(ours.port, "DEL", "nothing")).isEqualTo(refusal);
      assertThat(call(ours.port, "PUBLISH", "channel", "message")).isEqualTo("0");
      assertThat(field(ours.port, "min_slaves_good_slaves")).isEqualTo("0");
      follow(peer.port(), ours.port);
      await("a good replica", () -> call(ours.port, "SET", "k", "1").equals("OK"));
      assertThat(field(ours.port, "min_slaves_good_slaves")).isEqualTo("1");
      assertThat(call(peer.port(), "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      await("a refusal", () -> call(ours.port, "SET", "k", "1").equals(refusal));
      assertThat(call(ours.port, "CONFIG", "SET", "min-replicas-to-write", "0")).isEqualTo("OK");
      await("no rule", () -> call(ours.port, "SET", "k", "1").equals("OK"));
    }
  }

  @Test
  void aSnapshotWithoutDataIsSentToWhoAsksForIt() throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"))) {
      assertThat(call(ours.port, "SET", "k", "should not be seen")).isEqualTo("OK");
      for (String options : new String[] {"", "rdb-filter-only functions", "rdb-filter-only "}) {
        assertThat(snapshot(ours.port, options).contains("should not be seen"))
            .as(options)
            .isEqualTo(options.isEmpty());
      }
      assertThat(call(ours.port, "REPLCONF", "rdb-filter-only", "nonsense"))
          .isEqualTo("ERR Unsupported rdb-filter-only option: nonsense");
    }
  }

  /** All that is sent to a client that wants the snapshot and nothing else. */
  private static String snapshot(int port, String options) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      List<String> words = new ArrayList<>(List.of("REPLCONF", "capa", "eof", "rdb-only", "1"));
      words.addAll(Arrays.asList(options.split(" ", -1)));
      words.removeIf(word -> options.isEmpty() && word.isEmpty());
      StringBuilder request = new StringBuilder("*" + words.size() + "\r\n");
      words.forEach(word -> request.append("$" + word.length() + "\r\n" + word + "\r\n"));
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      // With a reply that was not sent yet the next request would be refused.
      assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("+OK\r\n");
      socket.getOutputStream().write("SYNC\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
