package io.hashslot.bus.sim;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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

  /** As long as four attempts at an election may take. */
  private static final long WHOLE_MS = 60_000;

  /** A consent is good for a node timeout, and lasts for another half; clocks drift. */
  private static final long CONSENTS_OUTLIVE_US = 2_000_000 / 2 * 9 / 10;

  /** Slots are not moved: their new owner takes an epoch without asking, which wins in the end. */
  private static final List<Deed> MAY_HAPPEN =
      List.of(
          Fault.PAUSE,
          Fault.CLOCK,
          Fault.DRIFT,
          Fault.SLOW,
          Fault.ALIAS,
          Fault.DEAF,
          Fault.BREAK,
          Fault.FLAP,
          Fault.SPLIT,
          Fault.PARTITION,
          Fault.LOSSY,
          Fault.DELAY,
          Work.FAILOVER,
          Work.FORCE);

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
  private final Map<Integer, List<Op>> done = new HashMap<>();

  /** Members that lost their memory, or were replaced, since all had everything. */
  private final Map<Integer, Set<SimNode>> gone = new HashMap<>();

  private final int acks;
  private int ids;
  long acknowledged;
  long reads;
  long stale;
  long forgets;

  WriteHistory(long seed, int acks, LoggedReplication.Mutant mutant) {
    this.acks = acks;
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

  /** How many replicas acknowledge each write in the history of a seed. */
  static int acks(long seed) {
    return seed % 4 == 0 ? 2 : 1;
  }

  /** What goes wrong in the history of a seed; null if nothing does. */
  static @Nullable Violation violation(long seed, LoggedReplication.Mutant mutant) {
    return violation(seed, mutant, null);
  }

  /** The same if these steps happen, rather than what is drawn by chance; null: that. */
  static @Nullable Violation violation(
      long seed, LoggedReplication.Mutant mutant, @Nullable List<Step> steps) {
    try {
      var history = new WriteHistory(seed, steps == null ? acks(seed) : 1, mutant);
      if (steps == null) history.live();
      else history.follow(steps);
      return null;
    } catch (Violation violation) {
      return violation;
    }
  }

  SimCluster cluster() {
    return cluster;
  }

  /** The shard it was born in; the members never leave it. */
  static int shard(SimNode node) {
    return node.name().charAt(1) - '0';
  }

  static LoggedReplication of(SimNode node) {
    return (LoggedReplication) node.replication();
  }

  /** A successor reigns: what this one has is not asked for any more. */
  void replaced(SimNode primary, SimNode successor) {
    Set<SimNode> lost = gone.computeIfAbsent(shard(primary), _ -> new HashSet<>());
    lost.add(primary);
    lost.remove(successor);
  }

  /** Whether this member may lose its memory; if so, it does. */
  boolean mayForget(SimNode member) {
    Set<SimNode> lost = gone.computeIfAbsent(shard(member), _ -> new HashSet<>());
    if (isFull(shard(member))) lost.clear();
    if (lost.size() >= acks && !lost.contains(member)) return false;
    // Also one that does not serve just now: the others would follow it when it is back.
    if (member.isPrimary() && !isJoined(member, lost)) return false;
    // Who starts without its memory under a primary without one follows it, and may succeed it.
    if (lost.stream().anyMatch(one -> one != member && of(one).leadsAnew())) return false;
    if (member.isPrimary() && !areBack(lost, member)) return false;
    lost.add(member);
    forgets++;
    return true;
  }

  /** Whether everybody who still has what was acknowledged has been in step with this primary. */
  private boolean isJoined(SimNode leader, Set<SimNode> lost) {
    for (SimNode other : cluster.nodes()) {
      if (shard(other) != shard(leader) || other == leader || lost.contains(other)) continue;
      if (!other.running() || !of(other).isSoundReplicaOf(leader.id())) return false;
    }
    return true;
  }

  /** Whether those who lost their memory follow a primary again. */
  private static boolean areBack(Set<SimNode> lost, SimNode leader) {
    for (SimNode one : lost) {
      if (one == leader) continue;
      if (!one.running() || !of(one).isSoundReplicaOf(leader.id())) return false;
    }
    return true;
  }

  /** Whether all members have what was acknowledged, and their primary counts on all of them. */
  private boolean isFull(int shard) {
    List<LoggedReplication> members =
        cluster.nodes().stream()
            .filter(node -> shard(node) == shard && node.ready())
            .map(WriteHistory::of)
            .toList();
    var leaders = members.stream().filter(LoggedReplication::leads).toList();
    return members.size() == cluster.size() / 3
        && leaders.size() == 1
        && members.stream().allMatch(leaders.getFirst()::isFollowedBy);
  }

  // --- told by the primaries

  void safe(SimNode node, int position) {
    List<Op> waiting = held.getOrDefault(node, List.of());
    if (waiting.isEmpty()) return;
    boolean promised = !isReplacedForLong(node) && !hasTwin(node);
    for (Op op : List.copyOf(waiting)) {
      if (op.position > position) continue;
      waiting.remove(op);
      if (!promised) continue;
      op.doneUs = cluster.queue().nowUs();
      done.computeIfAbsent(shard(node), _ -> new ArrayList<>()).add(op);
      if (op.id == 0) reads++;
      else acknowledged++;
    }
  }

  /**
   * Whether it was replaced by hand, by one that it is cut off from, and the consents have ended.
   * With its own seat, which has another holder, it may see a majority, and acknowledges what is
   * lost: {@code docs/write-acks.md} says so.
   */
  private boolean isReplacedForLong(SimNode node) {
    long atUs = cluster.ballots().replacedAliveAtUs(node.id());
    return atUs >= 0 && cluster.queue().nowUs() - atUs > CONSENTS_OUTLIVE_US;
  }

  /**
   * Whether a sibling won the same epoch, which takes two of a shard that are told to take over at
   * once, and a seat that votes twice: {@code docs/write-acks.md} says so.
   */
  private boolean hasTwin(SimNode node) {
    NodeId twin = cluster.ballots().twin(node.id());
    SimNode other = twin == null ? null : cluster.find(twin);
    return other != null && shard(other) == shard(node);
  }

  void lost(SimNode node) {
    held.remove(node);
  }

  // --- the life

  void live() {
    begin();
    Mix mix = mix();
    cluster.transcript().tell("", "trouble begins: " + mix);
    long startMs = cluster.queue().nowMs();
    long endMs = cluster.queue().nowMs() + CHAOS_MS;
    while (cluster.queue().nowMs() < endMs) {
      Step step = mix.draw(cluster, cluster.queue().nowMs() - startMs, random);
      if (step != null) step.perform(cluster);
      cluster.passesMs(random.nextLong(2_500));
    }
    end();
  }

  /** Data of any age may stand here: so it is not that rule which keeps the writes. */
  private void follow(List<Step> steps) {
    for (SimNode node : cluster.nodes()) {
      node.configure(node.config().withReplicaValidityFactor(0));
    }
    begin();
    long startMs = cluster.queue().nowMs();
    for (Step step : steps) {
      cluster.passesMs(startMs + step.atMs() - cluster.queue().nowMs());
      step.perform(cluster);
    }
    cluster.passesMs(startMs + CHAOS_MS - cluster.queue().nowMs());
    end();
  }

  private void begin() {
    for (SimNode node : cluster.nodes()) {
      node.configure(node.config().withAllowReplicaMigration(false));
    }
    cluster.startFormed();
    cluster.converges();
    clients();
  }

  private void end() {
    cluster.repair();
    cluster.converges();
    cluster.passesMs(8_000);
    long latestMs = cluster.queue().nowMs() + WHOLE_MS;
    while (cluster.queue().nowMs() < latestMs && !allFollow()) cluster.passesMs(100);
    cluster.converges();
    for (int shard = 1; shard <= 3; shard++) check(shard);
  }

  private boolean allFollow() {
    for (SimNode node : cluster.nodes()) {
      if (!of(node).leads() && !of(node).inStep()) return false;
    }
    return true;
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

  /** About half of what may happen; some of it always aims at the weak spots. */
  private Mix mix() {
    var mix = new Mix().add(Fault.HEAL, 3);
    for (Deed deed : MAY_HAPPEN) {
      if (random.nextBoolean()) mix.add(deed, random.nextInt(1, 4));
    }
    for (WriteTrouble trouble : WriteTrouble.values()) {
      if (random.nextInt(3) > 0) mix.add(trouble, random.nextInt(1, 4));
    }
    return mix;
  }

  // --- the check

  private void check(int shard) {
    for (SimNode node : cluster.nodes()) {
      if (shard(node) != shard || !of(node).leads()) continue;
      check(shard, of(node).writes(), done.getOrDefault(shard, List.of()));
      return;
    }
    throw new Violation("ShardIsServed", "nobody serves shard " + shard);
  }

  private void check(int shard, List<Integer> end, List<Op> ops) {
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
