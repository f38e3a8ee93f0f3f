package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.LastWill;
import io.hashslot.peer.Ports;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * Servers of other people in processes of their own, and their command line: what ours is measured
 * by.
 */
public final class RealServers implements AutoCloseable {
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  /** What a program printed. */
  public record Printed(String text, int status) {}

  public RealServers(Path folder) {
    this.folder = folder;
  }

  /** Skips the test without these programs, or fails it where they are required. */
  public static void require(String... programs) {
    for (String program : programs) {
      boolean found = false;
      for (String path : System.getenv("PATH").split(":")) {
        found |= Files.isExecutable(Path.of(path, program));
      }
      if ("required".equals(System.getenv("HASHSLOT_ORACLES"))) {
        assertThat(found).as("%s on the PATH", program).isTrue();
      }
      Assumptions.assumeTrue(found, program + " is not installed");
    }
  }

  /** Starts a server on a free port of the loopback address and waits until it answers. */
  public Endpoint start(String program, String... options) throws IOException {
    int port = Ports.next();
    Path home = Files.createDirectories(folder.resolve(Integer.toString(port)));
    List<String> words =
        new ArrayList<>(
            List.of(
                program,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                home.toString()));
    words.addAll(List.of(options));
    processes.add(
        LastWill.start(
            new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())));
    var endpoint = new Endpoint("127.0.0.1", port);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> ask(endpoint, "PING").equals("PONG"));
    return endpoint;
  }

  /** Starts cluster nodes, which do not know each other yet. */
  public List<Endpoint> startNodes(String program, int count) throws IOException {
    List<Endpoint> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(start(program, "--cluster-enabled", "yes", "--cluster-node-timeout", "5000"));
    }
    return nodes;
  }

  /** The reply to a command, as text. */
  public static String ask(Endpoint endpoint, String... words) throws IOException {
    try (var connection =
        RespConnection.open(endpoint, ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000))) {
      return connection.call(words).asText();
    }
  }

  /** Runs a program to its end; standard error is part of what it printed. */
  public static Printed run(byte[] input, List<String> words) throws Exception {
    Path file = Files.createTempFile("input", null);
    try {
      Files.write(file, input);
      Process process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectInput(file.toFile()).start();
      var text = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", words).isTrue();
      return new Printed(text, process.exitValue());
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly();
    }
    for (Process process : processes) {
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
