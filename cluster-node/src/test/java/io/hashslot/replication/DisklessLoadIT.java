package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Full copies from a real primary, by way of a file and straight from the socket. */
class DisklessLoadIT {
  private static final int KEYS = 2000;

  @TempDir Path directory;

  private PeerServer start(PeerServer.Kind kind, String... options) {
    return Peers.peer(kind, directory.resolve("peer"), options);
  }

  private static void fill(int port) throws IOException {
    try (RespConnection connection = connect(port)) {
      List<Command> batch = new ArrayList<>();
      batch.add(Command.of("SELECT", "3"));
      batch.add(Command.of("SET", "in", "three"));
      batch.add(Command.of("SELECT", "0"));
      for (int i = 0; i < KEYS; i++) {
        batch.add(Command.of("RPUSH", "key:" + i, "value:" + i, "x".repeat(100)));
      }
      connection.pipeline(batch);
    }
  }

  @ParameterizedTest
  @CsvSource({"VALKEY,swapdb,yes", "VALKEY,on-empty-db,yes", "REDIS,swapdb,no"})
  void aFullCopyTakesThePlaceOfWhatWasThere(PeerServer.Kind kind, String load, String diskless)
      throws Exception {
    Path folder = directory.resolve("ours");
    try (PeerServer peer = start(kind, "--repl-diskless-sync", diskless);
        Ours ours =
            new Ours(
                folder,
                "--repl-diskless-load",
                load,
                "--rdb-del-sync-files",
                "yes",
                "--enable-debug-command",
                "yes")) {
      fill(peer.port());
      if (!load.equals("on-empty-db")) {
        assertThat(call(ours.port, "SET", "former", "x")).isEqualTo("OK");
      }
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      assertThat(call(ours.port, "DEBUG", "DIGEST"))
          .isEqualTo(call(peer.port(), "DEBUG", "DIGEST"));
      assertThat(call(ours.port, "DBSIZE")).isEqualTo("" + KEYS);
      assertThat(call(peer.port(), "SET", "next", "1")).isEqualTo("OK");
      await("the stream to go on", () -> call(ours.port, "GET", "next").equals("1"));
      await("nothing to free", () -> field(ours.port, "lazyfree_pending_objects").equals("0"));
      // Another full copy, over the first one.
      assertThat(call(ours.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      assertThat(call(ours.port, "SET", "own", "write")).isEqualTo("OK");
      assertThat(call(peer.port(), "SET", "next", "2")).isEqualTo("OK");
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      await("the same", () -> call(ours.port, "GET", "next").equals("2"));
      assertThat(call(ours.port, "DEBUG", "DIGEST"))
          .isEqualTo(call(peer.port(), "DEBUG", "DIGEST"));
      // What clients wrote here before it followed anybody is kept; of the copy there is nothing.
      await("no copy", () -> hasNoCopy(folder));
    }
  }

  private static boolean hasNoCopy(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .allMatch(name -> name.startsWith("lost-writes-") || name.equals("hashslot.lock"));
    }
  }

  /** Slow enough to look at it: the primary waits after each key that it writes. */
  @Test
  void oldDataOfTheSameHistoryIsReadWhileNewIsLoadedBesideIt() throws Exception {
    try (PeerServer peer = start(PeerServer.Kind.VALKEY);
        Ours ours = new Ours(directory.resolve("ours"), "--repl-diskless-load", "swapdb")) {
      fill(peer.port());
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      // A backlog that is too short makes the next synchronisation a full one of the same history.
      assertThat(call(peer.port(), "CONFIG", "SET", "repl-backlog-size", "16kb")).isEqualTo("OK");
      assertThat(call(peer.port(), "CONFIG", "SET", "rdb-key-save-delay", "20000")).isEqualTo("OK");
      assertThat(call(ours.port, "REPLICAOF", "127.0.0.1", "1")).isEqualTo("OK");
      fill(peer.port());
      follow(ours.port, peer.port());
      await("a full copy under way", () -> field(ours.port, "async_loading").equals("1"));
      assertThat(call(ours.port, "LRANGE", "key:7", "0", "0")).isEqualTo("value:7");
      assertThat(call(ours.port, "LLEN", "key:7")).isEqualTo("2");
      assertThat(field(ours.port, "loading")).isEqualTo("0");
      assertThat(field(ours.port, "master_sync_in_progress")).isEqualTo("1");
      assertThat(call(ours.port, "KEYS", "nothing")).isEmpty();
      assertThat(call(ours.port, "SAVE")).startsWith("LOADING");
      // The link is lost in the middle: nothing has happened.
      assertThat(call(peer.port(), "CLIENT", "KILL", "TYPE", "replica")).isEqualTo("1");
      await("the end of loading", () -> field(ours.port, "async_loading").equals("0"));
      assertThat(call(ours.port, "LLEN", "key:7")).isEqualTo("2");
      assertThat(call(peer.port(), "CONFIG", "SET", "rdb-key-save-delay", "0")).isEqualTo("OK");
      // Should the next copy have begun before, it would take as long as the first.
      call(peer.port(), "CLIENT", "KILL", "TYPE", "replica");
      awaitRole(ours.port, "connected");
      assertThat(call(ours.port, "LLEN", "key:7")).isEqualTo("4");
    }
  }
}
