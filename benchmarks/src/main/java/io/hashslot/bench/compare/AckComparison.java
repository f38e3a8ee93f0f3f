package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.load.LoadFailure;
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
import picocli.CommandLine.Spec;

/**
 * What does it cost that a replica has a write before it is confirmed: by {@code
 * cluster-write-acks} of ours, by WAIT after each write, and without either?
 *
 * <p>Each kind of server forms a cluster of one primary and its replica.
 */
@Command(
    name = "acks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "SET on a primary with a replica: cluster-write-acks 1 of ours beside none, and beside WAIT"
            + " after each write, with ours and the peers.")
final class AckComparison implements Callable<Integer> {

  private static final String SET = "set";

  /** SET, and WAIT for one replica. */
  private static final String SET_AND_WAIT = "waitset";

  /**
   * One run.
   *
   * @param way server and how its writes are confirmed
   */
  record Run(int round, String way, LoadReport report) {}

  /**
   * A cluster, and how its writes are confirmed.
   *
   * @param acks cluster-write-acks; only ours have it
   */
  private record Way(TwoNodes cluster, String confirmed, int acks, String workload) {
    String name() {
      return cluster.name() + confirmed;
    }
  }

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("op/s", 0, run -> run.report.operationsPerSecond()),
          new Figure<>("p50 ms", 3, run -> run.report.p50Us() / 1000),
          new Figure<>("p99 ms", 3, run -> run.report.p99Us() / 1000),
          new Figure<>("p99.9 ms", 2, run -> run.report.p999Us() / 1000),
          new Figure<>("max ms", 1, run -> run.report.maxUs() / 1000),
          new Figure<>("primary us/op", 2, run -> run.report.serverCpuUsPerOperation()));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();
  @Mixin private Extent extent = new Extent(5, 100_000);
  @Mixin private Stints stints = new Stints(List.of(1, 16), 5);

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = extent.keys;
    serverSettings.onAnyCpu();
    Results results =
        new Results("acks", serverSettings.specs(), clock, spec.commandLine().getOut());
    try (Workplace workplace = serverSettings.workplace();
        Clusters clusters = new Clusters(serverSettings, workplace.path(), clock)) {
      List<Way> ways = prepare(clusters, results);
      for (Way way : ways) {
        results.progress(way.name() + ": warm-up");
        for (int pipeline : stints.pipelines) {
          load(way, pipeline, stints.firstWarmupSeconds / stints.pipelines.size());
        }
      }
      for (int round = 0; round < extent.rounds; round++) {
        for (int pipeline : stints.pipelines) {
          for (Way way : Rounds.order(ways, round)) {
            Run run = new Run(round, way.name(), load(way, pipeline, stints.seconds));
            runs.add(run);
            results.progress(line(run));
          }
        }
      }
      results.write(tables(ways), Map.of("keys", extent.keys, "runs", runs));
    }
    return 0;
  }

  private List<Way> prepare(Clusters clusters, Results results)
      throws IOException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    for (ServerSpec server : serverSettings.specs()) {
      results.progress(server.name() + ": primary and replica, preload");
      TwoNodes cluster = clusters.withReplica(server);
      cluster.first().load(loadSettings, LoadPlan.preloadFor(SET), 64, 0, 1);
      if (server.name().equals("ours")) {
        ways.add(new Way(cluster, ", acks 1", 1, SET));
      }
      ways.add(new Way(cluster, "", 0, SET));
      ways.add(new Way(cluster, ", WAIT 1", 0, SET_AND_WAIT));
    }
    return ways;
  }

  private LoadReport load(Way way, int pipeline, double forSeconds)
      throws IOException, InterruptedException {
    TwoNodes cluster = way.cluster;
    if (cluster.name().equals("ours")) {
      cluster.dialogue(0).call("CONFIG", "SET", "cluster-write-acks", Integer.toString(way.acks));
    }
    cluster.awaitInStep();
    LoadReport report = cluster.first().load(loadSettings, way.workload, pipeline, 0.3, forSeconds);
    if (report.unconfirmed() > 0) {
      throw new LoadFailure(
          "%s: %d of the WAITs were not confirmed".formatted(way.name(), report.unconfirmed()));
    }
    return report;
  }

  private static String line(Run run) {
    return "round %d  P=%-3d %-16s %10s op/s  p50 %s ms  p99.9 %s ms"
        .formatted(
            run.round + 1,
            run.report.pipeline(),
            run.way,
            Results.number(run.report.operationsPerSecond(), 0),
            Results.number(run.report.p50Us() / 1000, 3),
            Results.number(run.report.p999Us() / 1000, 2));
  }

  private String tables(List<Way> ways) {
    StringBuilder text =
        new StringBuilder(
            "SET by %d connections over %d keys, values of %d bytes; a primary and its replica; medians of %d rounds.\n"
                .formatted(
                    loadSettings.connections, extent.keys, loadSettings.valueSize, extent.rounds));
    for (int pipeline : stints.pipelines) {
      Map<String, List<Run>> byWay = new LinkedHashMap<>();
      for (Way way : ways) {
        byWay.put(way.name(), select(way.name(), pipeline));
      }
      text.append("\nPipeline ").append(pipeline).append(".\n\n");
      text.append(Figure.tables("way", FIGURES, byWay));
    }
    return text.toString();
  }

  private List<Run> select(String way, int pipeline) {
    return runs.stream()
        .filter(run -> run.way.equals(way) && run.report.pipeline() == pipeline)
        .toList();
  }
}
