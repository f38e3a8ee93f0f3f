package io.hashslot.oracle;

import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A running oracle on a free port of this machine, with a folder of its own. */
public final class OracleServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final Path log;

  private OracleServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts one and waits for its first PONG; {@code arguments} come last and so win. */
  public static OracleServer start(Oracle oracle, Path folder, String... arguments) {
    int port = Ports.next();
    List<String> command = new ArrayList<>(List.of(oracle.program()));
    List<String> rest = new ArrayList<>(List.of(arguments));
    if (!rest.isEmpty() && !rest.getFirst().startsWith("-")) command.add(rest.removeFirst());
    command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder));
    command.addAll(rest);
    try {
      Path log = Files.createTempFile(folder, oracle.program(), ".log");
      var process =
          LastWill.start(
              new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
      var server = new OracleServer(process, port, log);
      Awaitility.await()
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(server::answersOrIsDead);
      if (!process.isAlive()) throw new IllegalStateException(Files.readString(log));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answersOrIsDead() {
    if (!process.isAlive()) return true;
    try (var client = connect()) {
      return client.ping().equals("PONG");
    } catch (JedisException _) {
      return false;
    }
  }

  /** A new connection; the caller closes it. */
  public Jedis connect() {
    return new Jedis("127.0.0.1", port, 60_000);
  }

  public int port() {
    return port;
  }

  /** What it has logged so far. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
