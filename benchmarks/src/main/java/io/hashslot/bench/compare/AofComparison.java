package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.bench.load.LoadReport;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What does the append-only file cost: when every write is durable before it is confirmed, when it
 * is durable a second later, and without?
 *
 * <p>Each server runs once for each policy; all are up, one at a time has work, rounds are
 * interleaved. How long the disk takes to sync is measured in each round, too.
 */
@Command(
    name = "aof",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes per second with an append-only file, by how soon they are durable.")
final class AofComparison implements Callable<Integer> {

  private static final String OFF = "off";

  /**
   * One measurement.
   *
   * @param policy of {@code appendfsync}, or {@code off} without a file
   */
  record Run(int round, String server, String policy, LoadReport report) {

    double waited() {
      return Math.max(report.serverWaited(), report.generatorWaited());
    }
  }

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("op/s", 0, run -> run.report.operationsPerSecond()),
          new Figure<>("CPU us/op", 2, run -> run.report.serverCpuUsPerOperation()),
          new Figure<>("p50 ms", 2, run -> run.report.p50Us() / 1000),
          new Figure<>("p99 ms", 2, run -> run.report.p99Us() / 1000),
          new Figure<>("max ms", 1, run -> run.report.maxUs() / 1000),
          new Figure<>("waited", 2, Run::waited));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();
  @Mixin private Extent extent = new Extent(5, 100_000);
  @Mixin private WorkloadOption choice = new WorkloadOption();
  @Mixin private Stints stints = new Stints(List.of(1, 16), 5);

  @Option(
      names = "--policies",
      split = ",",
      defaultValue = "always,everysec,off",
      description = "of appendfsync, and off for no file; default: ${DEFAULT-VALUE}")
  private List<String> policies = List.of();

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();
  private final List<Double> syncMs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = extent.keys;
    Results results =
        new Results("aof", serverSettings.specs(), clock, spec.commandLine().getOut());
    try (Workplace workplace = serverSettings.workplace();
        RunningServers servers = startAll(workplace)) {
      for (RunningServer server : servers.all()) {
        results.progress(server.name() + ": preload and warm-up");
        server.load(loadSettings, LoadPlan.preloadFor(choice.workload), 64, 0, 1);
        for (int pipeline : stints.pipelines) {
          server.load(
              loadSettings,
              choice.workload,
              pipeline,
              0,
              stints.firstWarmupSeconds / stints.pipelines.size());
        }
      }
      for (int round = 0; round < extent.rounds; round++) {
        syncMs.add(DiskSync.medianMs(workplace.path(), clock));
        for (int pipeline : stints.pipelines) {
          for (RunningServer server : servers.rotated(round)) {
            measure(results, round, pipeline, server);
          }
        }
      }
    }
    results.write(tables(), Map.of("rounds", extent.rounds, "diskSyncMs", syncMs, "runs", runs));
    return 0;
  }

  private RunningServers startAll(Workplace workplace) throws IOException, InterruptedException {
    RunningServers servers = new RunningServers(new ArrayList<>());
    try {
      for (String policy : policies) {
        for (ServerSpec server : serverSettings.specs()) {
          servers
              .all()
              .add(
                  serverSettings.start(
                      server.named(name(server.name(), policy)).with(arguments(policy)),
                      servers.all().size(),
                      workplace.path(),
                      Map.of(),
                      clock));
        }
      }
      return servers;
    } catch (IOException | InterruptedException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private static String name(String server, String policy) {
    return server + "-" + policy;
  }

  private static String arguments(String policy) {
    return policy.equals(OFF)
        ? ""
        : "--appendonly yes --auto-aof-rewrite-percentage 0 --appendfsync " + policy;
  }

  private void measure(Results results, int round, int pipeline, RunningServer server) {
    LoadReport report = server.load(loadSettings, choice.workload, pipeline, 0.3, stints.seconds);
    String[] name = server.name().split("-", 2);
    runs.add(new Run(round, name[0], name[1], report));
    results.progress(
        "round %d  P=%-3d %-16s %10s op/s  %6s us/op  p99 %s ms"
            .formatted(
                round + 1,
                pipeline,
                server.name(),
                Results.number(report.operationsPerSecond(), 0),
                Results.number(report.serverCpuUsPerOperation(), 2),
                Results.number(report.p99Us() / 1000, 2)));
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s by %d connections over %d keys; medians of %d rounds. The disk syncs 4 KiB in %s ms.\n"
            .formatted(
                choice.workload,
                loadSettings.connections,
                extent.keys,
                extent.rounds,
                Results.number(Medians.of(syncMs), 3)));
    for (int pipeline : stints.pipelines) {
      text.append("\nPipeline ").append(pipeline).append(".\n\n");
      Map<String, List<Run>> rows = new LinkedHashMap<>();
      for (String policy : policies) {
        for (ServerSpec server : serverSettings.specs()) {
          rows.put(name(server.name(), policy), select(server.name(), policy, pipeline));
        }
      }
      text.append(Figure.medians("server", FIGURES, rows));
      text.append("\nMedians of per-round ratios.\n\n").append(ratios(pipeline));
    }
    return text.toString();
  }

  /** Ours to the peers with the same policy, then each server's to itself without a file. */
  private MarkdownTable ratios(int pipeline) {
    List<String> titles = new ArrayList<>(List.of("ratio"));
    FIGURES.forEach(figure -> titles.add(figure.title()));
    MarkdownTable table = new MarkdownTable(titles.toArray(String[]::new));
    List<ServerSpec> servers = serverSettings.specs();
    String ours = servers.getFirst().name();
    for (String policy : policies) {
      for (ServerSpec peer : servers.subList(1, servers.size())) {
        table.add(
            Figure.ratioRow(
                name(ours, policy) + " to " + peer.name(),
                FIGURES,
                select(ours, policy, pipeline),
                select(peer.name(), policy, pipeline)));
      }
    }
    for (String policy : policies.contains(OFF) ? policies : List.<String>of()) {
      for (ServerSpec server : policy.equals(OFF) ? List.<ServerSpec>of() : servers) {
        table.add(
            Figure.ratioRow(
                name(server.name(), policy) + " to " + OFF,
                FIGURES,
                select(server.name(), policy, pipeline),
                select(server.name(), OFF, pipeline)));
      }
    }
    return table;
  }

  private List<Run> select(String server, String policy, int pipeline) {
    return runs.stream()
        .filter(run -> run.server.equals(server) && run.policy.equals(policy))
        .filter(run -> run.report.pipeline() == pipeline)
        .toList();
  }
}
