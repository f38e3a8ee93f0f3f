package io.hashslot.peer;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One redis-server or valkey-server process in cluster mode. */
public final class PeerServer implements AutoCloseable {
  /** Which server. */
  public enum Kind {
    REDIS("redis-server"),
    VALKEY("valkey-server");

    private final String binary;

    Kind(String binary) {
      this.binary = binary;
    }
  }

  private static final Duration PATIENCE = Patience.LIMIT;

  private final Kind kind;
  private final Path folder;
  private final int port;
  private final int busPort;
  private final Process process;

  private PeerServer(Kind kind, Path folder, int port, int busPort, Process process) {
    this.kind = kind;
    this.folder = folder;
    this.port = port;
    this.busPort = busPort;
    this.process = process;
  }

  /**
   * Starts a server and waits until it answers. Without the binary the test is skipped, or fails if
   * the environment says {@code HASHSLOT_ORACLES=required}.
   *
   * @param folder its working folder, created if need be
   * @param options further ones, as on the command line
   */
  public static PeerServer start(Kind kind, Path folder, String... options) {
    PeerServer server = launch(kind, folder, options);
    try {
      Awaitility.await(kind + " to answer")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> server.process.isAlive() && server.call("PING").equals("PONG"));
    } catch (RuntimeException | Error e) {
      String log = server.log();
      server.close();
      throw new AssertionError(kind + " did not start:\n" + log, e);
    }
    return server;
  }

  /** Stops the process where it stands: its connections stay, and nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a server that is expected to refuse and waits until it has ended. */
  public static String refusalOf(Kind kind, Path folder, String... options) {
    try (PeerServer server = launch(kind, folder, options)) {
      Awaitility.await(kind + " to end").atMost(PATIENCE).until(() -> !server.process.isAlive());
      return server.log();
    }
  }

  private static PeerServer launch(Kind kind, Path folder, String... options) {
    requireBinary(kind);
    int port = Ports.next();
    int busPort = Ports.next();
    List<String> command =
        new ArrayList<>(
            List.of(
                kind.binary,
                "--port",
                "" + port,
                "--cluster-port",
                "" + busPort,
                "--bind",
                "127.0.0.1",
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                "2000",
                "--save",
                "",
                "--repl-diskless-sync-delay",
                "0",
                "--logfile",
                "server.log",
                "--enable-debug-command",
                "yes"));
    command.addAll(Arrays.asList(options));
    try {
      Files.createDirectories(folder);
      Process process =
          LastWill.start(
              new ProcessBuilder(command)
                  .directory(folder.toFile())
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("output.log").toFile()));
      return new PeerServer(kind, folder, port, busPort, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireBinary(Kind kind) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, kind.binary)));
    if (!found && "required".equals(System.getenv("HASHSLOT_ORACLES"))) {
      fail(kind.binary + " is not installed");
    } else if (!found) {
      abort(kind.binary + " is not installed");
    }
  }

  /** The client port. */
  public int port() {
    return port;
  }

  /** The bus port. */
  public int busPort() {
    return busPort;
  }

  /** The working folder. */
  public Path folder() {
    return folder;
  }

  /** Asks the server; elements of an aggregate are separated by line feeds. */
  public String call(String... words) {
    try (RespConnection connection =
        RespConnection.open(
            new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000))) {
      return text(connection.call(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Simple simple -> simple.text();
      case Reply.Failure failure -> failure.text();
      case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
      case Reply.Array array ->
          array.items().stream().map(PeerServer::text).collect(Collectors.joining("\n"));
      default -> reply.toString();
    };
  }

  /** The server's own id in the cluster. */
  public String id() {
    return call("CLUSTER", "MYID");
  }

  /** The line of CLUSTER NODES that begins with this id; empty if there is none. */
  public String nodeLine(String id) {
    return call("CLUSTER", "NODES").lines().filter(l -> l.startsWith(id)).findFirst().orElse("");
  }

  /** What it has logged so far. */
  public String log() {
    try {
      Path log = folder.resolve("server.log");
      String output = Files.readString(folder.resolve("output.log"));
      return Files.exists(log) ? output + Files.readString(log) : output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the process. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return kind + "@" + port;
  }
}
