package io.hashslot.differential;

import io.hashslot.config.Config;
import io.hashslot.net.Relay;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of one of three kinds in a chain of replication, with a {@link Relay} in front of it for
 * those who follow. It can be stopped, and started again with what it saved.
 */
final class Member implements AutoCloseable {
  /** Which server. */
  enum Kind {
    OURS,
    REDIS,
    VALKEY
  }

  private static final int NOBODY = 0;

  /** Pings would move offsets while all are to stand still. */
  private static final List<String> OPTIONS =
      List.of(
          "--save",
          "",
          "--enable-debug-command",
          "yes",
          "--repl-diskless-sync-delay",
          "0",
          "--repl-backlog-size",
          "64mb",
          "--repl-ping-replica-period",
          "3600");

  private final Kind kind;
  private final Path folder;
  private final List<String> more;
  private final Relay relay;
  private int port;
  private @Nullable Node node;
  private @Nullable OracleServer oracle;
  private @Nullable Server connection;

  /** Starts it, without a primary. */
  Member(Kind kind, Path folder, String... more) throws Exception {
    this.kind = kind;
    this.folder = Files.createDirectories(folder);
    this.more = List.of(more);
    start(NOBODY);
    relay = new Relay(port);
  }

  /** What stands in front of it. */
  Relay relay() {
    return relay;
  }

  Kind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  /** A connection that stays as long as the server runs. */
  Server client() throws IOException {
    Server open = connection;
    if (open == null) {
      open = new Server(port);
      connection = open;
    }
    return open;
  }

  /** A field of INFO, empty if there is none. */
  String info(String section, String field) throws IOException {
    return client()
        .run("INFO", section)
        .body()
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  long count(String section, String field) throws IOException {
    return Long.parseLong(info(section, field));
  }

  void follow(Member primary) throws IOException {
    client().run("REPLICAOF", "127.0.0.1", "" + primary.relay.port());
  }

  boolean linkUp() throws IOException {
    return info("replication", "master_link_status").equals("up");
  }

  /** Saves and ends; its relay stays. */
  void stop() throws IOException {
    RawReply saved = client().run("SAVE");
    if (saved.type() != '+') {
      throw new IOException(saved.toString());
    }
    end();
  }

  /** Starts it again with what it saved; {@code primary} null: as a primary. */
  void restart(@Nullable Member primary) throws Exception {
    start(primary == null ? NOBODY : primary.relay.port());
    relay.target(port);
  }

  private void start(int primary) throws Exception {
    List<String> words = new ArrayList<>(OPTIONS);
    words.addAll(kind == Kind.REDIS ? StressIT.REDIS_FORMS : Pair.SMALL_FORMS);
    words.addAll(more);
    if (kind == Kind.OURS) {
      port = Ports.next();
      words.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
      words.addAll(List.of("--dir", folder.toString(), "--shards", "16"));
      if (primary != NOBODY) {
        words.addAll(List.of("--replicaof", "127.0.0.1 " + primary));
      }
      node = Node.start(Config.of(words.toArray(String[]::new)));
      return;
    }
    if (primary != NOBODY) {
      words.addAll(Arrays.asList("--replicaof", "127.0.0.1", "" + primary));
    }
    Oracle program = kind == Kind.REDIS ? Oracle.REDIS : Oracle.VALKEY;
    program.program();
    OracleServer started = OracleServer.start(program, folder, words.toArray(String[]::new));
    oracle = started;
    port = started.port();
  }

  /** Ends without saying anything more to those who follow. */
  private void end() throws IOException {
    if (connection != null && oracle != null) {
      try {
        connection.run("SHUTDOWN", "NOSAVE", "NOW");
      } catch (IOException _) {
        // That is its answer.
      }
    }
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (node != null) {
      node.close();
      node = null;
    }
    if (oracle != null) {
      oracle.close();
      oracle = null;
    }
  }

  /** What it has logged, if it is not in this process. */
  String log() throws IOException {
    return oracle == null ? "" : oracle.log();
  }

  @Override
  public void close() throws IOException {
    end();
    relay.close();
  }

  @Override
  public String toString() {
    return kind + "@" + port;
  }
}
