package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.footprint.ResidentMemory;
import io.hashslot.bench.load.CpuTime;
import io.hashslot.bench.load.LoadFailure;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * How long does it take from starting the process to its first PONG: with nothing to load, or with
 * files that redis-server has written? Answers that say LOADING do not count, and afterwards every
 * key has to be there.
 */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Time from starting the process to its first PONG, empty or from files.")
final class StartComparison implements Callable<Integer> {

  private static final int DEFAULT_RUNS = 10;
  private static final int DEFAULT_RUNS_FROM_FILES = 3;

  /**
   * One start.
   *
   * @param cpuSeconds CPU time used until the first PONG
   */
  record Run(int round, String server, double firstPongMs, double cpuSeconds, long residentBytes) {}

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("median ms", 0, Run::firstPongMs),
          new Figure<>("CPU s", 2, Run::cpuSeconds),
          new Figure<>("RSS MiB then", 1, run -> run.residentBytes / (double) (1 << 20)));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();

  @Option(
      names = {"-n", "--runs"},
      description = "default: 10, from files 3")
  private int rounds;

  @Option(
      names = "--from",
      paramLabel = "FORM",
      description =
          "what there is to load, as redis-server writes it: rdb; aof, every write one after the"
              + " other; aof-base, after a rewrite; default: nothing")
  private @Nullable String form;

  @Option(
      names = "--keys",
      defaultValue = "5000000",
      description = "in the files, default: ${DEFAULT-VALUE}")
  private long keys;

  @Option(
      names = "--content",
      defaultValue = "set",
      description =
          "what is in the files, as in 'memory': set for strings, hset for hashes, and so on;"
              + " default: ${DEFAULT-VALUE}")
  private String content = "set";

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    loadSettings.keys = keys;
    if (rounds == 0) {
      rounds = form == null ? DEFAULT_RUNS : DEFAULT_RUNS_FROM_FILES;
    }
    Results results =
        new Results("start", serverSettings.specs(), clock, spec.commandLine().getOut());
    String loaded = "nothing";
    try (Workplace workplace = serverSettings.workplace()) {
      DataFiles files = form == null ? null : writeFiles(results, workplace, form);
      for (int round = 0; round < rounds; round++) {
        for (ServerSpec server : rotated(round)) {
          runs.add(measure(round, server, files, workplace));
        }
        results.progress("round " + (round + 1) + " of " + rounds);
      }
      if (files != null) {
        loaded =
            "%s of %d keys (%s, values of %d bytes) in %s MiB"
                .formatted(
                    form,
                    files.keys(),
                    content,
                    loadSettings.valueSize,
                    Results.number(files.bytes() / (double) (1 << 20), 0));
      }
    }
    results.write(tables(loaded), Map.of("loaded", loaded, "runs", runs));
    return 0;
  }

  private DataFiles writeFiles(Results results, Workplace workplace, String formName)
      throws IOException, InterruptedException {
    serverSettings.onAnyCpu();
    results.progress("redis writes the files");
    DataFiles files =
        DataFiles.write(
            DataFiles.Form.parse(formName),
            content,
            serverSettings,
            loadSettings,
            workplace,
            clock);
    for (ServerSpec server : serverSettings.specs()) {
      files.copyTo(workplace.path().resolve(server.name()));
    }
    return files;
  }

  private List<ServerSpec> rotated(int round) {
    return Rounds.order(serverSettings.specs(), round);
  }

  private Run measure(int round, ServerSpec server, @Nullable DataFiles files, Workplace workplace)
      throws IOException, InterruptedException {
    ServerSpec started = files == null ? server : server.with(files.form().arguments);
    try (RunningServer running = serverSettings.start(started, workplace.path(), Map.of(), clock)) {
      double cpuSeconds = CpuTime.ofTreeUs(running.pid()) / 1e6;
      long residentBytes = ResidentMemory.ofTree(running.pid());
      if (files != null) {
        check(running, files);
      }
      return new Run(round, server.name(), running.firstPongMs(), cpuSeconds, residentBytes);
    }
  }

  /** A server that has forgotten something has not started faster. */
  private void check(RunningServer running, DataFiles files) throws IOException {
    try (ServerDialogue dialogue = running.dialogue()) {
      long found = dialogue.number("DBSIZE");
      if (found != files.keys()) {
        throw new LoadFailure(
            "%s has loaded %d keys of %d".formatted(running.name(), found, files.keys()));
      }
    }
    if (content.equals("set")) {
      running.load(loadSettings, "get", 16, 0, 0.3);
    }
  }

  private String tables(String loaded) {
    Map<String, List<Run>> byServer = new LinkedHashMap<>();
    for (ServerSpec server : serverSettings.specs()) {
      byServer.put(
          server.name(), runs.stream().filter(run -> run.server.equals(server.name())).toList());
    }
    return "From starting the process to its first PONG; to load: "
        + loaded
        + ". Medians of "
        + rounds
        + " starts of each.\n\n"
        + Figure.medians("server", FIGURES, byServer)
        + "\nFastest and slowest.\n\n"
        + extremes(byServer)
        + "\nMedians of the per-round ratios of "
        + serverSettings.specs().getFirst().name()
        + " to the others.\n\n"
        + Figure.ratios(FIGURES, byServer);
  }

  private static MarkdownTable extremes(Map<String, List<Run>> byServer) {
    MarkdownTable table = new MarkdownTable("server", "min ms", "max ms");
    byServer.forEach(
        (name, its) -> {
          List<Double> times = its.stream().map(Run::firstPongMs).sorted().toList();
          table.add(name, Results.number(times.getFirst(), 0), Results.number(times.getLast(), 0));
        });
    return table;
  }
}
