package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.bench.load.LoadGenerator;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.bench.load.LoadReport;
import io.hashslot.bench.load.LoadWatcher;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server process of ours or of a peer, started for a measurement and always ended with it. */
final class RunningServer implements AutoCloseable {

  private static final long START_LIMIT_NS = 120_000_000_000L;
  private static final int END_LIMIT_SECONDS = 10;
  private static final String HOST = "127.0.0.1";
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

  /** How often a server that says it is loading is asked again: rarely enough not to hinder it. */
  private static final int LOADING_PAUSE_MS = 5;

  private final ServerSpec spec;
  private final int port;
  private final Clock clock;
  private final Process process;
  private final Path log;
  private final Thread endWithUs;
  private double firstPongMs;

  private RunningServer(ServerSpec spec, int port, Clock clock, Process process, Path log) {
    this.spec = spec;
    this.port = port;
    this.clock = clock;
    this.process = process;
    this.log = log;
    endWithUs = new Thread(this::kill, "end " + spec.name());
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /**
   * Starts a server and waits for its first PONG.
   *
   * @param cpus list of processors as {@code taskset -c} takes it
   * @param directory its working directory; its output goes to {@code output.log} there
   * @param environment added to ours
   * @throws IOException if it cannot be started, ends or does not answer within two minutes; the
   *     message says why
   */
  static RunningServer start(
      ServerSpec spec,
      int port,
      String cpus,
      Path directory,
      Map<String, String> environment,
      Clock clock)
      throws IOException, InterruptedException {
    refuseTakenPort(port);
    Files.createDirectories(directory);
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
    command.addAll(spec.words(port, directory));
    Path log = directory.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    long startedNs = clock.monotonicNs();
    RunningServer server = new RunningServer(spec, port, clock, builder.start(), log);
    try {
      server.awaitPong(startedNs);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static void refuseTakenPort(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), 1000);
    } catch (IOException _) {
      return;
    }
    throw new IOException("port " + port + " is taken: choose another --base-port");
  }

  private void awaitPong(long startedNs) throws IOException, InterruptedException {
    for (int pauseMs; (pauseMs = pauseBeforeNextPing()) > 0; ) {
      if (!process.isAlive()) {
        throw new IOException(
            spec.name() + " ended with code " + process.exitValue() + lastWords());
      }
      if (clock.monotonicNs() - startedNs > START_LIMIT_NS) {
        throw new IOException(spec.name() + " does not answer PING on port " + port + lastWords());
      }
      TimeUnit.MILLISECONDS.sleep(pauseMs);
    }
    firstPongMs = (clock.monotonicNs() - startedNs) / 1e6;
  }

  /** Returns 0 if the server pongs; an error such as LOADING is none. */
  private int pauseBeforeNextPing() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(1000);
      socket.connect(new InetSocketAddress(HOST, port), 1000);
      socket.getOutputStream().write(PING);
      byte[] answer = socket.getInputStream().readNBytes(PONG.length);
      return Arrays.equals(answer, PONG) ? 0 : LOADING_PAUSE_MS;
    } catch (IOException _) {
      return 1;
    }
  }

  /** What the server wrote last, for the message of a failed start. */
  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return lines.isEmpty() ? "" : "; its last words: " + lines.getLast();
  }

  String name() {
    return spec.name();
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Returns milliseconds from starting the process to its first PONG. */
  double firstPongMs() {
    return firstPongMs;
  }

  /**
   * Loads the server in a closed loop.
   *
   * @throws LoadFailure if any reply was an error, wrong or missing: nothing can be learned from
   *     such a run
   */
  LoadReport load(
      LoadSettings settings, String workload, int pipeline, double warmupS, double measuredS) {
    return load(settings, workload, pipeline, 0, warmupS, measuredS, LoadWatcher.NONE);
  }

  /**
   * Loads the server.
   *
   * @param rate operations per second of an open loop; 0 for a closed loop
   * @param watcher may end it earlier
   * @throws LoadFailure as above
   */
  LoadReport load(
      LoadSettings settings,
      String workload,
      int pipeline,
      double rate,
      double warmupS,
      double measuredS,
      LoadWatcher watcher) {
    LoadPlan plan =
        new LoadPlan(
            HOST,
            port,
            settings.connections,
            pipeline,
            workload,
            settings.keys,
            settings.valueSize,
            rate,
            Math.round(warmupS * 1000),
            Math.round(measuredS * 1000),
            settings.nextSeed(),
            pid());
    LoadReport report = LoadGenerator.run(plan, watcher, clock, settings.transport);
    boolean missed = report.misses() > 0;
    if (!report.clean() || missed) {
      throw new LoadFailure(
          "%s, %s at pipeline %d: %d errors, %d wrong replies, %d keys not found, %d without an answer; the first: %s"
              .formatted(
                  name(),
                  workload,
                  pipeline,
                  report.errors(),
                  report.wrong(),
                  report.misses(),
                  report.unanswered(),
                  report.firstComplaint()));
    }
    return report;
  }

  /** Opens a connection for orders and questions. */
  ServerDialogue dialogue() throws IOException {
    return ServerDialogue.open(name(), new Endpoint(HOST, port), clock);
  }

  /** Stops all threads of the server where they are; it looks like a hung machine. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze}. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    for (ProcessHandle one : tree()) {
      List<String> command = List.of("kill", "-" + name, Long.toString(one.pid()));
      if (new ProcessBuilder(command).start().waitFor() != 0) {
        throw new IOException(name() + " cannot be sent SIG" + name);
      }
    }
  }

  /** Whether the process lives. */
  boolean runs() {
    return process.isAlive();
  }

  /** Kills the process without a word; returns as soon as it is gone. */
  void crash() throws InterruptedException {
    kill();
    process.waitFor();
  }

  /** Ends the process and all below it: asks first, insists after ten seconds. */
  @Override
  public void close() {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroy);
    awaitEnd();
    tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    awaitEnd();
    try {
      Runtime.getRuntime().removeShutdownHook(endWithUs);
    } catch (IllegalStateException _) {
      // We are ending already: the hook does the same.
    }
  }

  private void awaitEnd() {
    try {
      process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    tree().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> tree() {
    try (Stream<ProcessHandle> below = process.descendants()) {
      return Stream.concat(Stream.of(process.toHandle()), below).toList();
    }
  }
}
