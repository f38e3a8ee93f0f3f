package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.footprint.ResidentMemory;
import io.hashslot.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long does it take from starting the process to its first PONG? */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Time from starting the process to its first PONG.")
final class StartComparison implements Callable<Integer> {

  /** One start. */
  record Run(int round, String server, double firstPongMs, long residentBytes) {}

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();

  @Option(
      names = {"-n", "--runs"},
      defaultValue = "10",
      description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  private final Clock clock = Clock.system();

  @Override
  public Integer call() throws Exception {
    Results results =
        new Results("start", serverSettings.specs(), clock, spec.commandLine().getOut());
    List<Run> runs = new ArrayList<>();
    try (Workplace workplace = Workplace.create()) {
      for (int round = 0; round < rounds; round++) {
        for (ServerSpec server : serverSettings.specs()) {
          try (RunningServer running =
              serverSettings.start(server, workplace.path(), Map.of(), clock)) {
            runs.add(
                new Run(
                    round,
                    server.name(),
                    running.firstPongMs(),
                    ResidentMemory.ofTree(running.pid())));
          }
        }
        results.progress("round " + (round + 1) + " of " + rounds);
      }
    }
    results.write(table(runs), Map.of("runs", runs));
    return 0;
  }

  private String table(List<Run> runs) {
    MarkdownTable table =
        new MarkdownTable("server", "median ms", "min ms", "max ms", "median RSS MiB then");
    for (ServerSpec server : serverSettings.specs()) {
      List<Run> its = runs.stream().filter(run -> run.server.equals(server.name())).toList();
      List<Double> times = its.stream().map(Run::firstPongMs).sorted().toList();
      List<Double> sizes = its.stream().map(run -> run.residentBytes / (double) (1 << 20)).toList();
      table.add(
          server.name(),
          Results.number(Medians.of(times), 0),
          Results.number(times.getFirst(), 0),
          Results.number(times.getLast(), 0),
          Results.number(Medians.of(sizes), 1));
    }
    return "From starting the process to its first PONG, "
        + rounds
        + " starts of each.\n\n"
        + table;
  }
}
