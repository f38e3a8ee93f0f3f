package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.sim.Seeds;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's life under faults, decided by a seed: first everything may break, and safety must
 * hold at every moment; then all is repaired, and the cluster must become whole by itself.
 */
final class History {
  private static final long CHAOS_MS = 40_000;
  private static final long MAX_CALM_MS = 2_500;

  private final long seed;
  private final RandomGenerator random;
  private final SimCluster cluster;

  private History(long seed) {
    this.seed = seed;
    random = Seeds.generator(~seed);
    cluster = SimCluster.of(3, seed % 5 == 0 ? 2 : 1, seed);
  }

  /**
   * Lives through one history.
   *
   * @param driver what a broken driver does to each effect; null for a sound one
   * @return the digest of all that happened
   */
  static long run(long seed, SimNode.@Nullable EffectFilter driver) {
    var history = new History(seed);
    try {
      history.live(driver);
    } catch (AssertionError | RuntimeException failure) {
      throw Seeds.failure(seed, history.cluster.transcript, failure);
    }
    return history.cluster.transcript.digest();
  }

  private void live(SimNode.@Nullable EffectFilter driver) {
    cluster.form();
    if (driver != null) cluster.nodes().forEach(node -> node.breakDriver(driver));
    cluster.transcript.tell("", "chaos begins, seed " + seed);
    long endMs = cluster.queue.nowMs() + CHAOS_MS;
    while (cluster.queue.nowMs() < endMs) {
      breakSomething();
      for (SimNode node : cluster.nodes()) node.write(random.nextInt(200));
      cluster.passesMs(random.nextLong(MAX_CALM_MS));
    }
    repairEverything();
    cluster.converges();
    cluster.passesTimeouts(2);
    cluster.converges();
  }

  private void breakSomething() {
    SimNode node = any();
    switch (random.nextInt(19)) {
      case 0, 1 -> node.crash(random.nextBoolean());
      case 2, 3 -> restartOne();
      case 4 -> node.crashAfterEffects(random.nextInt(60));
      case 5 -> split();
      case 6 -> cluster.isolate(node.name);
      case 7 -> cutOneWay(node, any());
      case 8, 9 -> cluster.heal();
      case 10 -> {
        node.pause();
        cluster.queue.after(random.nextLong(8_000_000), node::resume);
      }
      case 11 -> node.skewWallClock(random.nextLong(-5_000, 5_000));
      case 12 -> unreliable();
      case 13 -> cluster.network.delays(100, random.nextLong(1_000, 800_000));
      case 14 -> failover(node, FailoverMode.COOPERATIVE);
      case 15 -> failover(node, FailoverMode.FORCE);
      case 16, 17 -> moveSlot(node, any());
      case 18 -> stampede();
      default -> throw new AssertionError();
    }
  }

  private SimNode any() {
    List<SimNode> nodes = cluster.nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void restartOne() {
    for (SimNode node : cluster.nodes()) {
      if (node.running()) continue;
      node.start();
      return;
    }
  }

  private void split() {
    var inside = new ArrayList<String>();
    for (SimNode node : cluster.nodes()) {
      if (random.nextBoolean()) inside.add(node.name);
    }
    cluster.isolate(inside.toArray(String[]::new));
  }

  private void cutOneWay(SimNode from, SimNode to) {
    cluster.transcript.tell("net", from.name + " is not heard by " + to.name);
    cluster.network.cut(from.host, to.host);
  }

  private void unreliable() {
    int loss = random.nextInt(100);
    int reorder = random.nextInt(300);
    cluster.transcript.tell("net", "loses %d, reorders %d per mille".formatted(loss, reorder));
    cluster.network.unreliable(loss, reorder);
  }

  private void failover(SimNode node, FailoverMode mode) {
    if (!ready(node) || node.isPrimary()) return;
    cluster.transcript.tell(node.name, "is told to fail over: " + mode);
    node.request(new Failover(mode));
  }

  /** Many replicas stand for election in the same epoch. */
  private void stampede() {
    for (SimNode node : cluster.nodes()) {
      if (random.nextInt(4) > 0) failover(node, FailoverMode.FORCE);
    }
  }

  /** As an administrator would, in the right order, but not caring whether a step worked. */
  private void moveSlot(SimNode from, SimNode to) {
    if (from == to || !ready(from) || !ready(to)) return;
    SlotSet slots = from.view().self().slots();
    if (slots.count() < 2) return;
    int slot = slots.next(slots.next(0) + 1);
    cluster.transcript.tell(to.name, "is given slot " + slot + " of " + from.name);
    String source = from.id().text();
    String target = to.id().text();
    to.request(new SetSlot(slot, SlotChange.IMPORTING, source, false, false));
    if (ready(from)) from.request(new SetSlot(slot, SlotChange.MIGRATING, target, false, false));
    if (ready(to)) to.request(new SetSlot(slot, SlotChange.NODE, target, false, false));
  }

  private static boolean ready(SimNode node) {
    return node.running() && !node.suspended();
  }

  private void repairEverything() {
    cluster.heal();
    for (SimNode node : cluster.nodes()) {
      node.crashAfterEffects(-1);
      node.resume();
      if (!node.running()) node.start();
    }
  }
}
