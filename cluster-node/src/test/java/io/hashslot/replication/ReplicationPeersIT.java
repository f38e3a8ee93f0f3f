package io.hashslot.replication;

import static io.hashslot.replication.Peers.PATIENCE;
import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitLink;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.fields;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** This server and real ones as each other's primaries and replicas. */
class ReplicationPeersIT {
  private static final int KEYS = 3000;

  @TempDir Path directory;

  /** A client that writes at random until it is closed. */
  private static final class Load implements AutoCloseable {
    private final Thread thread;
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stop;

    Load(int port, long seed) {
      thread =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failure.set(e))
              .start(() -> run(port, new Random(seed)));
    }

    private void run(int port, Random random) {
      try (RespConnection connection = connect(port)) {
        while (!stop) {
          connection.pipeline(batch(random));
          batches.incrementAndGet();
        }
      } catch (IOException e) {
        failure.set(e);
      }
    }

    /** Waits until it has written a lot more. */
    void awaitMore() {
      int before = batches.get();
      await("the load", () -> batches.get() > before + 50);
    }

    private static List<Command> batch(Random random) {
      List<Command> batch = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String key = "key:" + random.nextInt(KEYS);
        String value = Integer.toString(random.nextInt()).repeat(1 + random.nextInt(30));
        if (random.nextInt(10) == 0) {
          batch.add(Command.of("MULTI"));
          batch.add(Command.of("SET", key, value));
          batch.add(Command.of("SET", "key:" + random.nextInt(KEYS), value));
          batch.add(Command.of("EXEC"));
        } else if (random.nextInt(10) == 0) {
          batch.add(Command.of("SET", key, value, "PX", "100000000"));
        } else {
          batch.add(Command.of("SET", key, value));
        }
      }
      return batch;
    }

    @Override
    public void close() throws InterruptedException {
      stop = true;
      thread.join();
      assertThat(failure.get()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS,yes", "REDIS,no", "VALKEY,yes", "VALKEY,no"})
  void aRealServerFollowsUsUnderLoad(PeerServer.Kind kind, String diskless) throws Exception {
    try (Ours ours =
        new Ours(
            directory.resolve("ours"),
            "--repl-diskless-sync",
            diskless,
            "--client-output-buffer-limit",
            "replica 0 0 0",
            "--repl-backlog-size",
            "1gb")) {
      fill(ours.port);
      try (PeerServer peer = start(kind, "peer")) {
        try (Load load = new Load(ours.port, 1)) {
          follow(peer.port(), ours.port);
          awaitLink(peer);
          load.awaitMore();
          assertThat(call(peer.port(), "CLIENT", "KILL", "TYPE", "master")).isEqualTo("1");
          awaitLink(peer);
        }
        awaitSame(ours.port, peer.port());
        assertThat(peer.log()).contains("Successful partial resynchronization");
        assertThat(call(ours.port, "WAIT", "1", "0")).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS,yes", "REDIS,no", "VALKEY,yes", "VALKEY,no"})
  void weFollowARealServerUnderLoad(PeerServer.Kind kind, String diskless) throws Exception {
    try (PeerServer peer =
        start(
            kind,
            "peer",
            "--repl-diskless-sync",
            diskless,
            "--repl-diskless-sync-delay",
            "0",
            "--client-output-buffer-limit",
            "replica 0 0 0",
            "--repl-backlog-size",
            "1gb")) {
      fill(peer.port());
      try (Ours ours =
          new Ours(directory.resolve("ours"), "--replicaof", "127.0.0.1 " + peer.port())) {
        try (Load load = new Load(peer.port(), 2)) {
          awaitRole(ours.port, "connected");
          load.awaitMore();
          String copies = field(peer, "sync_full");
          call(peer.port(), "CLIENT", "KILL", "TYPE", "replica");
          await("to go on", () -> !field(peer, "sync_partial_ok").equals("0"));
          awaitRole(ours.port, "connected");
          assertThat(field(peer, "sync_full")).as(peer.log()).isEqualTo(copies);
        }
        awaitSame(peer.port(), ours.port);
        assertThat(call(peer.port(), "WAIT", "1", "60000")).isEqualTo("1");
        assertThat(call(ours.port, "SET", "a", "b")).startsWith("READONLY");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void aChainSharesOneHistory(PeerServer.Kind kind) throws Exception {
    // A Redis 7.0 below a Valkey cannot read its snapshots, but it can read ours.
    try (PeerServer top = start(kind, "top", "--repl-diskless-sync-delay", "0");
        Ours middle =
            new Ours(directory.resolve("middle"), "--replicaof", "127.0.0.1 " + top.port());
        PeerServer bottom = start(PeerServer.Kind.REDIS, "bottom")) {
      fill(top.port());
      awaitRole(middle.port, "connected");
      follow(bottom.port(), middle.port);
      awaitLink(bottom);
      try (Load load = new Load(top.port(), 3)) {
        load.awaitMore();
      }
      awaitSame(top.port(), middle.port);
      awaitSame(top.port(), bottom.port());
      assertThat(field(bottom, "master_replid")).isEqualTo(field(top, "master_replid"));
      await(
          "offsets to be equal",
          () -> field(bottom, "slave_repl_offset").equals(field(top, "master_repl_offset")));
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void siblingsContinueWithUsAfterOurPromotion(PeerServer.Kind kind) throws Exception {
    try (PeerServer sibling = start(kind, "sibling");
        Ours ours = new Ours(directory.resolve("ours"))) {
      try (PeerServer primary = start(kind, "primary", "--repl-diskless-sync-delay", "0")) {
        fill(primary.port());
        follow(ours.port, primary.port());
        follow(sibling.port(), primary.port());
        awaitRole(ours.port, "connected");
        awaitLink(sibling);
        awaitSame(primary.port(), ours.port);
        awaitSame(primary.port(), sibling.port());
        assertThat(call(primary.port(), "WAIT", "2", "60000")).isEqualTo("2");
      }
      assertThat(call(ours.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      awaitRole(ours.port, "master");
      follow(sibling.port(), ours.port);
      awaitLink(sibling);
      assertThat(call(ours.port, "SET", "after", "promotion")).isEqualTo("OK");
      awaitSame(ours.port, sibling.port());
      assertThat(sibling.log()).contains("Successful partial resynchronization");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void ourSnapshotIsLoadedByARealServerAndItsByUs(PeerServer.Kind kind) throws Exception {
    Path folder = directory.resolve("shared");
    try (Ours ours = new Ours(folder)) {
      fill(ours.port);
      assertThat(call(ours.port, "SET", "expiring", "x", "PX", "100000000")).isEqualTo("OK");
      assertThat(call(ours.port, "SAVE")).isEqualTo("OK");
    }
    try (PeerServer peer = start(kind, "shared")) {
      assertThat(call(peer.port(), "DBSIZE")).isEqualTo("" + (KEYS + 1));
      assertThat(call(peer.port(), "GET", "key:17")).isEqualTo("value:17");
      assertThat(Long.parseLong(call(peer.port(), "PTTL", "expiring"))).isPositive();
      assertThat(call(peer.port(), "SET", "theirs", "y".repeat(1000))).isEqualTo("OK");
      assertThat(call(peer.port(), "SAVE")).isEqualTo("OK");
    }
    try (Ours ours = new Ours(folder)) {
      assertThat(call(ours.port, "GET", "theirs")).isEqualTo("y".repeat(1000));
      assertThat(call(ours.port, "GET", "key:17")).isEqualTo("value:17");
      assertThat(call(ours.port, "BGSAVE")).isEqualTo("Background saving started");
    }
  }

  /**
   * Writes that are repeated otherwise than they were said, in several databases, with
   * transactions.
   */
  private static final List<String> WRITES =
      List.of(
          "RPUSH l a b a",
          "LREM l -9223372036854775808 a",
          "SET a 1 EX 100",
          "SETEX b 200 v",
          "SET a 2 KEEPTTL",
          "GETSET b w",
          "INCRBYFLOAT f 1.5",
          "APPEND s abc",
          "SETRANGE s 5 zz",
          "SELECT 3",
          "MSET x 1 y 2",
          "GETDEL x",
          "MULTI",
          "SELECT 5",
          "SET t 1",
          "SELECT 0",
          "INCR counter",
          "EXEC",
          "SWAPDB 0 3",
          "GETEX a PX 5000000",
          "RENAME y z",
          "COPY z copied",
          "PERSIST z",
          "EXPIRE z 1000",
          "SETNX n 1",
          "MOVE n 7",
          "DEL f",
          "SET gone x PX 1",
          "SET b 1 NX GET",
          "EXPIRE counter -1");

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void everyKindOfWriteArrivesInBothDirections(PeerServer.Kind kind) throws Exception {
    try (Ours ours = new Ours(directory.resolve("ours"), "--enable-debug-command", "yes");
        PeerServer peer = start(kind, "peer", "--repl-diskless-sync-delay", "0")) {
      follow(peer.port(), ours.port);
      awaitLink(peer);
      write(ours.port);
      awaitSameDigest(ours.port, peer.port());
      assertThat(call(peer.port(), "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      follow(ours.port, peer.port());
      awaitRole(ours.port, "connected");
      write(peer.port());
      awaitSameDigest(peer.port(), ours.port);
      assertThat(call(peer.port(), "FLUSHALL")).isEqualTo("OK");
      await("no data", () -> call(ours.port, "DEBUG", "DIGEST").equals("0".repeat(40)));
    }
  }

  private static void write(int port) throws IOException {
    try (RespConnection connection = connect(port)) {
      connection.pipeline(WRITES.stream().map(line -> Command.of(line.split(" "))).toList());
    }
  }

  private static void awaitSameDigest(int one, int other) {
    Awaitility.await("equal digests")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(call(other, "DEBUG", "DIGEST"))
                    .isNotEqualTo("0".repeat(40))
                    .isEqualTo(call(one, "DEBUG", "DIGEST")));
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void aRestartFromASnapshotContinuesInBothRoles(PeerServer.Kind kind) throws Exception {
    Path folder = directory.resolve("ours");
    int port = Ports.next();
    try (PeerServer peer = start(kind, "peer", "--repl-diskless-sync-delay", "0")) {
      // A ping behind the snapshot would be in nobody's history after the restart.
      try (Ours ours = new Ours(port, folder, "--repl-ping-replica-period", "3600")) {
        fill(port);
        follow(peer.port(), port);
        awaitLink(peer);
        assertThat(call(port, "SET", "before", "restart")).isEqualTo("OK");
        assertThat(call(port, "WAIT", "1", "60000")).isEqualTo("1");
        assertThat(call(port, "SAVE")).isEqualTo("OK");
      }
      try (Ours ours = new Ours(port, folder)) {
        awaitLink(peer);
        assertThat(call(port, "GET", "before")).isEqualTo("restart");
        assertThat(call(port, "SET", "after", "restart")).isEqualTo("OK");
        await("the stream to go on", () -> call(peer.port(), "GET", "after").equals("restart"));
        assertThat(peer.log()).contains("Successful partial resynchronization");

        assertThat(call(peer.port(), "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
        follow(port, peer.port());
        awaitRole(port, "connected");
        assertThat(call(peer.port(), "SET", "turned", "round")).isEqualTo("OK");
        await("the stream to turn", () -> call(port, "GET", "turned").equals("round"));
        assertThat(call(port, "SAVE")).isEqualTo("OK");
      }
      assertThat(call(peer.port(), "SET", "meanwhile", "written")).isEqualTo("OK");
      try (Ours ours = new Ours(port, folder, "--replicaof", "127.0.0.1 " + peer.port())) {
        awaitRole(port, "connected");
        await("what was missed", () -> call(port, "GET", "meanwhile").equals("written"));
        // It went on when the primary turned to it, and goes on now.
        assertThat(field(peer, "sync_full")).as(peer.log()).isEqualTo("0");
        assertThat(Integer.parseInt(field(peer, "sync_partial_ok"))).isGreaterThan(1);
      }
    }
  }

  @Test
  void infoHasTheFieldsOfValkeyInBothRoles() throws Exception {
    try (PeerServer primary =
            start(PeerServer.Kind.VALKEY, "primary", "--repl-diskless-sync-delay", "0");
        PeerServer replica = start(PeerServer.Kind.VALKEY, "replica");
        PeerServer theirReplica = start(PeerServer.Kind.VALKEY, "theirs");
        Ours ours = new Ours(directory.resolve("ours"));
        Ours ourReplica = new Ours(directory.resolve("our-replica"))) {
      assertThat(fields(ours.port)).isEqualTo(fields(primary.port()));
      follow(replica.port(), ours.port);
      follow(theirReplica.port(), primary.port());
      awaitLink(replica);
      awaitLink(theirReplica);
      await("online", () -> call(primary.port(), "INFO", "replication").contains("state=online"));
      await("online", () -> call(ours.port, "INFO", "replication").contains("state=online"));
      assertThat(fields(ours.port)).isEqualTo(fields(primary.port()));
      assertThat(call(ours.port, "INFO", "replication"))
          .containsPattern(
              "slave0:ip=127.0.0.1,port="
                  + replica.port()
                  + ",state=online,offset=\\d+,lag=\\d+,type=replica\r\n");
      follow(ourReplica.port, primary.port());
      awaitRole(ourReplica.port, "connected");
      assertThat(fields(ourReplica.port)).isEqualTo(fields(theirReplica.port()));
      assertThat(call(ours.port, "INFO", "stats"))
          .containsPattern("sync_full:1\r\nsync_partial_ok:\\d+\r\nsync_partial_err:1\r\n");
    }
  }

  @Test
  void aReplicaBehindAPasswordGetsIn() throws Exception {
    try (PeerServer primary = start(PeerServer.Kind.REDIS, "primary");
        Ours ours = new Ours(directory.resolve("ours"), "--masterauth", "secret")) {
      call(primary.port(), "SET", "k", "v");
      call(
          primary.port(),
          "CONFIG",
          "SET",
          "requirepass",
          "secret",
          "repl-diskless-sync-delay",
          "0");
      follow(ours.port, primary.port());
      awaitRole(ours.port, "connected");
      assertThat(call(ours.port, "GET", "k")).isEqualTo("v");
    }
  }

  private PeerServer start(PeerServer.Kind kind, String folder, String... options) {
    List<String> all = new ArrayList<>(List.of("--cluster-enabled", "no"));
    all.addAll(Arrays.asList(options));
    return PeerServer.start(kind, directory.resolve(folder), all.toArray(String[]::new));
  }

  private static void fill(int port) throws IOException {
    try (RespConnection connection = connect(port)) {
      List<Command> batch = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        batch.add(Command.of("SET", "key:" + i, "value:" + i));
      }
      connection.pipeline(batch);
    }
  }

  private static List<String> contents(int port) throws IOException {
    try (RespConnection connection = connect(port)) {
      List<Command> batch = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        batch.add(Command.of("GET", "key:" + i));
      }
      return connection.pipeline(batch).stream().map(Peers::text).toList();
    }
  }

  private static void awaitSame(int one, int other) {
    Awaitility.await("equal data")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(contents(other)).isEqualTo(contents(one)));
  }
}
