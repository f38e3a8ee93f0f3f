package io.hashslot.bus.sim;

import io.hashslot.sim.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Clients that append to one list in each shard, and read it, while the cluster breaks and fails
 * over; in the end every list must tell one story with what they were told.
 *
 * <p>A list to which unique values are appended shows its whole past, so the check is simple and
 * complete: every append that was acknowledged is in the final list; what was acknowledged before
 * another append began stands before it; and whatever a read has shown is the beginning of the
 * final list.
 */
final class WriteHistory {
  private static final long CHAOS_MS = 40_000;

  private static final class Op {
    final int id; // 0: a read
    final long startUs;
    final int position;
    final List<Integer> seen;
    long doneUs = -1;

    Op(int id, long startUs, int position, List<Integer> seen) {
      this.id = id;
      this.startUs = startUs;
      this.position = position;
      this.seen = seen;
    }
  }

  private final SimCluster cluster;
  private final RandomGenerator random;
  private final Map<SimNode, List<Op>> held = new HashMap<>();
  private final Map<String, List<Op>> done = new HashMap<>();
  private int ids;
  long acknowledged;
  long reads;
  long stale;

  WriteHistory(long seed, int acks, LoggedReplication.Mutant mutant) {
    random = Seeds.generator(seed ^ 0xAC5);
    var topology = Topology.of(3, 2);
    long[] more = {seed};
    cluster =
        SimCluster.of(
            topology,
            seed,
            (node, its) ->
                new LoggedReplication(node, its, this, acks, mutant, more[0] += 0x9E3779B9L));
  }

  SimCluster cluster() {
    return cluster;
  }

  private static String shard(SimNode node) {
    return node.name().substring(1, 2);
  }

  private static LoggedReplication of(SimNode node) {
    return (LoggedReplication) node.replication();
  }

  // --- told by the primaries

  void safe(SimNode node, int position) {
    List<Op> waiting = held.getOrDefault(node, List.of());
    if (waiting.isEmpty()) return;
    for (Op op : List.copyOf(waiting)) {
      if (op.position > position) continue;
      waiting.remove(op);
      op.doneUs = cluster.queue().nowUs();
      done.computeIfAbsent(shard(node), _ -> new ArrayList<>()).add(op);
      if (op.id == 0) reads++;
      else acknowledged++;
    }
  }

  void lost(SimNode node) {
    held.remove(node);
  }

  // --- the life

  void live() {
    for (SimNode node : cluster.nodes()) {
      node.configure(node.config().withAllowReplicaMigration(false));
    }
    cluster.startFormed();
    cluster.converges();
    clients();
    long endMs = cluster.queue().nowMs() + CHAOS_MS;
    while (cluster.queue().nowMs() < endMs) {
      breakSomething();
      cluster.passesMs(random.nextLong(2_500));
    }
    cluster.repair();
    cluster.converges();
    cluster.passesMs(8_000);
    cluster.converges();
    check();
  }

  private void clients() {
    for (SimNode node : cluster.nodes()) {
      if (!node.ready() || !of(node).leads() || random.nextInt(3) == 0) continue;
      LoggedReplication its = of(node);
      long now = cluster.queue().nowUs();
      List<Op> waiting = held.computeIfAbsent(node, _ -> new ArrayList<>());
      if (random.nextInt(3) == 0) {
        waiting.add(new Op(0, now, its.end(), its.writes()));
      } else if (its.append(++ids)) {
        waiting.add(new Op(ids, now, its.end(), List.of()));
      }
      safe(node, its.safe());
    }
    cluster.queue().after(30_000, this::clients);
  }

  private void breakSomething() {
    List<SimNode> nodes = cluster.nodes();
    SimNode node = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(9)) {
      case 0 -> cluster.isolate(node.name());
      case 1 -> {
        var inside = new ArrayList<String>();
        for (SimNode one : nodes) if (random.nextBoolean()) inside.add(one.name());
        cluster.isolate(inside.toArray(String[]::new));
      }
      case 2, 3 -> cluster.heal();
      case 4 -> node.pauseFor(random.nextLong(8_000));
      case 5 -> cluster.cut(node, nodes.get(random.nextInt(nodes.size())), true);
      case 6 -> {
        SimNode leader = null;
        for (SimNode one : nodes) {
          if (shard(one).equals(shard(node)) && one.ready() && of(one).leads()) leader = one;
        }
        if (leader != null) leader.pauseFor(random.nextLong(6_000));
      }
      case 7 -> {
        if (node.ready() && of(node).leads()) almostIsolate(node);
      }
      default -> {
        SimNode leader = node;
        if (leader.ready() && of(leader).leads()) {
          // One replica is left behind, then the primary is cut off.
          for (SimNode one : nodes) {
            if (one != leader && shard(one).equals(shard(leader))) {
              cluster.cut(leader, one, true);
              break;
            }
          }
          SimNode cutOff = leader;
          cluster.later(random.nextLong(1_500_000), () -> cluster.isolate(cutOff.name()));
        }
      }
    }
  }

  /** A primary that is heard by one of its replicas alone, which everybody hears. */
  private void almostIsolate(SimNode leader) {
    SimNode friend = null;
    for (SimNode one : cluster.nodes()) {
      if (one == leader) continue;
      if (friend == null && shard(one).equals(shard(leader))) friend = one;
      else cluster.cut(leader, one, true);
    }
  }

  // --- the check

  private void check() {
    for (int shard = 1; shard <= 3; shard++) {
      String name = "" + shard;
      SimNode leader = null;
      for (SimNode node : cluster.nodes()) {
        if (shard(node).equals(name) && of(node).leads()) leader = node;
      }
      if (leader == null) throw new Violation("ShardIsServed", "nobody serves shard " + name);
      check(name, of(leader).writes(), done.getOrDefault(name, List.of()));
    }
  }

  private void check(String shard, List<Integer> end, List<Op> ops) {
    var place = new HashMap<Integer, Integer>();
    for (int i = 0; i < end.size(); i++) place.put(end.get(i), i);
    var byEnd = new ArrayList<>(ops);
    byEnd.sort((a, b) -> Long.compare(a.doneUs, b.doneUs));
    for (Op op : ops) {
      if (op.id != 0 && !place.containsKey(op.id)) {
        throw new Violation(
            "AcknowledgedWriteIsKept",
            "shard " + shard + " has lost " + op.id + ", acknowledged at " + op.doneUs / 1000);
      }
      if (op.id == 0
          && !(op.seen.size() <= end.size() && end.subList(0, op.seen.size()).equals(op.seen))) {
        throw new Violation(
            "ReadTellsOfNothingLost",
            "a read of shard " + shard + " at " + op.startUs / 1000 + " saw what is not there");
      }
    }
    int last = -1;
    int next = 0;
    var byStart = new ArrayList<>(ops);
    byStart.sort((a, b) -> Long.compare(a.startUs, b.startUs));
    for (Op op : byStart) {
      while (next < byEnd.size() && byEnd.get(next).doneUs < op.startUs) {
        Op before = byEnd.get(next++);
        if (before.id != 0) last = Math.max(last, place.get(before.id));
      }
      if (op.id != 0 && place.get(op.id) < last) {
        throw new Violation("RealTimeOrder", "append " + op.id + " stands before an older one");
      }
      if (op.id == 0 && op.seen.size() <= last) stale++;
    }
  }
}
