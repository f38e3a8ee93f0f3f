package io.hashslot.replication;

import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.replication.Peers.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * INFO replication and ROLE in each state of the link, line by line as valkey-server shows them.
 */
class ReplicationStatesOracleIT {
  /** Less than repl-timeout, so that what went wrong is seen as it was. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Times: only whether there is one is the same everywhere. */
  private static final List<String> TIMES =
      List.of(
          "master_last_io_seconds_ago",
          "master_sync_last_io_seconds_ago",
          "master_link_down_since_seconds");

  @TempDir Path directory;
  private PeerServer theirs;
  private Ours ours;

  @BeforeEach
  void start() throws Exception {
    theirs =
        PeerServer.start(
            PeerServer.Kind.VALKEY, directory.resolve("theirs"), "--cluster-enabled", "no");
    ours = new Ours(directory.resolve("ours"));
  }

  @AfterEach
  void end() {
    ours.close();
    theirs.close();
  }

  private void awaitState(String state) {
    awaitRole(ours.port, state);
    awaitRole(theirs.port(), state);
  }

  /** The lines of INFO with what differs from server to server named instead of shown. */
  private static String info(int port) throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, String> ids = new TreeMap<>();
    for (String line : call(port, "INFO", "replication").lines().toList()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (TIMES.contains(name)) {
        value = value.equals("-1") ? "none" : "some";
      } else if (value.matches("[0-9a-f]{40}") && !value.equals(StandInPrimary.HISTORY)) {
        String known = "id " + ids.size();
        value = value.matches("0+") ? "no id" : ids.computeIfAbsent(value, _ -> known);
      } else if (name.equals("master_port")) {
        value = "a port";
      }
      text.append(name).append(':').append(value).append('\n');
    }
    return text.toString();
  }

  private static String role(int port) throws IOException {
    String[] lines = call(port, "ROLE").split("\n");
    if (lines[0].equals("slave")) {
      lines[2] = "a port";
    }
    return String.join(" ", lines);
  }

  private void compare() {
    Awaitility.await("the same")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(info(ours.port)).isEqualTo(info(theirs.port()));
              assertThat(role(ours.port)).isEqualTo(role(theirs.port()));
            });
  }

  @Test
  void aPrimary() throws Exception {
    compare();
  }

  /** Writes on both; with the same bytes in both streams, offsets say the same. */
  private void write(String key) throws IOException {
    assertThat(call(ours.port, "SET", key, "v")).isEqualTo("OK");
    assertThat(call(theirs.port(), "SET", key, "v")).isEqualTo("OK");
  }

  @Test
  void aPrimaryWhoseOnlyReplicaHasGoneForGood() throws Exception {
    for (int port : List.of(ours.port, theirs.port())) {
      call(port, "CONFIG", "SET", "repl-ping-replica-period", "3600", "repl-backlog-ttl", "1");
      call(port, "CONFIG", "SET", "repl-diskless-sync-delay", "0");
    }
    write("without a backlog");
    compare();
    try (Ours one = new Ours(directory.resolve("one"));
        Ours other = new Ours(directory.resolve("other"))) {
      follow(one.port, ours.port);
      follow(other.port, theirs.port());
      awaitRole(one.port, "connected");
      awaitRole(other.port, "connected");
      write("with a backlog");
    }
    for (int port : List.of(ours.port, theirs.port())) {
      Peers.await("no backlog", () -> field(port, "repl_backlog_active").equals("0"));
    }
    write("without one again");
    compare();
  }

  @Test
  void noPrimaryToBeFound() throws Exception {
    int nobody = Ports.next();
    follow(ours.port, nobody);
    follow(theirs.port(), nobody);
    awaitState("connect");
    compare();
  }

  @Test
  void aPrimaryThatDoesNotAnswer() throws Exception {
    try (StandInPrimary primary = new StandInPrimary(StandInPrimary.Stage.SILENT)) {
      follow(ours.port, primary.port());
      follow(theirs.port(), primary.port());
      awaitState("handshake");
      compare();
    }
  }

  @Test
  void aSnapshotOnItsWay() throws Exception {
    try (StandInPrimary primary = new StandInPrimary(StandInPrimary.Stage.HALF_A_SNAPSHOT)) {
      follow(ours.port, primary.port());
      follow(theirs.port(), primary.port());
      awaitState("sync");
      compare();
    }
  }

  @Test
  void inStepAndThenWithoutALinkAndThenPromotedAndDemotedAtOnce() throws Exception {
    try (StandInPrimary primary = new StandInPrimary(StandInPrimary.Stage.STREAM)) {
      follow(ours.port, primary.port());
      follow(theirs.port(), primary.port());
      awaitState("connected");
      compare();
    }
    awaitState("connect");
    compare();
    call(ours.port, "REPLICAOF", "NO", "ONE");
    call(theirs.port(), "REPLICAOF", "NO", "ONE");
    compare();
    int nobody = Ports.next();
    follow(ours.port, nobody);
    follow(theirs.port(), nobody);
    awaitState("connect");
    compare();
  }

  /** In this order, from a primary to a replica without a link and back. */
  private static final List<String> REQUESTS =
      List.of(
          "REPLCONF",
          "REPLCONF a",
          "REPLCONF a b",
          "REPLCONF listening-port x",
          "REPLCONF listening-port 70000",
          "REPLCONF listening-port 1 capa eof capa x",
          "REPLCONF ip-address a",
          "REPLCONF rdb-only 2",
          "REPLCONF rdb-only x",
          "REPLCONF rdb-filter-only x",
          "REPLCONF rdb-filter-only functions",
          "REPLCONF version x",
          "REPLCONF version 1.2.3",
          "REPLICAOF",
          "REPLICAOF a b",
          "REPLICAOF a -1",
          "REPLICAOF a 65536",
          "REPLICAOF no two",
          "REPLICAOF NO ONE",
          "WAIT a b",
          "WAIT 0 a",
          "WAIT 0 -1",
          "WAIT 1 10",
          "PSYNC a",
          "PSYNC a b",
          "CONFIG SET repl-diskless-load x",
          "CONFIG SET repl-backlog-size 1",
          "CONFIG GET repl-backlog-size",
          "CONFIG SET repl-timeout 0",
          "CONFIG SET replicaof x",
          "REPLICAOF 127.0.0.1 1",
          "REPLICAOF 127.0.0.1 1",
          "WAIT 0 0",
          "SET a b",
          "GET a",
          "CONFIG SET replica-serve-stale-data no",
          "GET a",
          "PING",
          "SET a b",
          "PSYNC ? -1",
          "SYNC",
          "PSYNC ? -1 FAILOVER",
          "FAILOVER",
          "CONFIG SET replica-read-only no",
          "CONFIG SET replica-serve-stale-data yes",
          "SET a b PXAT 1",
          "GET a",
          "SET a c",
          "EXPIRE a -1",
          "EXISTS a",
          "APPEND a d",
          "GET a",
          "REPLICAOF NO ONE",
          "GET a",
          "CONFIG GET replicaof");

  @Test
  void requestsOfReplicationAreAnsweredAsValkeyAnswersThem() throws Exception {
    for (String request : REQUESTS) {
      assertThat(call(ours.port, request.split(" ")))
          .as(request)
          .isEqualTo(call(theirs.port(), request.split(" ")));
    }
  }
}
