package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays what replicas said to real primaries: as their primary we must answer the same, count the
 * same and send the very same stream. Ids of histories differ, and the snapshots.
 */
class CapturedRequestsIT {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

  @TempDir Path folder;

  /** The replica's side of one connection, played from the record. */
  private static final class Player implements AutoCloseable {
    private final RawClient link;
    private final String theirs;
    private String ours;

    /**
     * @param theirs the history of the recorded primary
     * @param ours our history, by which that one is replaced in requests
     */
    Player(int port, String theirs, String ours) throws IOException {
      link = RawClient.tcp(port);
      this.theirs = theirs;
      this.ours = ours;
    }

    /** Says all up to PSYNC as it was said, and hears what was heard; returns PSYNC's answer. */
    String introduce(List<Capture.Part> parts) throws IOException {
      for (Capture.Part part : parts) {
        if (part.fromReplica()) {
          link.send(part.text().replace(theirs, ours));
        } else if (part.text().contains("FULLRESYNC") || part.text().contains("CONTINUE")) {
          break;
        } else {
          for (String line : part.text().split("\r\n")) {
            // We know all options of Valkey 8.
            String expected = line.startsWith("-ERR Unrecognized REPLCONF") ? "+OK" : line;
            assertThat(line()).isEqualTo(expected);
          }
        }
      }
      String answer = line();
      Matcher id = ID.matcher(answer);
      assertThat(id.find()).as(answer).isTrue();
      ours = id.group();
      return answer.replace(ours, theirs);
    }

