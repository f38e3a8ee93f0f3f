package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.footprint.MemoryPeak;
import io.hashslot.bench.load.CpuTime;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.bench.load.LoadReport;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
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
 * What does replication cost: the time until a new replica has everything, the speed and CPU time
 * of writes with a replica attached, and the primary's memory while a replica hangs?
 *
 * <p>In each round each pair gets a new, empty replica. The replica is held to its primary's number
 * of keys and offset after each step.
 */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Full synchronisation, writes with a replica, and memory while a replica hangs.")
final class SyncComparison implements Callable<Integer> {

  private static final double MIB = 1 << 20;
  private static final String BOTH = " --repl-diskless-sync-delay 0";

  /**
   * One pair in one round.
   *
   * @param pair names of primary and replica
   * @param alone writes without a replica
   * @param syncSeconds from REPLICAOF to the replica having everything
   * @param syncPrimaryCpuSeconds CPU time of the primary in it, its children included
   * @param syncReplicaCpuSeconds CPU time of the replica in it
   * @param attached writes with the replica
   * @param replicaCpuUsPerOperation CPU time of the replica in those, until it had caught up
   * @param catchUpMs how far behind the replica was when they ended
   * @param hungMiB of the stream written while the replica hung
   * @param hungAddedMiB by how much the primary's memory grew meanwhile
   * @param hungFullSyncs whether the replica needed everything anew afterwards: 1 or more, or 0
   */
  record Run(
      int round,
      String pair,
      LoadReport alone,
      double syncSeconds,
      double syncPrimaryCpuSeconds,
      double syncReplicaCpuSeconds,
      LoadReport attached,
      double replicaCpuUsPerOperation,
      double catchUpMs,
      double hungMiB,
      double hungAddedMiB,
      long hungFullSyncs) {}

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("sync s", 2, Run::syncSeconds),
          new Figure<>("primary CPU s", 2, Run::syncPrimaryCpuSeconds),
          new Figure<>("replica CPU s", 2, Run::syncReplicaCpuSeconds),
          new Figure<>("op/s alone", 0, run -> run.alone.operationsPerSecond()),
          new Figure<>("op/s", 0, run -> run.attached.operationsPerSecond()),
          new Figure<>("us/op alone", 2, run -> run.alone.serverCpuUsPerOperation()),
          new Figure<>("us/op", 2, run -> run.attached.serverCpuUsPerOperation()),
          new Figure<>("replica us/op", 2, Run::replicaCpuUsPerOperation),
          new Figure<>("behind ms", 0, Run::catchUpMs),
          new Figure<>("hung: MiB written", 0, Run::hungMiB),
          new Figure<>("MiB added", 0, Run::hungAddedMiB),
          new Figure<>("full syncs", 0, Run::hungFullSyncs));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();
  @Mixin private Extent extent = new Extent(3, 5_000_000);
  @Mixin private WorkloadOption choice = new WorkloadOption();

  @Option(
      names = "--pairs",
      split = ",",
      paramLabel = "PRIMARY:REPLICA",
      description = "default: each of --servers with its own kind")
  private List<String> pairs = List.of();

  @Option(names = "--pipeline", defaultValue = "16", description = "default: ${DEFAULT-VALUE}")
  private int pipeline;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "of writes, without and with a replica; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--warmup",
      defaultValue = "4",
      description =
          "seconds of writes that are not counted, after the preload and for each new replica;"
              + " default:"
              + " ${DEFAULT-VALUE}")
  private double warmupSeconds;

  @Option(
      names = "--hang",
      defaultValue = "5",
      description = "seconds of writes while the replica hangs; default: ${DEFAULT-VALUE}")
  private double hangSeconds;

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = extent.keys;
    serverSettings.onAnyCpu();
    if (pairs.isEmpty()) {
      pairs = serverSettings.specs().stream().map(one -> one.name() + ":" + one.name()).toList();
    }
    Results results =
        new Results("sync", serverSettings.specs(), clock, spec.commandLine().getOut());
    try (Workplace workplace = serverSettings.workplace();
        RunningServers primaries = startPrimaries(workplace.path())) {
      for (RunningServer primary : primaries.all()) {
        results.progress(primary.name() + ": preload");
        primary.load(loadSettings, LoadPlan.preloadFor(choice.workload), 64, 0, 1);
        write(primary, warmupSeconds);
      }
      for (int round = 0; round < extent.rounds; round++) {
        for (RunningServer primary : primaries.rotated(round)) {
          Path base = workplace.path().resolve("round-" + round);
          Run run = measure(round, primary, primaries.all().indexOf(primary), base);
          runs.add(run);
          results.progress(line(run));
        }
      }
    }
    results.write(tables(), Map.of("keys", extent.keys, "runs", runs));
    return 0;
  }

  private RunningServers startPrimaries(Path base) throws IOException, InterruptedException {
    RunningServers primaries = new RunningServers(new ArrayList<>());
    try {
      for (String pair : pairs) {
        ServerSpec primary = kind(pair, 0).named(pair + ":primary").with(BOTH);
        primaries
            .all()
            .add(serverSettings.start(primary, primaries.all().size(), base, Map.of(), clock));
      }
      return primaries;
    } catch (IOException | InterruptedException | RuntimeException e) {
      primaries.close();
      throw e;
    }
  }

  private ServerSpec kind(String pair, int side) {
    String[] names = pair.split(":");
    if (names.length != 2) {
      throw new IllegalArgumentException("no pair: " + pair + ", expected PRIMARY:REPLICA");
    }
    return serverSettings.named(names[side]);
  }

  private Run measure(int round, RunningServer primary, int index, Path base)
      throws IOException, InterruptedException {
    String name = pairs.get(index);
    ServerSpec replicaSpec = kind(name, 1).named(name + ":replica").with(BOTH);
    LoadReport alone = write(primary, seconds);
    RunningServer started =
        serverSettings.start(replicaSpec, pairs.size() + index, base, Map.of(), clock);
    try (ReplicaPair pair = new ReplicaPair(primary, started, clock)) {
      double primaryCpuUs = CpuTime.ofTreeWithEndedUs(primary.pid());
      double replicaCpuUs = CpuTime.ofTreeWithEndedUs(started.pid());
      double syncSeconds = pair.join();
      double primaryUsedUs = CpuTime.ofTreeWithEndedUs(primary.pid()) - primaryCpuUs;
      double replicaUsedUs = CpuTime.ofTreeWithEndedUs(started.pid()) - replicaCpuUs;

      write(primary, warmupSeconds);
      pair.catchUp();
      double streamCpuUs = CpuTime.ofTreeUs(started.pid());
      LoadReport attached = write(primary, seconds);
      double catchUpMs = pair.catchUp();
      double replicaUs = CpuTime.ofTreeUs(started.pid()) - streamCpuUs;

      Hang hang = hang(primary, pair);
      return new Run(
          round,
          name,
          alone,
          syncSeconds,
          primaryUsedUs / 1e6,
          replicaUsedUs / 1e6,
          attached,
          replicaUs / attached.operations(),
          catchUpMs,
          hang.writtenBytes / MIB,
          hang.addedBytes / MIB,
          hang.fullSyncs);
    }
  }

  private record Hang(long writtenBytes, long addedBytes, long fullSyncs) {}

  /** Stops the replica, writes, lets it go on and waits until it is in step again. */
  private Hang hang(RunningServer primary, ReplicaPair pair)
      throws IOException, InterruptedException {
    long fullSyncs = pair.fullSyncs();
    long from = pair.writtenBytes();
    long added;
    pair.replica().freeze();
    try (MemoryPeak memory = MemoryPeak.of(primary.pid())) {
      write(primary, hangSeconds);
      added = memory.addedBytes();
    } finally {
      pair.replica().thaw();
    }
    long written = pair.writtenBytes() - from;
    pair.catchUp();
    return new Hang(written, added, pair.fullSyncs() - fullSyncs);
  }

  /** Writes without a warm-up, so that what a replica does for it can be related to it. */
  private LoadReport write(RunningServer primary, double forSeconds) {
    return primary.load(loadSettings, choice.workload, pipeline, 0, forSeconds);
  }

  private static String line(Run run) {
    return ("round %d  %-14s full sync %s s, with a replica %s op/s (x%s) at %s us/op,"
            + " hung: %s MiB written, %s MiB added")
        .formatted(
            run.round + 1,
            run.pair,
            Results.number(run.syncSeconds, 2),
            Results.number(run.attached.operationsPerSecond(), 0),
            Results.number(run.attached.operationsPerSecond() / run.alone.operationsPerSecond(), 2),
            Results.number(run.attached.serverCpuUsPerOperation(), 2),
            Results.number(run.hungMiB, 0),
            Results.number(run.hungAddedMiB, 0));
  }

  private String tables() {
    Map<String, List<Run>> byPair = new LinkedHashMap<>();
    for (String pair : pairs) {
      byPair.put(pair, runs.stream().filter(run -> run.pair.equals(pair)).toList());
    }
    return "Primary and replica, %d keys (%s), values of %d bytes, %d connections, pipeline %d; medians of %d rounds.\n\n%s"
        .formatted(
            extent.keys,
            choice.workload,
            loadSettings.valueSize,
            loadSettings.connections,
            pipeline,
            extent.rounds,
            Figure.tables("primary:replica", FIGURES, byPair));
  }
}
