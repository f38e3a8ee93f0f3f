package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays scenes with several clients, some of which wait, to our node and to valkey-server: each
 * client must get the same replies. A scene is a list of lines, {@code client command ; command}. A
 * line is over when its client has its replies, or waits; {@code ~} is for its replies only. Who
 * still waits at the end is unblocked with an error.
 */
class BlockingOracleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<int[]> sizes() {
    return Stream.of(new int[] {1, 1}, new int[] {64, 3});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sizes")
  void scenesEndAlike(int[] shardsAndLoops) throws Exception {
    Oracle.VALKEY.program();
    Files.createDirectories(folder.resolve("oracle"));
    try (OracleServer oracle =
            OracleServer.start(Oracle.VALKEY, folder.resolve("oracle"), "--save", "");
        RunningNode node =
            new RunningNode(
                folder.resolve("node"),
                "--shards",
                "" + shardsAndLoops[0],
                "--io-threads",
                "" + shardsAndLoops[1])) {
      List<String> differences = new ArrayList<>();
      for (String scene : BlockingScenes.all()) {
        Map<String, String> theirs = new Stage(oracle.port()).play(scene);
        Map<String, String> ours = new Stage(node.port()).play(scene);
        if (!ours.equals(theirs)) {
          differences.add("scene\n" + scene + "\nvalkey: " + theirs + "\nours:   " + ours);
        }
      }
      assertThat(differences).isEmpty();
    }
  }

  @Test
  void whoWaitsIsSentAwayWhenItsServerBecomesAReplica() throws Exception {
    Oracle.VALKEY.program();
    try (OracleServer oracle = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        RunningNode node = new RunningNode(folder.resolve("node"))) {
      assertThat(toldAtDemotion(node.port()))
          .isEqualTo(toldAtDemotion(oracle.port()))
          .startsWith("-UNBLOCKED ");
    }
  }

  private static String toldAtDemotion(int port) throws Exception {
    try (RawClient waiting = RawClient.tcp(port);
        RawClient director = RawClient.tcp(port)) {
      waiting.offer(RawClient.request("BLPOP", "key", "0"));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> director.run("INFO", "clients").contains("blocked_clients:1\r\n"));
      assertThat(director.run("REPLICAOF", "127.0.0.1", "1")).isEqualTo("+OK");
      return waiting.readToEnd();
    }
  }

  /** What a client is given time for: to be answered or to wait; to be answered; even by force. */
  private enum Until {
    SETTLED,
    REPLIES,
    UNBLOCKED
  }

  /** One server, on which scenes are played. */
  private static final class Stage {
    private final int port;
    private final Map<String, Actor> actors = new LinkedHashMap<>();

    Stage(int port) {
      this.port = port;
    }

    Map<String, String> play(String scene) throws Exception {
      try (RawClient director = RawClient.tcp(port)) {
        director.run("FLUSHALL");
        for (String line : scene.lines().filter(text -> !text.isBlank()).toList()) {
          String[] parts = line.strip().split(" ", 2);
          Actor actor = actors.get(parts[0]);
          if (actor == null) {
            actor = new Actor(port);
            actors.put(parts[0], actor);
          }
          if (parts[1].equals("~")) {
            actor.await(director, Until.REPLIES);
          } else {
            actor.act(parts[1], director);
          }
        }
        Map<String, String> received = new LinkedHashMap<>();
        for (var each : actors.entrySet()) {
          received.put(each.getKey(), each.getValue().end(director));
        }
        return received;
      } finally {
        for (Actor actor : actors.values()) {
          actor.close();
        }
      }
    }
  }

  /** One client: each line is followed by a mark, so that its replies are known to be complete. */
  private static final class Actor implements AutoCloseable {
    private final java.net.Socket socket;
    private final InputStream in;
    private final String id;
    private final StringBuilder received = new StringBuilder();
    private int marks;

    Actor(int port) throws IOException {
      socket = new java.net.Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
      send("CLIENT", "ID");
      while (!received.toString().endsWith("\r\n")) {
        received.append((char) in.read());
      }
      id = received.substring(1).strip();
      received.setLength(0);
    }

    private void send(String... words) throws IOException {
      socket.getOutputStream().write(RawClient.request(words).getBytes(StandardCharsets.UTF_8));
    }

    void act(String commands, RawClient director) throws Exception {
      StringBuilder bytes = new StringBuilder();
      for (String command : commands.split(" ; ")) {
        bytes.append(RawClient.request(command.replace("%id", id).split(" ")));
      }
      bytes.append(RawClient.request("ECHO", mark(++marks)));
      socket.getOutputStream().write(bytes.toString().getBytes(StandardCharsets.ISO_8859_1));
      await(director, Until.SETTLED);
    }

    private static String mark(int number) {
      return "<mark " + number + ">";
    }

    /** Reads on until all has been answered, or the client waits and that is enough. */
    private void await(RawClient director, Until until) throws Exception {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!received.toString().endsWith(mark(marks) + "\r\n")) {
        assertThat(System.nanoTime()).as("no reply: %s", received).isLessThan(end);
        if (in.available() > 0) {
          received.append((char) in.read());
        } else if (until == Until.UNBLOCKED) {
          director.run("CLIENT", "UNBLOCK", id, "ERROR");
        } else if (until == Until.SETTLED
            && director.run("CLIENT", "LIST", "ID", id).matches("(?s).* flags=\\w*b.*")) {
          return;
        }
      }
    }

    String end(RawClient director) throws Exception {
      await(director, Until.UNBLOCKED);
      return received
          .toString()
          .replaceAll("\\$\\d+\r\n<mark \\d+>\r\n", "")
          .replaceAll("(?s)%7\r\n.6\r\nserver.*?modules\r\n.0\r\n", "HELLO\r\n");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
