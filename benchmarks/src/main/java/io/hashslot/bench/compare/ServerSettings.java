package io.hashslot.bench.compare;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

  @Option(names = "--valkey", paramLabel = "COMMAND", description = "starts valkey")
  private String valkey = "valkey-server" + PEER_ARGUMENTS;

  @Option(names = "--redis", paramLabel = "COMMAND", description = "starts redis")
  private String redis = "redis-server" + PEER_ARGUMENTS;

  @Option(
      names = "--server-cpus",
      description =
          "processors for the servers as taskset -c takes them, '' for any; default: 0, or any"
              + " where servers have work beside that of clients")
  private @Nullable String cpus;

  @Option(
      names = "--base-port",
      defaultValue = "27100",
      description = "the servers listen there and on the next ports; default: ${DEFAULT-VALUE}")
  private int basePort = 27100;

  @Option(
      names = "--work-dir",
      description = "where servers keep their files; default: the system's temporary directory")
  private @Nullable Path workDirectory;

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

  /** Lets servers use all processors, unless the user has said otherwise. */
  void onAnyCpu() {
    if (cpus == null) {
      cpus = "";
    }
  }

  /**
   * Returns the processors that servers are pinned to. All are named where any may be used: a
   * process that is not pinned has those of its parent, and the generator's one is not meant.
   */
  String processors() throws IOException {
    if (cpus == null) {
      return "0";
    }
    return cpus.isEmpty() ? Files.readString(ONLINE).strip() : cpus;
  }

  /** Makes a directory for the files of all servers. */
  Workplace workplace() throws IOException {
    return Workplace.create(workDirectory);
  }

  /** Starts one server, with a directory of its own under {@code base}. */
  RunningServer start(ServerSpec spec, Path base, Map<String, String> environment, Clock clock)
      throws IOException, InterruptedException {
    return start(spec, names.indexOf(spec.name()), base, environment, clock);
  }

  /**
   * Starts one server, with a directory of its own under {@code base}.
   *
   * @param index the how manieth port from the first on is its own
   */
  RunningServer start(
      ServerSpec spec, int index, Path base, Map<String, String> environment, Clock clock)
      throws IOException, InterruptedException {
    return RunningServer.start(
        spec, basePort + index, processors(), base.resolve(spec.name()), environment, clock);
  }

  /** Returns the server of this name, which need not take part in the comparison. */
  ServerSpec named(String name) {
    return spec(name);
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
      return Rounds.order(all, round);
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

    static Workplace create(@Nullable Path parent) throws IOException {
      String prefix = "hashslot-compare";
      return new Workplace(
          parent == null
              ? Files.createTempDirectory(prefix)
              : Files.createTempDirectory(parent, prefix));
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
