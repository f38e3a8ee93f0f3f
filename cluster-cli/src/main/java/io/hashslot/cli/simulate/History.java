package io.hashslot.cli.simulate;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.sim.Machine;
import io.hashslot.bus.sim.SimCluster;
import io.hashslot.bus.sim.SimNode;
import io.hashslot.cli.simulate.Findings.Traffic;
import io.hashslot.cli.simulate.Step.Target;
import io.hashslot.sim.Conditions;
import io.hashslot.sim.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Lives through the user's script once. The same seed gives the same history. */
final class History {
  private static final long SETTLE_LIMIT_MS = 120_000;
  private static final int SMALL_CLUSTER = 200;

  private final Question question;
  private final long seed;
  private final SimCluster cluster;
  private final Watch watch;
  private final Random random;
  private final long lookEveryMs;
  private int newcomers;

  private History(Question question, long seed) {
    this.question = question;
    this.seed = seed;
    cluster = SimCluster.of(machines(question.layout()), question.nodeTimeoutMs(), seed);
    watch = new Watch(cluster);
    random = Random.from(Seeds.generator(~seed));
    lookEveryMs = isSmall() ? 10 : 100;
  }

  private boolean isSmall() {
    return question.layout().nodes().size() <= SMALL_CLUSTER;
  }

  private static List<Machine> machines(Layout layout) {
    var machines = new ArrayList<Machine>();
    for (Layout.Place place : layout.nodes()) {
      machines.add(
          new Machine(place.name(), place.zone(), place.shard(), place.primary(), place.slots()));
    }
    return machines;
  }

  /** What came of the history with this seed. */
  static Findings of(Question question, long seed) {
    return new History(question, seed).live();
  }

  private Findings live() {
    for (SimNode node : cluster.nodes()) {
      node.configure(withPingInterval(node.config()));
    }
    network(question.minDelayUs(), question.maxDelayUs(), question.lossPercent());
    cluster.startFormed();
    untilCalm(new TrafficMeter(cluster), SETTLE_LIMIT_MS);
    cluster.passesMs(question.nodeTimeoutMs() / (isSmall() ? 1 : 2));
    var steady = new TrafficMeter(cluster);
    pass(Math.max(question.nodeTimeoutMs() * (isSmall() ? 2 : 1), 10_000), steady);
    watch.begin();
    var troubled = new TrafficMeter(cluster);
    for (Script.Line line : question.script().lines()) {
      if (line.step() instanceof Step.Wait(long ms)) {
        pass(ms, troubled);
      } else {
        watch.disturb(line.text());
        perform(line.step());
      }
    }
    boolean quiet = question.script().lines().isEmpty();
    if (!quiet) {
      untilNoticed(troubled);
      untilCalm(troubled, 4 * question.nodeTimeoutMs() + 30_000);
    }
    watch.end();
    return new Findings(
        seed,
        watch.episodes(),
        watch.outages(),
        steady.traffic(),
        quiet ? new Traffic(0, 0, 0) : troubled.traffic());
  }

  private ClusterConfig withPingInterval(ClusterConfig config) {
    return config.withPingIntervalMs(question.pingIntervalMs());
  }

  private void pass(long ms, TrafficMeter meter) {
    long endMs = cluster.queue().nowMs() + ms;
    for (long left; (left = endMs - cluster.queue().nowMs()) > 0; ) {
      cluster.passesMs(Math.min(left, lookEveryMs));
      watch.look();
      meter.look();
    }
  }

  /**
   * Nobody notices a silent node before the node timeout. Whose process has ended is missed at once
   * by whoever looks from outside: when all know that, there is nothing else to wait for.
   */
  private void untilNoticed(TrafficMeter meter) {
    long endMs = cluster.queue().nowMs() + 2 * question.nodeTimeoutMs();
    do pass(lookEveryMs, meter);
    while (!watch.allDownAreKnown() && cluster.queue().nowMs() < endMs);
  }

  private void untilCalm(TrafficMeter meter, long limitMs) {
    long endMs = cluster.queue().nowMs() + limitMs;
    while (!watch.calm() && cluster.queue().nowMs() < endMs) {
      pass(lookEveryMs, meter);
    }
  }

  private void perform(Step step) {
    switch (step) {
      case Step.Wait(long ms) -> cluster.passesMs(ms);
      case Step.Kill(Target target) -> nodes(target).forEach(node -> node.crash(true));
      case Step.PowerOff(Target target) -> nodes(target).forEach(node -> node.crash(false));
      case Step.Start(Target target) -> nodes(target).forEach(SimNode::start);
      case Step.Pause(Target target, long ms) -> nodes(target).forEach(node -> node.pauseFor(ms));
      case Step.Isolate(Target target) -> isolate(nodes(target));
      case Step.Partition(List<List<String>> sides) -> partition(sides);
      case Step.Heal _ -> {
        cluster.heal();
        network(question.minDelayUs(), question.maxDelayUs(), question.lossPercent());
      }
      case Step.Join(int count) -> join(count);
      case Step.Failover(Target target) ->
          nodes(target)
              .forEach(node -> node.request(new ClusterRequest.Failover(FailoverMode.COOPERATIVE)));
      case Step.Loss(double percent) -> {
        Conditions now = cluster.network().conditions();
        network(now.minDelayUs(), now.maxDelayUs(), percent);
      }
      case Step.Delay(long minUs, long maxUs) ->
          cluster.network().conditions(cluster.network().conditions().withDelays(minUs, maxUs));
    }
  }

  private void network(long minUs, long maxUs, double lossPercent) {
    cluster
        .network()
        .conditions(
            Conditions.FAIR
                .withDelays(minUs, maxUs)
                .withRates((int) Math.round(lossPercent * 10), 0, 0));
  }

  private List<SimNode> nodes(Target target) {
    if (target.percent() == 0) {
      return target.nodes().stream().map(cluster::node).toList();
    }
    var all = new ArrayList<>(cluster.nodes().stream().filter(SimNode::running).toList());
    Collections.shuffle(all, random);
    return all.subList(0, (int) Math.round(all.size() * target.percent() / 100));
  }

  private void isolate(List<SimNode> inside) {
    cluster.isolate(inside.stream().map(SimNode::name).toArray(String[]::new));
  }

  private void partition(List<List<String>> sides) {
    for (List<String> side : sides) {
      for (List<String> other : sides) {
        if (side == other) {
          continue;
        }
        for (SimNode from : inZones(side)) {
          inZones(other).forEach(to -> cluster.network().cut(from.host(), to.host()));
        }
      }
    }
  }

  private List<SimNode> inZones(List<String> zones) {
    return cluster.nodes().stream().filter(node -> zones.contains(node.zone())).toList();
  }

  private void join(int count) {
    String host =
        cluster.nodes().stream().filter(SimNode::ready).findFirst().map(SimNode::name).orElse("p1");
    for (int i = 0; i < count; i++) {
      SimNode node = cluster.newcomer("n" + ++newcomers);
      node.configure(withPingInterval(node.config()));
      cluster.meet(host, node.name());
    }
  }
}
