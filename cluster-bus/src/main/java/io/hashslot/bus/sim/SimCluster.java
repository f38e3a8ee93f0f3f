package io.hashslot.bus.sim;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.EventQueue;
import io.hashslot.sim.Seeds;
import io.hashslot.sim.SimNetwork;
import io.hashslot.sim.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cluster and the language to tell its stories: real cores exchange real frames on
 * virtual time. Nothing happens by itself: time passes in {@link #passesMs} and its like.
 *
 * <p>Thousands of machines fit into one process if they are neither checked nor told of.
 */
public final class SimCluster {
  private static final long STEP_MS = 100;

  private final EventQueue queue = new EventQueue();
  private final Topology topology;
  private final List<Machine> machines;
  private final boolean checked;
  private final SimReplication.Factory replications;
  private final Transcript transcript;
  private final SimNetwork network;
  private final SplittableGenerator random;
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final Map<NodeId, SimNode> byId = new HashMap<>();
  private final Map<String, SimNode> byHost = new HashMap<>();
  private final Ballots ballots = new Ballots();
  private final List<Invariant> invariants;
  private int era;
  private final BusFrame sent = new BusFrame();
  private final BusFrame arrived = new BusFrame();
  private @Nullable Consumer<byte[]> tap;

  private SimCluster(
      Topology topology,
      List<Machine> machines,
      long seed,
      boolean checked,
      boolean told,
      SimReplication.Factory replications) {
    this.topology = topology;
    this.replications = replications;
    this.checked = checked;
    transcript = new Transcript(queue, !told);
    invariants = new ArrayList<>(checked ? Invariants.all(ballots) : List.of());
    random = Seeds.generator(seed);
    network = new SimNetwork(queue, random.split());
    this.machines = List.copyOf(machines);
    for (Machine machine : machines) add(machine.name(), machine.zone());
  }

  /**
   * Machines that were never started.
   *
   * @param checked whether the {@link Invariants} are checked at every event, and what is saved
   *     goes through the text of nodes.conf
   * @param told whether there is a transcript
   */
  public static SimCluster of(Topology topology, long seed, boolean checked, boolean told) {
    return new SimCluster(topology, topology.machines(), seed, checked, told, SimReplication::new);
  }

  /**
   * Machines of shards that are not alike; neither checked nor told of, to be started by {@link
   * #startFormed}.
   *
   * @param machines each shard has one primary among them
   * @param nodeTimeoutMs {@code cluster-node-timeout} in milliseconds
   */
  public static SimCluster of(List<Machine> machines, long nodeTimeoutMs, long seed) {
    int shards = (int) machines.stream().filter(Machine::primary).count();
    List<String> zones = machines.stream().map(Machine::zone).distinct().toList();
    var topology = new Topology(shards, 0, zones, nodeTimeoutMs);
    return new SimCluster(topology, machines, seed, false, false, SimReplication::new);
  }

  /** Checked and told of, with another kind of replication, which has rules of its own. */
  static SimCluster of(Topology topology, long seed, SimReplication.Factory replications) {
    return new SimCluster(topology, topology.machines(), seed, true, true, replications);
  }

  /** Machines that were never started, checked and told of. */
  public static SimCluster of(int primaries, int replicasEach, long seed) {
    return of(Topology.of(primaries, replicasEach), seed, true, true);
  }

  /** A cluster that serves all slots, with all replicas in place. */
  public static SimCluster started(int primaries, int replicasEach, long seed) {
    SimCluster cluster = of(primaries, replicasEach, seed);
    cluster.form();
    return cluster;
  }

  private SimNode add(String name, String zone) {
    int number = nodes.size() + 1;
    String host = "10." + (number >>> 16) + "." + (number >>> 8 & 255) + "." + (number & 255);
    var node = new SimNode(this, name, zone, host, random.split());
    nodes.put(name, node);
    return node;
  }

  /** Adds and starts a machine that knows nobody. */
  public SimNode newcomer(String name) {
    SimNode node = add(name, topology.zones().getFirst());
    node.start();
    return node;
  }

  /** The same at the address of another machine, which must be down. */
  SimNode newcomerAt(String name, String host) {
    SimNode node = add(name, topology.zones().getFirst());
    node.moveTo(host);
    node.start();
    return node;
  }

  // --- making a cluster

  /** Makes one cluster of all machines as an administrator does: with MEET, slots, REPLICATE. */
  public void form() {
    Formation.byMeeting(this);
  }

  /** Starts all machines with the files of a cluster that was stopped: nobody has to meet. */
  public void startFormed() {
    Formation.byFiles(this, random.split());
  }

  /** Makes one know the other. */
  public SimCluster meet(String who, String whom) {
    expectOk(node(who).request(new ClusterRequest.Meet(node(whom).host(), SimNode.PORT, 0)));
    return this;
  }

  /** Makes one the replica of the other. */
  public void replicate(String replica, String primary) {
    expectOk(node(replica).request(new ClusterRequest.Replicate(node(primary).id().text())));
  }

  // --- what happens

  /** What it was made of. */
  public Topology topology() {
    return topology;
  }

  /** What there was in the beginning. */
  List<Machine> machines() {
    return machines;
  }

  /** Virtual time. */
  public EventQueue queue() {
    return queue;
  }

  /** The network, for faults of connections. */
  public SimNetwork network() {
    return network;
  }

  /** The story. */
  public Transcript transcript() {
    return transcript;
  }

  SimReplication replicationOf(SimNode node) {
    return replications.of(node, this);
  }

  boolean checked() {
    return checked;
  }

  /** Checks one more thing from now on. */
  public void check(Invariant invariant) {
    invariants.add(invariant);
  }

  /** What was voted for. */
  Ballots ballots() {
    return ballots;
  }

  /** The machine of that name. */
  public SimNode node(String name) {
    SimNode node = nodes.get(name);
    if (node == null) throw new IllegalArgumentException("no node " + name);
    return node;
  }

  /** The machine of that name, null if there is none. */
  public @Nullable SimNode nodeOrNull(String name) {
    return nodes.get(name);
  }

  /** All machines. */
  public List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** How many machines there are. */
  public int size() {
    return nodes.size();
  }

  /** The machines of a zone. */
  public List<SimNode> zone(String zone) {
    return nodes.values().stream().filter(node -> node.zone().equals(zone)).toList();
  }

  /** The running machine with that id, null if there is none. */
  public @Nullable SimNode find(NodeId id) {
    SimNode node = byId.get(id);
    return node != null && node.running() && node.id().equals(id) ? node : null;
  }

  String nameOf(NodeId id) {
    SimNode node = find(id);
    return node == null ? id.brief() : node.name();
  }

  /** A process dies, its peers see their connections close. */
  public SimCluster crash(String name) {
    node(name).crash(true);
    return this;
  }

  /** A machine dies, nobody is told. */
  public SimCluster powerOff(String name) {
    node(name).crash(false);
    return this;
  }

  /** A machine that is down starts again. */
  public SimCluster restart(String name) {
    node(name).start();
    return this;
  }

  /** Nobody hears of these, and they hear of nobody else; among themselves they do. */
  public SimCluster isolate(String... names) {
    List<String> inside = List.of(names);
    transcript.tell("net", "splits off " + inside);
    for (SimNode one : nodes.values()) {
      for (SimNode other : nodes.values()) {
        if (inside.contains(one.name()) != inside.contains(other.name())) {
          network.cut(one.host(), other.host());
        }
      }
    }
    return this;
  }

  /** Two machines do not hear each other any more, or do again. */
  void cut(SimNode one, SimNode other, boolean on) {
    if (on) {
      network.cut(one.host(), other.host());
      network.cut(other.host(), one.host());
    } else {
      network.mend(one.host(), other.host());
      network.mend(other.host(), one.host());
    }
  }

  /** Plans a part of a fault or a work; it is dropped if all is repaired before. */
  void later(long delayUs, Runnable action) {
    int now = era;
    queue.after(
        delayUs,
        () -> {
          if (now == era) action.run();
        });
  }

  /** Everything is made good: connections, processes, what was planned. */
  public void repair() {
    era++;
    heal();
    for (SimNode node : nodes.values()) {
      node.crashAfterEffects(-1);
      node.driftClock(0);
      node.resume();
      node.start();
    }
  }

  /** All connections work again. */
  public SimCluster heal() {
    transcript.tell("net", "heals");
    network.heal();
    return this;
  }

  /** A client writes so many bytes to this one, unless it may not. */
  public SimCluster write(String name, int bytes) {
    node(name).write(bytes);
    return this;
  }

  /** Everything happens that happens in this time. */
  public SimCluster passesMs(long ms) {
    queue.runFor(ms * 1000);
    return this;
  }

  /** The same in node timeouts. */
  public SimCluster passesTimeouts(int timeouts) {
    return passesMs(timeouts * topology.nodeTimeoutMs());
  }

  // --- what is expected

  /** Something to wait for. */
  public interface Condition {
    /** Whether it is so now. */
    boolean holds();
  }

  /**
   * Lets time pass until the condition holds.
   *
   * @throws Violation if it does not for so long
   */
  public SimCluster waitUntil(String what, long limitMs, Condition condition) {
    for (long waited = 0; waited <= limitMs; waited += STEP_MS) {
      if (condition.holds()) return this;
      passesMs(STEP_MS);
    }
    throw new Violation(what, "not within " + limitMs + " ms\n" + picture());
  }

  /** All that run must see the slot at this primary. */
  public SimCluster expectPrimary(String name, int slot) {
    SimNode node = node(name);
    for (SimNode observer : nodes.values()) {
      if (!observer.running()) continue;
      NodeView owner = observer.view().owner(slot);
      if (owner != null && owner.id().equals(node.id()) && owner.isPrimary()) continue;
      String where = owner == null ? "nobody" : nameOf(owner.id());
      throw new Violation(
          "expected owner", observer + " sees slot " + slot + " at " + where + ", not at " + name);
    }
    return this;
  }

  /** The host of this replica must follow that primary. */
  public SimCluster expectReplica(String name, String primary) {
    NodeId following = node(name).following();
    if (following != null && following.equals(node(primary).id())) return this;
    String whom = following == null ? "nobody" : nameOf(following);
    throw new Violation("expected primary", name + " follows " + whom + ", not " + primary);
  }

  /** The cluster becomes whole within a minute. */
  public SimCluster converges() {
    String[] last = new String[1];
    try {
      return waitUntil("all agree", 60_000, () -> (last[0] = disagreement()) == null);
    } catch (Violation violation) {
      throw new Violation(violation.rule(), last[0] + ": " + violation.getMessage());
    }
  }

  /** What keeps the cluster from being whole; null if nothing does. */
  public @Nullable String disagreement() {
    return Wholeness.disagreement(this);
  }

  Answer request(String name, ClusterRequest request) {
    return node(name).request(request);
  }

  static void expectOk(Answer answer) {
    if (!answer.equals(Answer.OK)) throw new Violation("expected OK", "answer is " + answer);
  }

  /** Hands on all frames that are sent from now on. */
  void tap(Consumer<byte[]> tap) {
    this.tap = tap;
  }

  // --- called by the nodes

  void onStart(SimNode node) {
    byHost.put(node.host(), node);
  }

  void onName(SimNode node, NodeId id) {
    if (byId.get(id) != node) byId.put(id, node);
  }

  void afterEvent(SimNode node) {
    for (int i = 0; i < invariants.size(); i++) invariants.get(i).afterEvent(node);
  }

  void onRequest(SimNode node, ClusterRequest request) {
    for (int i = 0; i < invariants.size(); i++) invariants.get(i).onRequest(node, request);
  }

  void onSend(SimNode node, @Nullable String toHost, DirectBuffer frame) {
    if (tap != null) tap.accept(SimDriver.bytes(frame).clone());
    if (invariants.isEmpty()) return;
    SimNode to = toHost == null ? null : byHost.get(toHost);
    var fault = sent.wrap(frame, 0, frame.capacity());
    if (fault != null) {
      throw new Violation("SoundFrames", node + " sent a bad frame: " + fault.reason());
    }
    for (int i = 0; i < invariants.size(); i++) invariants.get(i).onSend(node, to, sent);
  }

  void onArrival(SimNode node, DirectBuffer frame) {
    if (invariants.isEmpty() || arrived.wrap(frame, 0, frame.capacity()) != null) return;
    for (int i = 0; i < invariants.size(); i++) invariants.get(i).onArrival(node, arrived);
  }

  void onPromoted(SimNode node) {
    for (Invariant invariant : invariants) invariant.onPromoted(node);
  }

  /** All nodes, one line each. */
  public String picture() {
    var lines = new ArrayList<String>();
    for (SimNode node : nodes.values()) lines.add(node.picture());
    return String.join("\n", lines);
  }
}
