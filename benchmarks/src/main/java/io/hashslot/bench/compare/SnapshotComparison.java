package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.footprint.MemoryPeak;
import io.hashslot.bench.footprint.ProportionalMemory;
import io.hashslot.bench.load.CpuTime;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.bench.load.LoadReport;
import io.hashslot.bench.load.LoadWatcher;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
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
 * What does a snapshot in the background cost: time, CPU time, memory, and the patience of clients
 * that write meanwhile?
 *
 * <p>In each round each server is loaded alone, then while it saves; then it saves once more under
 * the same load while its memory is watched, which would disturb latencies; last it saves with
 * nothing else to do.
 */
@Command(
    name = "bgsave",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "BGSAVE under writes: time, worst client latency, added memory.")
final class SnapshotComparison implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  /**
   * One server in one round.
   *
   * @param before the load alone
   * @param during the load while the server saved
   * @param savedInSeconds time of that save
   * @param dataBytes resident memory of the data: what the keys have added to the idle server
   * @param addedBytes memory beyond that at the worst moment of another save under the same load
   * @param idleSaveSeconds time of a save without load
   * @param idleSaveCpuSeconds CPU time of the save without load, by all processes
   */
  record Run(
      int round,
      String server,
      LoadReport before,
      LoadReport during,
      double savedInSeconds,
      long dataBytes,
      long addedBytes,
      double idleSaveSeconds,
      double idleSaveCpuSeconds) {

    /** Added memory by that of the data, in percent. */
    double addedPercent() {
      return 100.0 * addedBytes / dataBytes;
    }

    /** The share of the time in which the server or the generator had no processor. */
    double waited() {
      return Math.max(during.serverWaited(), during.generatorWaited());
    }
  }

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("save s", 2, Run::savedInSeconds),
          new Figure<>("idle save s", 2, Run::idleSaveSeconds),
          new Figure<>("its CPU s", 2, Run::idleSaveCpuSeconds),
          new Figure<>("p50 ms before", 2, run -> run.before.p50Us() / 1000),
          new Figure<>("during", 2, run -> run.during.p50Us() / 1000),
          new Figure<>("p99.9 ms before", 2, run -> run.before.p999Us() / 1000),
          new Figure<>("during", 2, run -> run.during.p999Us() / 1000),
          new Figure<>("max ms before", 1, run -> run.before.maxUs() / 1000),
          new Figure<>("during", 1, run -> run.during.maxUs() / 1000),
          new Figure<>("data MiB", 0, run -> run.dataBytes / MIB),
          new Figure<>("added MiB", 1, run -> run.addedBytes / MIB),
          new Figure<>("added %", 1, Run::addedPercent),
          new Figure<>("waited", 2, Run::waited));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();
  @Mixin private Extent extent = new Extent(3, 5_000_000);
  @Mixin private WorkloadOption choice = new WorkloadOption();

  @Option(
      names = "--rate",
      defaultValue = "10000",
      description = "operations per second of all clients together; default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--pipeline",
      defaultValue = "16",
      description = "operations in flight on a connection at most; default: ${DEFAULT-VALUE}")
  private int pipeline;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "of load before each save; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--first-warmup",
      defaultValue = "10",
      description =
          "seconds of load on each server before the first round, and a save behind them; default:"
              + " ${DEFAULT-VALUE}")
  private double firstWarmupSeconds;

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = extent.keys;
    serverSettings.onAnyCpu();
    Results results =
        new Results("bgsave", serverSettings.specs(), clock, spec.commandLine().getOut());
    try (Workplace workplace = serverSettings.workplace();
        RunningServers servers = serverSettings.startAll(workplace.path(), Map.of(), clock)) {
      Map<String, Long> dataBytes = new HashMap<>();
      for (RunningServer server : servers.all()) {
        results.progress(server.name() + ": preload and warm-up");
        long idle = ProportionalMemory.ofTree(server.pid());
        server.load(loadSettings, LoadPlan.preloadFor(choice.workload), 64, 0, 1);
        dataBytes.put(server.name(), ProportionalMemory.ofTree(server.pid()) - idle);
        warmUp(server);
      }
      for (int round = 0; round < extent.rounds; round++) {
        for (RunningServer server : servers.rotated(round)) {
          Run run = measure(round, server, dataBytes.getOrDefault(server.name(), 0L));
          runs.add(run);
          results.progress(line(run));
        }
      }
    }
    results.write(tables(), Map.of("keys", extent.keys, "runs", runs));
    return 0;
  }

  private void warmUp(RunningServer server) throws IOException, InterruptedException {
    server.load(
        loadSettings, choice.workload, pipeline, rate, 0, firstWarmupSeconds, LoadWatcher.NONE);
    try (BackgroundSave save = new BackgroundSave(server, clock)) {
      loadUntil(server, save);
      save.await();
    }
  }

  private Run measure(int round, RunningServer server, long dataBytes)
      throws IOException, InterruptedException {
    LoadReport before =
        server.load(loadSettings, choice.workload, pipeline, rate, 0.5, seconds, LoadWatcher.NONE);
    LoadReport during;
    double savedInSeconds;
    try (BackgroundSave save = new BackgroundSave(server, clock)) {
      during = loadUntil(server, save);
      savedInSeconds = save.await();
    }
    long added;
    try (BackgroundSave save = new BackgroundSave(server, clock);
        MemoryPeak memory = MemoryPeak.of(server.pid())) {
      loadUntil(server, save);
      save.await();
      added = memory.addedBytes();
    }
    try (BackgroundSave save = new BackgroundSave(server, clock)) {
      long cpuUs = CpuTime.ofTreeWithEndedUs(server.pid());
      double idleSaveSeconds = save.run();
      return new Run(
          round,
          server.name(),
          before,
          during,
          savedInSeconds,
          dataBytes,
          added,
          idleSaveSeconds,
          (CpuTime.ofTreeWithEndedUs(server.pid()) - cpuUs) / 1e6);
    }
  }

  /** Loads until the save has ended; counting begins with the save. */
  private LoadReport loadUntil(RunningServer server, BackgroundSave save) {
    return server.load(loadSettings, choice.workload, pipeline, rate, 0.5, 600, save);
  }

  private static String line(Run run) {
    return "round %d  %-7s saved in %s s (idle %s s, CPU %s s), max %s ms (before %s), memory + %s %%"
        .formatted(
            run.round + 1,
            run.server,
            Results.number(run.savedInSeconds, 2),
            Results.number(run.idleSaveSeconds, 2),
            Results.number(run.idleSaveCpuSeconds, 2),
            Results.number(run.during.maxUs() / 1000, 1),
            Results.number(run.before.maxUs() / 1000, 1),
            Results.number(run.addedPercent(), 1));
  }

  private String tables() {
    return Results.number(rate, 0)
        + " "
        + choice.workload
        + "/s by "
        + loadSettings.connections
        + " clients over "
        + extent.keys
        + " keys, values of "
        + loadSettings.valueSize
        + " bytes; medians of "
        + extent.rounds
        + " rounds. Max is that of the unluckiest client of a round. Data, added: memory of the"
        + " process and its children, shared pages counted once.\n\n"
        + Figure.tables("server", FIGURES, byServer());
  }

  private Map<String, List<Run>> byServer() {
    Map<String, List<Run>> sorted = new LinkedHashMap<>();
    for (ServerSpec server : serverSettings.specs()) {
      sorted.put(
          server.name(), runs.stream().filter(run -> run.server.equals(server.name())).toList());
    }
    return sorted;
  }
}
