package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How fast do slots with their keys go to another primary, and how long do clients of the cluster
 * wait meanwhile?
 *
 * <p>Each kind of server forms a cluster of two primaries. Each move takes the same slots to the
 * other one: there in one run, back in the next. After each move every key has to be there once,
 * and to be what was last written to it.
 */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Moves slots with their keys while clients read and write: CLUSTER MIGRATESLOTS of ours"
            + " beside --cluster reshard with ours and the peers.")
final class MigrateComparison implements Callable<Integer> {

  /**
   * One move.
   *
   * @param way server and way of moving
   * @param keysMoved how many keys the slots had
   * @param seconds until the slots had moved
   * @param clearedSeconds until no key was there twice
   * @param clients what clients saw meanwhile
   */
  record Run(
      int round,
      String way,
      int keysMoved,
      double seconds,
      double clearedSeconds,
      ClusterTraffic.Report clients) {}

  /** A cluster, its keys, and one way to move its slots. */
  private record Way(TwoNodes cluster, KeySpace keys, SlotMove move) {
    String name() {
      return cluster.name() + " " + move.name();
    }
  }

  private static final List<Figure<Run>> FIGURES =
      List.of(
          new Figure<>("keys/s", 0, run -> run.keysMoved / run.seconds),
          new Figure<>("seconds", 2, Run::seconds),
          new Figure<>("cleared s", 2, Run::clearedSeconds),
          new Figure<>("client p50 ms", 3, run -> run.clients.p50Ms()),
          new Figure<>("p99.9 ms", 2, run -> run.clients.p999Ms()),
          new Figure<>("max ms", 1, run -> run.clients.maxMs()),
          new Figure<>("errors", 0, run -> run.clients.errors()));

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();

  @Option(names = "--rounds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--keys",
      defaultValue = "200000",
      description = "of the whole cluster; default: ${DEFAULT-VALUE}")
  private int keys;

  @Option(
      names = "--slots",
      defaultValue = "2000",
      description = "that move, of 16384, at most 8192; default: ${DEFAULT-VALUE}")
  private int slots;

  @Option(
      names = {"-d", "--value-size"},
      defaultValue = "100",
      description = "bytes, or a few more if that is too short; default: ${DEFAULT-VALUE}")
  private int valueSize;

  @Option(
      names = "--pipelines",
      split = ",",
      defaultValue = "10,100",
      description =
          "--cluster-pipeline of reshard: keys in one MIGRATE; 0: no reshard; default:"
              + " ${DEFAULT-VALUE}")
  private List<Integer> pipelines = List.of();

  @Option(
      names = "--big",
      split = ",",
      paramLabel = "KIND",
      description =
          "collections that move, too, one of each kind: hash, set, zset, list, stream; none by"
              + " default")
  private List<BigValues.Kind> bigKinds = List.of();

  @Option(
      names = "--big-elements",
      defaultValue = "1000000",
      description = "of each of these; default: ${DEFAULT-VALUE}")
  private int bigElements;

  @Option(
      names = "--control",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "also a row of ours without a move, for so long; default: none")
  private int controlSeconds;

  @Option(names = "--clients", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
  private int clients;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "operations per second of all clients; default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--warmups",
      defaultValue = "2",
      description = "rounds before the first that counts; default: ${DEFAULT-VALUE}")
  private int warmups;

  @Option(
      names = "--tool",
      paramLabel = "PROGRAM",
      defaultValue = "redis-cli",
      description = "whose --cluster reshard is used with all servers; default: ${DEFAULT-VALUE}")
  private String tool = "redis-cli";

