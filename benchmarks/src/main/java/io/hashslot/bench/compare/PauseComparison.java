package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.load.LoadReport;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long does the unluckiest client wait while many keys are overwritten, and how much of it is
 * the JVM's doing?
 */
@Command(
    name = "pauses",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Worst client latency under SET load over many keys, and our longest safepoint.")
final class PauseComparison implements Callable<Integer> {

  private static final String OURS = "ours";

  /** One measurement; {@code stops} only of ours, if it is a JVM. */
  record Run(int round, String server, LoadReport report, SafepointLog.@Nullable Stops stops) {}

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();
  @Mixin private Extent extent = new Extent(1, 5_000_000);

  @Option(names = "--pipeline", defaultValue = "16", description = "default: ${DEFAULT-VALUE}")
  private int pipeline;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "measured in each run; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--warmup",
      defaultValue = "5",
      description = "seconds before each run; default: ${DEFAULT-VALUE}")
  private double warmupSeconds;

  private final Clock clock = Clock.system();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = extent.keys;
    Results results =
        new Results("pauses", serverSettings.specs(), clock, spec.commandLine().getOut());
    List<Run> runs = new ArrayList<>();
    try (Workplace workplace = serverSettings.workplace()) {
      SafepointLog log = new SafepointLog(workplace.path().resolve("safepoints.log"));
      Map<String, Map<String, String>> environments =
          Map.of(OURS, Map.of(SafepointLog.ENVIRONMENT, log.jvmOption()));
      try (RunningServers servers =
          serverSettings.startAll(workplace.path(), environments, clock)) {
        for (RunningServer server : servers.all()) {
          results.progress(server.name() + ": preload");
          server.load(loadSettings, "preload", 64, 0, 1);
        }
        for (int round = 0; round < extent.rounds; round++) {
          for (RunningServer server : servers.rotated(round)) {
            results.progress("round " + (round + 1) + "  " + server.name());
            runs.add(measure(round, server, log));
          }
        }
      }
    }
    results.write(table(runs), Map.of("keys", extent.keys, "runs", runs));
    return 0;
  }

  private Run measure(int round, RunningServer server, SafepointLog log) throws IOException {
    server.load(loadSettings, "set", pipeline, 0, warmupSeconds);
    int logged = log.length();
    LoadReport report = server.load(loadSettings, "set", pipeline, 0.2, seconds);
    boolean stopsKnown = server.name().equals(OURS) && logged > 0;
    return new Run(round, server.name(), report, stopsKnown ? log.since(logged) : null);
  }

  private String table(List<Run> runs) {
    MarkdownTable table =
        new MarkdownTable(
            "server",
            "round",
            "op/s",
            "CPU us/op",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "safepoints",
            "longest ms",
            "longest is");
    for (Run run : runs) {
      LoadReport report = run.report;
      SafepointLog.Stops stops = run.stops;
      table.add(
          run.server,
          Integer.toString(run.round + 1),
          Results.number(report.operationsPerSecond(), 0),
          Results.number(report.serverCpuUsPerOperation(), 2),
          Results.number(report.p99Us() / 1000, 2),
          Results.number(report.p999Us() / 1000, 2),
          Results.number(report.maxUs() / 1000, 1),
          stops == null ? "-" : Integer.toString(stops.count()),
          stops == null ? "-" : Results.number(stops.longestMs(), 2),
          stops == null ? "-" : stops.longestCause());
    }
    return Results.number(seconds, 0)
        + " s of SET at pipeline "
        + pipeline
        + " over "
        + extent.keys
        + " keys, "
        + loadSettings.connections
        + " connections.\n\n"
        + table;
  }
}
