package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitLink;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FAILOVER between this server and real ones, in both directions. */
class FailoverPeersIT {
  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private PeerServer start(PeerServer.Kind kind) {
    return Peers.peer(kind, directory.resolve("peer"));
  }

  private static void awaitOnline(int primary) {
    await("an online replica", () -> call(primary, "INFO", "replication").contains("state=online"));
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void theRoleGoesToARealServerAndBack(PeerServer.Kind kind) throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"));
        PeerServer peer = start(kind)) {
      follow(peer.port(), ours.port);
      awaitLink(peer);
      awaitOnline(ours.port);
      assertThat(call(ours.port, "SET", "k", "1")).isEqualTo("OK");
      Future<Long> counting = threads.submit(() -> count(ours.port));
      await("a first count", () -> call(ours.port, "EXISTS", "counter").equals("1"));
      assertThat(call(ours.port, "FAILOVER", "TO", "127.0.0.1", "" + peer.port())).isEqualTo("OK");
      awaitRole(ours.port, "connected");
      awaitRole(peer.port(), "master");
      assertThat(call(peer.port(), "GET", "counter"))
          .as("what was acknowledged by the former primary")
          .isEqualTo(Long.toString(counting.get(60, TimeUnit.SECONDS)));
      await("the end", () -> field(ours.port, "master_failover_state").equals("no-failover"));
      assertThat(call(ours.port, "CONFIG", "GET", "replicaof"))
          .isEqualTo("replicaof\n127.0.0.1 " + peer.port());
      assertThat(call(ours.port, "SET", "k", "2")).startsWith("READONLY");
      assertThat(call(peer.port(), "SET", "k", "2")).isEqualTo("OK");
      await("the stream to turn", () -> call(ours.port, "GET", "k").equals("2"));

      awaitOnline(peer.port());
      assertThat(call(peer.port(), "FAILOVER")).isEqualTo("OK");
      awaitRole(peer.port(), "connected");
      awaitRole(ours.port, "master");
      assertThat(call(ours.port, "SET", "k", "3")).isEqualTo("OK");
      await("the stream to turn back", () -> call(peer.port(), "GET", "k").equals("3"));

      assertThat(call(peer.port(), "INFO", "stats")).contains("sync_full:0\r\n");
      assertThat(field(ours.port, "sync_full")).isEqualTo("1");
      assertThat(field(ours.port, "sync_partial_ok")).isEqualTo("1");
      assertThat(call(ours.port, "CONFIG", "GET", "replicaof")).isEqualTo("replicaof\n");
    }
  }

  /** Counts up until that is refused; returns how often it was acknowledged. */
  private static long count(int port) throws IOException {
    try (RespConnection connection = connect(port)) {
      long last = 0;
      while (connection.call("INCR", "counter") instanceof Reply.Int counted) {
        last = counted.value();
      }
      return last;
    }
  }

  @Test
  void writesWaitUntilItIsAbortedAndThenGoOn() throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"));
        PeerServer peer = start(PeerServer.Kind.VALKEY)) {
      follow(peer.port(), ours.port);
      awaitLink(peer);
      awaitOnline(ours.port);
      // What is asleep acknowledges nothing.
      peer.pause();
      try {
        assertThat(call(ours.port, "SET", "k", "1")).isEqualTo("OK");
        assertThat(call(ours.port, "FAILOVER", "TIMEOUT", "600000")).isEqualTo("OK");
        assertThat(field(ours.port, "master_failover_state")).isEqualTo("waiting-for-sync");
        assertThat(call(ours.port, "FAILOVER")).isEqualTo("ERR FAILOVER already in progress.");
        assertThat(call(ours.port, "REPLICAOF", "127.0.0.1", "1"))
            .isEqualTo("ERR REPLICAOF not allowed while failing over.");
        assertThat(call(ours.port, "GET", "k")).isEqualTo("1");
        Future<String> writing = threads.submit(() -> call(ours.port, "SET", "k", "2"));
        await("a client that is held back", () -> blockedOrPaused(ours.port));
        assertThat(call(ours.port, "FAILOVER", "ABORT")).isEqualTo("OK");
        assertThat(writing.get(60, TimeUnit.SECONDS)).isEqualTo("OK");
        assertThat(call(ours.port, "GET", "k")).isEqualTo("2");
        assertThat(call(ours.port, "FAILOVER", "ABORT")).isEqualTo("ERR No failover in progress.");
      } finally {
        peer.resume();
      }
    }
  }

  /** The writer is connected, and its write has not run. */
  private static boolean blockedOrPaused(int port) throws IOException {
    return call(port, "CLIENT", "LIST").contains("cmd=set") && call(port, "GET", "k").equals("1");
  }

  @Test
  void aReplicaThatIsNotInStepInTimeEndsItWithoutForceAndNotWithForce() throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"));
        PeerServer peer = start(PeerServer.Kind.VALKEY)) {
      follow(peer.port(), ours.port);
      awaitLink(peer);
      awaitOnline(ours.port);
      String to = "" + peer.port();
      peer.pause();
      try {
        assertThat(call(ours.port, "SET", "k", "1")).isEqualTo("OK");
        assertThat(call(ours.port, "FAILOVER", "TO", "127.0.0.1", to, "TIMEOUT", "300"))
            .isEqualTo("OK");
        await("the end", () -> field(ours.port, "master_failover_state").equals("no-failover"));
        assertThat(call(ours.port, "ROLE")).startsWith("master");
        assertThat(call(ours.port, "SET", "k", "2")).isEqualTo("OK");
        assertThat(call(ours.port, "FAILOVER", "TO", "127.0.0.1", to, "FORCE", "TIMEOUT", "300"))
            .isEqualTo("OK");
        await(
            "the role to be given up",
            () -> field(ours.port, "master_failover_state").equals("failover-in-progress"));
        assertThat(call(ours.port, "ROLE")).startsWith("slave");
        // Nobody has taken it over: it can be had back.
        assertThat(call(ours.port, "FAILOVER", "ABORT")).isEqualTo("OK");
        assertThat(call(ours.port, "ROLE")).startsWith("master");
        assertThat(call(ours.port, "SET", "k", "3")).isEqualTo("OK");
      } finally {
        peer.resume();
      }
      awaitLink(peer);
      await("the stream to go on", () -> call(peer.port(), "GET", "k").equals("3"));
      assertThat(field(ours.port, "sync_full")).isEqualTo("1");
    }
  }

  @Test
  void whatSpeaksAgainstItIsSaidAsValkeySaysIt() throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"));
        Ours follower = new Ours(directory.resolve("follower"));
        PeerServer theirs = start(PeerServer.Kind.VALKEY);
        PeerServer theirFollower =
            PeerServer.start(
                PeerServer.Kind.VALKEY, directory.resolve("second"), "--cluster-enabled", "no")) {
      List<String> requests =
          List.of(
              "FAILOVER",
              "FAILOVER ABORT",
              "FAILOVER ABORT TO a 1",
              "FAILOVER TIMEOUT 0",
              "FAILOVER TIMEOUT x",
              "FAILOVER TIMEOUT",
              "FAILOVER TO a",
              "FAILOVER TO a x",
              "FAILOVER TO a 1 FORCE",
              "FAILOVER TO a 1 FORCE TIMEOUT 10",
              "FAILOVER FORCE TIMEOUT 10",
              "FAILOVER FORCE",
              "FAILOVER NONSENSE",
              "PSYNC ? -1 FAILOVER",
              "PSYNC " + "a".repeat(40) + " 1 FAILOVER",
              "PSYNC x y FAILOVER");
      compare(ours.port, theirs.port(), requests);
      follow(follower.port, ours.port);
      follow(theirFollower.port(), theirs.port());
      awaitRole(follower.port, "connected");
      awaitLink(theirFollower);
      awaitOnline(ours.port);
      awaitOnline(theirs.port());
      compare(follower.port, theirFollower.port(), requests);
      compare(
          ours.port,
          theirs.port(),
          requests.stream().filter(request -> !request.equals("FAILOVER")).toList());
    }
  }

  private static void compare(int ours, int theirs, List<String> requests) throws IOException {
    for (String request : requests) {
      assertThat(call(ours, request.split(" ")))
          .as(request)
          .isEqualTo(call(theirs, request.split(" ")));
    }
  }
}