  private final Clock clock = Clock.system();
  private final List<Run> runs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (slots < 1 || slots > 8192 || keys < 1 || clients < 1 || rate <= 0 || bigElements < 1) {
      throw new ParameterException(
          spec.commandLine(), "slots, keys, clients, rate or elements out of range");
    }
    serverSettings.onAnyCpu();
    Results results =
        new Results("migrate", serverSettings.specs(), clock, spec.commandLine().getOut());
    try (Workplace workplace = serverSettings.workplace();
        Clusters clusters = new Clusters(serverSettings, workplace.path(), clock)) {
      List<Way> ways = prepare(workplace.path(), clusters, results);
      for (int round = -warmups; round < rounds; round++) {
        for (Way way : Rounds.order(ways, round)) {
          Run run = measure(round, way);
          if (round >= 0) {
            runs.add(run);
          }
          results.progress(line(run));
        }
      }
      results.write(tables(ways), Map.of("keys", keys, "slots", slots, "runs", runs));
    }
    return 0;
  }

  private List<Way> prepare(Path base, Clusters clusters, Results results)
      throws IOException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    for (ServerSpec server : serverSettings.specs()) {
      results.progress(server.name() + ": a cluster, preload");
      TwoNodes cluster = clusters.primaries(server);
      KeySpace space = new KeySpace(keys, slots, valueSize);
      if (Math.min(space.moving().length, space.staying().length) < clients) {
        throw new ParameterException(
            spec.commandLine(), "too few keys: each client needs some that move and some that not");
      }
      ClusterTraffic.preload(cluster.endpoints(), space);
      big().preload(cluster.endpoints());
      if (server.name().equals("ours")) {
        ways.add(new Way(cluster, space, new SlotMove.Atomic()));
        if (controlSeconds > 0) {
          ways.add(new Way(cluster, space, new SlotMove.Nothing(controlSeconds)));
        }
      }
      for (int pipeline : pipelines) {
        if (pipeline == 0) {
          continue;
        }
        Path log = base.resolve(server.name() + "-reshard.log");
        ways.add(
            new Way(
                cluster,
                space,
                new SlotMove.Reshard(tool, pipeline, serverSettings.processors(), log)));
      }
    }
    return ways;
  }

  private BigValues big() {
    return new BigValues(bigKinds, bigElements, slots);
  }

  private Run measure(int round, Way way) throws IOException, InterruptedException {
    TwoNodes cluster = way.cluster;
    cluster.awaitAgreement();
    int from = cluster.ownerOf(0);
    long seed = round + (long) warmups;
    try (ClusterTraffic traffic =
        ClusterTraffic.start(cluster.endpoints(), way.keys, clients, rate, seed, clock)) {
      TimeUnit.MILLISECONDS.sleep(500); // They have connected, and know who serves what.
      traffic.count();
      long fromNs = clock.monotonicNs();
      way.move.move(cluster, from, slots);
      double seconds = (clock.monotonicNs() - fromNs) / 1e9;
      cluster.awaitKeys(keys + (long) bigKinds.size());
      double clearedSeconds = (clock.monotonicNs() - fromNs) / 1e9;
      ClusterTraffic.Report report = traffic.stop();
      cluster.awaitAgreement();
      boolean moves = way.move.moves();
      cluster.requireOwner(moves ? 1 - from : from, 0, slots - 1);
      ClusterTraffic.check(cluster.endpoints(), way.keys);
      big().check(cluster.endpoints());
      int moved = moves ? way.keys.moving().length + big().count() : 0;
      return new Run(round, way.name(), moved, seconds, clearedSeconds, report);
    }
  }

  private static String line(Run run) {
    String error = run.clients.firstError();
    return "%s  %-20s %s s, %s keys/s; clients: p99.9 %s ms, max %s ms, %d errors%s"
        .formatted(
            run.round < 0 ? "warm-up" : "round " + (run.round + 1),
            run.way,
            Results.number(run.seconds, 2),
            Results.number(run.keysMoved / run.seconds, 0),
            Results.number(run.clients.p999Ms(), 2),
            Results.number(run.clients.maxMs(), 1),
            run.clients.errors(),
            error == null ? "" : ", the first: " + error);
  }

  private String tables(List<Way> ways) {
    Map<String, List<Run>> byWay = new LinkedHashMap<>();
    for (Way way : ways) {
      byWay.put(way.name(), runs.stream().filter(run -> run.way.equals(way.name())).toList());
    }
    return "%d of 16384 slots with %d of %d keys, values of %d bytes%s, from one of two primaries to the other; %d clients with %s op/s together; reshard by %s; medians of %d rounds.\n\n%s"
        .formatted(
            slots,
            ways.getFirst().keys.moving().length,
            keys,
            valueSize,
            big(),
            clients,
            Results.number(rate, 0),
            tool,
            rounds,
            Figure.tables("way", FIGURES, byWay));
  }
}