    /** The next line; blank ones are signs of life. */
    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.length() < 2 || line.charAt(line.length() - 2) != '\r') {
        String next = link.read(1);
        if (!line.isEmpty() || !next.equals("\n")) {
          line.append(next);
        }
      }
      return line.substring(0, line.length() - 2);
    }

    /** Takes the snapshot; returns its header, its numbers replaced. */
    String takeSnapshot() throws IOException {
      String header = line();
      if (header.startsWith("$EOF:")) {
        String mark = header.substring(5);
        StringBuilder all = new StringBuilder();
        while (all.length() < 80 || !all.substring(all.length() - 40).equals(mark)) {
          all.append(link.read(1));
        }
        assertThat(all).startsWith("REDIS00");
        return "$EOF:";
      }
      assertThat(link.read(Integer.parseInt(header.substring(1)))).startsWith("REDIS00");
      return "$";
    }

    void acknowledge(long offset) throws IOException {
      link.send(RawClient.request("REPLCONF", "ACK", "" + offset));
    }

    @Override
    public void close() throws IOException {
      link.close();
    }
  }

  private RunningNode node(String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("--repl-ping-replica-period", "3600"));
    words.addAll(Arrays.asList(more));
    return new RunningNode(folder, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis70-disk",
        "redis70-diskless",
        "redis70-to-valkey80",
        "valkey80-disk",
        "valkey80-diskless"
      })
  void weAnswerAndSendWhatTheRealPrimaryDid(String name) throws Exception {
    Capture capture = Capture.read(name);
    int[] connections =
        Arrays.stream(capture.connections())
            .filter(one -> capture.said(one, false).contains("+PONG"))
            .toArray();
    assertThat(connections).hasSize(2);
    String theirs = capture.info("info_primary", "master_replid");
    assertThat(theirs).isNotNull();
    String diskless = name.endsWith("-disk") ? "no" : "yes";
    try (RunningNode node = node("--repl-diskless-sync", diskless);
        RawClient client = node.connect()) {
      client.run("SET", "before", "sync");
      String first = capture.said(connections[0], false);
      String stream = first.substring(first.indexOf("*2\r\n$6\r\nSELECT"));
      String id;
      try (Player replica = new Player(node.port(), theirs, "")) {
        String answer = replica.introduce(capture.parts(connections[0]));
        assertThat(answer).isEqualTo(lineOf(first, "+FULLRESYNC"));
        assertThat(first).contains(replica.takeSnapshot());
        replica.acknowledge(0);
        id = replica.ours;
        write(client);
        client.send(RawClient.request("WAIT", "1", "50000"));
        assertThat(replica.link.read(stream.length())).isEqualTo(stream);
        replica.acknowledge(175);
        assertThat(client.reply()).isEqualTo(":1");
        assertThat(client.info("replication", "master_repl_offset"))
            .isEqualTo(capture.info("info_primary", "master_repl_offset"));
      }
      client.run("SET", "during", "cut");
      try (Player replica = new Player(node.port(), theirs, id)) {
        String answer = replica.introduce(capture.parts(connections[1]));
        String second = capture.said(connections[1], false);
        assertThat(answer).isEqualTo(lineOf(second, "+CONTINUE"));
        client.run("SET", "after", "reconnect");
        String rest = second.substring(second.indexOf("\r\n", second.indexOf("+CONTINUE")) + 2);
        assertThat(replica.link.read(rest.length())).isEqualTo(rest);
      }
      assertThat(client.info("stats", "sync_full")).isEqualTo("1");
      assertThat(client.info("stats", "sync_partial_ok")).isEqualTo("1");
    }
  }

  @Test
  void weAnswerOverTwoConnectionsWhatTheRealPrimaryDid() throws Exception {
    Capture capture = Capture.read("valkey80-dualchannel");
    String theirs = capture.info("info_primary", "master_replid");
    assertThat(theirs).isNotNull();
    String said = capture.said(0, false);
    String stream = said.substring(said.indexOf("*2\r\n$6\r\nSELECT"));
    try (RunningNode node = node("--dual-channel-replication-enabled", "yes");
        RawClient client = node.connect();
        Player main = new Player(node.port(), theirs, "");
        Player snapshot = new Player(node.port(), theirs, "")) {
      client.run("SET", "before", "sync");
      for (Capture.Part part : capture.parts(0)) {
        if (part.text().contains("set-rdb-client-id")) {
          break;
        } else if (part.fromReplica()) {
          main.link.send(part.text());
        } else {
          assertThat(main.link.read(part.text().length())).isEqualTo(part.text());
        }
      }
      snapshot.link.send(capture.parts(1).getFirst().text());
      assertThat(snapshot.line()).isEqualTo("+OK");
      snapshot.link.send("SYNC\r\n");
      String[] end = snapshot.line().split(" ");
      assertThat(end).hasSize(4).startsWith("$ENDOFF:0").contains("0", atIndex(2));
      assertThat(main.link.run("REPLCONF", "set-rdb-client-id", end[3])).isEqualTo("+OK");
      assertThat(main.link.run("PSYNC", end[1], "1")).isEqualTo("+CONTINUE " + end[1]);
      assertThat(snapshot.takeSnapshot()).isEqualTo("$EOF:");
      assertThat(snapshot.link.readToEnd()).isEmpty();
      awaitRow(client, "state=bg_transfer,offset=0,lag=0,type=main-channel");
      write(client);
      client.send(RawClient.request("WAIT", "1", "50000"));
      assertThat(main.link.read(stream.length())).isEqualTo(stream);
      main.acknowledge(175);
      assertThat(client.reply()).isEqualTo(":1");
      awaitRow(client, "state=online,offset=175,");
    }
  }

  /** The steps of all records. */
  private static void write(RawClient client) throws IOException {
    client.run("SET", "k1", "v1");
    client.run("SELECT", "3");
    client.run("SET", "k2", "v2");
    client.run("MULTI");
    client.run("INCR", "a");
    client.run("INCR", "b");
    client.send(RawClient.request("EXEC"));
    for (int i = 0; i < 3; i++) {
      client.line();
    }
  }

  @Test
  void weAnswerAReplicaThatLogsInAndHasAnotherAddress() throws Exception {
    Capture capture = Capture.read("valkey80-auth-announce-fack");
    try (RunningNode node = node("--requirepass", "pw");
        RawClient client = node.connect();
        Player replica = new Player(node.port(), "-", "-")) {
      assertThat(client.run("AUTH", "pw")).isEqualTo("+OK");
      assertThat(replica.introduce(capture.parts(0))).startsWith("+FULLRESYNC ");
      replica.takeSnapshot();
      replica.link.send(RawClient.request("REPLCONF", "ACK", "0", "FACK", "0"));
      client.send(RawClient.request("WAIT", "1", "50000"));
      assertThat(client.reply()).isEqualTo(":1");
      awaitRow(client, "ip=10.9.8.7,port=7777,state=online,offset=0,");
    }
  }

  @Test
  void weSayThatWeLiveWhileASnapshotIsNotDueYet() throws Exception {
    Capture capture = Capture.read("valkey80-diskless-delay");
    try (RunningNode node = node();
        RawClient client = node.connect();
        Player replica = new Player(node.port(), "-", "-")) {
      client.run("SET", "key", "of which nobody would make a snapshot at once");
      client.run("CONFIG", "SET", "repl-diskless-sync-delay", "3600");
      List<Capture.Part> parts = capture.parts(0);
      List<Capture.Part> before = new ArrayList<>();
      for (Capture.Part part : parts) {
        if (!part.fromReplica() && part.text().equals("\n")) {
          break;
        }
        before.add(part);
      }
      for (Capture.Part part : before) {
        if (part.fromReplica()) {
          replica.link.send(part.text());
        } else {
          assertThat(replica.link.read(part.text().length())).isEqualTo(part.text());
        }
      }
      assertThat(replica.link.read(2)).isEqualTo("\n\n");
      client.run("CONFIG", "SET", "repl-diskless-sync-delay", "0");
      String next = replica.link.read(1);
      while (next.equals("\n")) {
        next = replica.link.read(1);
      }
      assertThat(next + replica.link.line()).startsWith("+FULLRESYNC ");
    }
  }

  private static void awaitRow(RawClient client, String words) {
    Awaitility.await(words)
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.info("replication", "slave0").contains(words));
  }

  private static String lineOf(String text, String start) {
    int from = text.indexOf(start);
    return text.substring(from, text.indexOf("\r\n", from));
  }
}
