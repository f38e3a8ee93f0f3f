package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long do clients of a dead primary wait, and how long does it take to form a cluster?
 *
 * <p>Each kind of server forms a cluster of six nodes, three primaries with a replica each. In each
 * round one primary of each cluster dies, one cluster after the other; it comes back as a replica
 * before the next round.
 */
@Command(
    name = "failover",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "From kill -9 of a primary to the first write in its slots; time to form a cluster.")
final class FailoverComparison implements Callable<Integer> {

  /**
   * One failover.
   *
   * @param detectedMs from the kill until a survivor called the node failed
   * @param servedMs from the kill until a write to its slots was accepted
   */
  record Run(int round, String server, double detectedMs, double servedMs) {}

  /** One formation of a cluster, until all agree, serve, and all replicas are in step. */
  record Creation(int round, String server, double ms) {}

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();

  @Option(names = "--rounds", defaultValue = "20", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--creates",
      defaultValue = "3",
      description = "how often each cluster is formed; default: ${DEFAULT-VALUE}")
  private int creates;

  @Option(
      names = "--node-timeout",
      defaultValue = "2000",
      description = "cluster-node-timeout, milliseconds; default: ${DEFAULT-VALUE}")
  private int nodeTimeoutMs;

  @Option(
      names = "--our-cli",
      paramLabel = "PROGRAM",
      description = "forms our clusters; default: bin/cluster-cli")
  private String ourCli = ServerSettings.root().resolve("bin/cluster-cli").toString();

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();
  private final List<Creation> creations = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    serverSettings.onAnyCpu();
    Results results =
        new Results("failover", serverSettings.specs(), clock, spec.commandLine().getOut());
    List<SixNodes> clusters = new ArrayList<>();
    try (Workplace workplace = serverSettings.workplace()) {
      try {
        for (int round = 0; round < creates; round++) {
          clusters.forEach(SixNodes::close);
          clusters.clear();
          formAll(round, workplace.path().resolve("creation-" + round), clusters, results);
        }
        for (int round = 0; round < rounds; round++) {
          for (int i = 0; i < clusters.size(); i++) {
            failover(round, clusters.get((round + i) % clusters.size()), results);
          }
        }
      } finally {
        clusters.forEach(SixNodes::close);
      }
    }
    results.write(tables(), Map.of("runs", runs, "creations", creations));
    return 0;
  }

  private void formAll(int round, Path base, List<SixNodes> clusters, Results results)
      throws IOException, InterruptedException {
    int index = 0;
    for (ServerSpec server : serverSettings.specs()) {
      ServerSpec node =
          server.with("--cluster-enabled yes --cluster-node-timeout " + nodeTimeoutMs);
      SixNodes cluster = SixNodes.start(serverSettings, node, index, base, clock);
      clusters.add(cluster);
      index += 6;
      double ms = cluster.create(commandLine(server.name()));
      creations.add(new Creation(round, server.name(), ms));
      results.progress("%-8s formed in %s ms".formatted(server.name(), Results.number(ms, 0)));
    }
  }

  private String commandLine(String server) {
    return switch (server) {
      case "valkey" -> "valkey-cli";
      case "redis" -> "redis-cli";
      default -> ourCli;
    };
  }

  private void failover(int round, SixNodes cluster, Results results)
      throws IOException, InterruptedException {
    // Not in step with anybody's pings.
    TimeUnit.MILLISECONDS.sleep(137L * round % 1_000);
    SixNodes.Failover failover = cluster.failover("probe:" + round);
    runs.add(new Run(round, cluster.name(), failover.detectedMs(), failover.servedMs()));
    results.progress(
        "round %d  %-8s detected after %s ms, served after %s ms"
            .formatted(
                round + 1,
                cluster.name(),
                Results.number(failover.detectedMs(), 0),
                Results.number(failover.servedMs(), 0)));
    cluster.restore();
  }

  private String tables() {
    MarkdownTable table =
        new MarkdownTable(
            "server",
            "detected ms, median",
            "max",
            "served ms, median",
            "max",
            "create ms, median",
            "max");
    for (ServerSpec server : serverSettings.specs()) {
      List<Run> its = runs.stream().filter(run -> run.server.equals(server.name())).toList();
      List<Double> formed =
          creations.stream()
              .filter(one -> one.server.equals(server.name()))
              .map(Creation::ms)
              .toList();
      List<Double> detected = all(its, Run::detectedMs);
      List<Double> served = all(its, Run::servedMs);
      table.add(
          server.name(),
          median(detected),
          max(detected),
          median(served),
          max(served),
          median(formed),
          max(formed));
    }
    return "kill -9 of a primary to the first write in its slots; six nodes, node timeout %d ms, %d rounds; %d formations, until all agree and all replicas are in step.\n\n%s"
        .formatted(nodeTimeoutMs, rounds, creates, table);
  }

  private static List<Double> all(List<Run> runs, ToDoubleFunction<Run> figure) {
    return runs.stream().map(figure::applyAsDouble).toList();
  }

  private static String median(List<Double> values) {
    return values.isEmpty() ? "-" : Results.number(Medians.of(values), 0);
  }

  private static String max(List<Double> values) {
    return values.stream().max(Double::compare).map(it -> Results.number(it, 0)).orElse("-");
  }
}
