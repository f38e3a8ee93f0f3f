package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.RunningServers;
import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long does a client wait beside others that send without waiting for replies, as loading data
 * by {@code redis-cli --pipe} does, and how fast do those get on?
 */
@Command(
    name = "neighbours",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "PING of one client while others send SET without waiting for replies.")
final class NeighbourComparison implements Callable<Integer> {
  private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(60);

  /**
   * One run.
   *
   * @param waits of the client, nanoseconds
   * @param sentPerSecond commands of all others that were executed
   */
  record Run(int round, String server, Waits waits, double sentPerSecond) {}

  /** What is known of the waits, milliseconds. */
  record Waits(long count, double p50Ms, double p99Ms, double maxMs) {}

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("PING p50 ms", 2, run -> run.waits.p50Ms),
          new Figure<>("p99 ms", 2, run -> run.waits.p99Ms),
          new Figure<>("max ms", 1, run -> run.waits.maxMs),
          new Figure<>("SET/s of the others", 0, Run::sentPerSecond));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--senders",
      defaultValue = "1",
      description = "others that send; default: ${DEFAULT-VALUE}")
  private int senders;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "measured in each run; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      description = "seconds before each run; default: ${DEFAULT-VALUE}")
  private double warmupSeconds;

  private final Clock clock = Clock.system();

  @Override
  public Integer call() throws Exception {
    Results results =
        new Results("neighbours", serverSettings.specs(), clock, spec.commandLine().getOut());
    List<Run> runs = new ArrayList<>();
    try (Workplace workplace = serverSettings.workplace();
        RunningServers servers = serverSettings.startAll(workplace.path(), Map.of(), clock)) {
      for (int round = -1; round < rounds; round++) {
        for (RunningServer server : servers.rotated(round)) {
          Run run = measure(round, server);
          if (round >= 0) {
            runs.add(run);
          }
          results.progress(line(run));
        }
      }
    }
    results.write(table(runs), Map.of("senders", senders, "runs", runs));
    return 0;
  }

  private Run measure(int round, RunningServer server) throws IOException, InterruptedException {
    List<EndlessSender> running = new ArrayList<>();
    try (ServerDialogue dialogue = server.dialogue()) {
      for (int i = 0; i < senders; i++) {
        running.add(EndlessSender.start(server.port()));
      }
      ping(dialogue, warmupSeconds);
      long before = executed(dialogue);
      long fromNs = clock.monotonicNs();
      Histogram waits = ping(dialogue, seconds);
      long sent = executed(dialogue) - before - waits.getTotalCount();
      double took = (clock.monotonicNs() - fromNs) / 1e9;
      return new Run(
          round,
          server.name(),
          new Waits(
              waits.getTotalCount(),
              waits.getValueAtPercentile(50) / 1e6,
              waits.getValueAtPercentile(99) / 1e6,
              waits.getMaxValue() / 1e6),
          sent / took);
    } finally {
      running.forEach(EndlessSender::close);
    }
  }

  private static long executed(ServerDialogue dialogue) throws IOException {
    return dialogue.info("stats").number("total_commands_processed");
  }

  private Histogram ping(ServerDialogue dialogue, double forSeconds)
      throws IOException, InterruptedException {
    Histogram waits = new Histogram(HIGHEST_NS, 3);
    long untilNs = clock.monotonicNs() + Math.round(forSeconds * 1e9);
    for (long now; (now = clock.monotonicNs()) < untilNs; ) {
      dialogue.call("PING");
      waits.recordValue(Math.min(clock.monotonicNs() - now, HIGHEST_NS));
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return waits;
  }

  private static String line(Run run) {
    return "%s  %-8s PING p50 %s ms, p99 %s ms, max %s ms; %s SET/s beside it"
        .formatted(
            run.round < 0 ? "warm-up" : "round " + (run.round + 1),
            run.server,
            Results.number(run.waits.p50Ms, 2),
            Results.number(run.waits.p99Ms, 2),
            Results.number(run.waits.maxMs, 1),
            Results.number(run.sentPerSecond, 0));
  }

  private String table(List<Run> runs) {
    Map<String, List<Run>> byServer = new LinkedHashMap<>();
    for (ServerSpec server : serverSettings.specs()) {
      byServer.put(
          server.name(), runs.stream().filter(run -> run.server.equals(server.name())).toList());
    }
    return "PING every two milliseconds beside %d that send SET without waiting for replies; medians of %d rounds.\n\n%s"
        .formatted(senders, rounds, Figure.tables("server", FIGURES, byServer));
  }
}
