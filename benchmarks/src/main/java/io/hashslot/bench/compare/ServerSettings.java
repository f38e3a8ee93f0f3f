package io.hashslot.bench.compare;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of every mode that tell which servers there are and where they run. */
final class ServerSettings {

  private static final String PEER_ARGUMENTS =
      " --port {port} --bind 127.0.0.1 --dir {dir} --save '' --appendonly no --loglevel warning";

  @Option(
      names = "--servers",
      split = ",",
      defaultValue = "ours,valkey,redis",
      description =
          "which, in this order; ratios are those of the first; default: ${DEFAULT-VALUE}")
  private List<String> names = List.of();

  @Option(
      names = "--ours",
      paramLabel = "COMMAND",
      description =
          "starts our node; {port} and {dir} are filled in; default: bin/cluster-node with one I/O"
              + " thread")
  private String ours =
      root().resolve("bin/cluster-node")
          + " --port {port} --bind 127.0.0.1 --dir {dir} --io-threads 1 --save '' --appendonly no";

  @Option(names = "--valkey", paramLabel = "COMMAND", description = "starts valkey")
  private String valkey = "valkey-server" + PEER_ARGUMENTS;

  @Option(names = "--redis", paramLabel = "COMMAND", description = "starts redis")
  private String redis = "redis-server" + PEER_ARGUMENTS;

  @Option(
      names = "--server-cpus",
      defaultValue = "0",
      description =
          "processors for the servers as taskset -c takes them, '' for any; default:"
              + " ${DEFAULT-VALUE}")
  private String cpus = "0";

  @Option(
      names = "--base-port",
      defaultValue = "27100",
      description = "the servers listen there and on the next ports; default: ${DEFAULT-VALUE}")
  private int basePort = 27100;

  /** Returns the root of the project: where {@code bin} and {@code target} are. */
  static Path root() {
    return Path.of(System.getProperty("hashslot.root", "")).toAbsolutePath();
  }

  /**
   * Returns what is to be compared, the first being what the ratios are about.
   *
   * @throws IllegalArgumentException if a name is unknown
   */
  List<ServerSpec> specs() {
    return names.stream().map(this::spec).toList();
  }

  private ServerSpec spec(String name) {
    return switch (name) {
      case "ours" -> new ServerSpec(name, ours);
      case "valkey" -> new ServerSpec(name, valkey);
      case "redis" -> new ServerSpec(name, redis);
      default ->
          throw new IllegalArgumentException(
              "unknown server '" + name + "', expected some of ours, valkey, redis");
    };
  }

  /** Starts one server, with a directory of its own under {@code base}. */
  RunningServer start(ServerSpec spec, Path base, Map<String, String> environment, Clock clock)
      throws IOException, InterruptedException {
    int port = basePort + names.indexOf(spec.name());
    return RunningServer.start(spec, port, cpus, base.resolve(spec.name()), environment, clock);
  }

  /** Starts all servers, all on the same processors: only one at a time will have work. */
  RunningServers startAll(Path base, Map<String, Map<String, String>> environments, Clock clock)
      throws IOException, InterruptedException {
    RunningServers servers = new RunningServers(new ArrayList<>());
    try {
      for (ServerSpec spec : specs()) {
        servers.all.add(start(spec, base, environments.getOrDefault(spec.name(), Map.of()), clock));
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      servers.close();
      throw e;
    }
    return servers;
  }

  /** The servers of one comparison; closing ends them. */
  record RunningServers(List<RunningServer> all) implements AutoCloseable {

    /** Returns the servers in the order of a round: each round another one comes first. */
    List<RunningServer> rotated(int round) {
      List<RunningServer> rotated = new ArrayList<>(all);
      Collections.rotate(rotated, -(round % all.size()));
      return rotated;
    }

    @Override
    public void close() {
      for (RunningServer server : all) {
        server.close();
      }
    }
  }

  /** A new directory for the servers of one comparison; closing deletes it. */
  record Workplace(Path path) implements AutoCloseable {

    static Workplace create() throws IOException {
      return new Workplace(Files.createTempDirectory("hashslot-compare"));
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
