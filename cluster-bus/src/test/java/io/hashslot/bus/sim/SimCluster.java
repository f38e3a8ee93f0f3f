package io.hashslot.bus.sim;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.EventQueue;
import io.hashslot.sim.Seeds;
import io.hashslot.sim.SimNetwork;
import io.hashslot.sim.Transcript;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cluster and the language to tell its stories. Primaries are called {@code p1, p2, …},
 * their replicas {@code r1a, r1b, r2a, …}; names stay with the machines when roles change.
 */
final class SimCluster {
  static final long NODE_TIMEOUT_MS = 2_000;
  private static final int CLIENT_PORT = 6_379;
  private static final long STEP_MS = 100;

  final EventQueue queue = new EventQueue();
  final Transcript transcript = new Transcript(queue);
  final SimNetwork network;
  private final SplittableGenerator random;
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final List<Invariant> invariants = Invariants.all();
  private final int primaries;
  private Consumer<byte[]> tap = _ -> {};

  private SimCluster(long seed, int primaries, int replicasEach) {
    random = Seeds.generator(seed);
    network = new SimNetwork(queue, random.split());
    this.primaries = primaries;
    for (int p = 1; p <= primaries; p++) add("p" + p);
    for (int p = 1; p <= primaries; p++) {
      for (int r = 0; r < replicasEach; r++) add("r" + p + (char) ('a' + r));
    }
  }

  /** Machines that were never started. */
  static SimCluster of(int primaries, int replicasEach, long seed) {
    return new SimCluster(seed, primaries, replicasEach);
  }

  /** A cluster that serves all slots, with all replicas in place. */
  static SimCluster started(int primaries, int replicasEach, long seed) {
    SimCluster cluster = of(primaries, replicasEach, seed);
    cluster.form();
    return cluster;
  }

  private void add(String name) {
    nodes.put(name, new SimNode(this, name, nodes.size() + 1, random.split()));
  }

  /** Adds and starts a machine that knows nobody. */
  SimNode newcomer(String name) {
    add(name);
    node(name).start();
    return node(name);
  }

  /** The same at the address of another machine, which must be down. */
  SimNode newcomerAt(String name, String host) {
    add(name);
    node(name).moveTo(host);
    node(name).start();
    return node(name);
  }

  // --- making a cluster

  void form() {
    nodes.values().forEach(SimNode::start);
    for (int p = 1; p <= primaries; p++) {
      SimNode node = node("p" + p);
      expectOk(node.request(new ClusterRequest.SetConfigEpoch(p)));
      int first = (p - 1) * Slots.COUNT / primaries;
      int end = p * Slots.COUNT / primaries;
      var slots = new int[end - first];
      for (int i = 0; i < slots.length; i++) slots[i] = first + i;
      expectOk(node.request(new ClusterRequest.AddSlots(slots)));
    }
    for (SimNode node : nodes.values()) {
      if (!node.name.equals("p1")) meet("p1", node.name);
    }
    waitUntil("all know all", 20_000, this::allKnowAll);
    for (SimNode node : nodes.values()) {
      if (node.name.startsWith("r")) {
        replicate(node.name, "p" + node.name.substring(1, node.name.length() - 1));
      }
    }
    waitUntil("converged after creation", 20_000, () -> disagreement() == null);
    passesMs(SimCluster.NODE_TIMEOUT_MS);
  }

  SimCluster meet(String who, String whom) {
    expectOk(node(who).request(new ClusterRequest.Meet(node(whom).host, CLIENT_PORT, 0)));
    return this;
  }

  void replicate(String replica, String primary) {
    expectOk(node(replica).request(new ClusterRequest.Replicate(node(primary).id().text())));
  }

  private boolean allKnowAll() {
    for (SimNode node : nodes.values()) {
      if (node.view().nodes().size() != nodes.size()) return false;
      for (NodeView known : node.view().nodes()) {
        if (known.inHandshake()) return false;
      }
    }
    return true;
  }

  // --- what happens

  SimNode node(String name) {
    SimNode node = nodes.get(name);
    if (node == null) throw new AssertionError("no node " + name);
    return node;
  }

  List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  @Nullable SimNode find(NodeId id) {
    for (SimNode node : nodes.values()) {
      if (node.running() && node.id().equals(id)) return node;
    }
    return null;
  }

  String nameOf(NodeId id) {
    SimNode node = find(id);
    return node == null ? id.brief() : node.name;
  }

  SimCluster crash(String name) {
    node(name).crash(true);
    return this;
  }

  SimCluster powerOff(String name) {
    node(name).crash(false);
    return this;
  }

  SimCluster restart(String name) {
    node(name).start();
    return this;
  }

  /** Nobody hears of these, and they hear of nobody else; among themselves they do. */
  SimCluster isolate(String... names) {
    List<String> inside = List.of(names);
    transcript.tell("net", "splits off " + inside);
    for (SimNode one : nodes.values()) {
      for (SimNode other : nodes.values()) {
        if (inside.contains(one.name) != inside.contains(other.name)) {
          network.cut(one.host, other.host);
        }
      }
    }
    return this;
  }

  SimCluster heal() {
    transcript.tell("net", "heals");
    network.heal();
    return this;
  }

  SimCluster write(String name, int bytes) {
    node(name).write(bytes);
    return this;
  }

  SimCluster passesMs(long ms) {
    queue.runFor(ms * 1000);
    return this;
  }

  SimCluster passesTimeouts(int timeouts) {
    return passesMs(timeouts * NODE_TIMEOUT_MS);
  }

  // --- what is expected

  interface Condition {
    boolean holds();
  }

  SimCluster waitUntil(String what, long limitMs, Condition condition) {
    for (long waited = 0; waited <= limitMs; waited += STEP_MS) {
      if (condition.holds()) return this;
      passesMs(STEP_MS);
    }
    throw new AssertionError("not within " + limitMs + " ms: " + what + "\n" + picture());
  }

  SimCluster expectPrimary(String name, int slot) {
    SimNode node = node(name);
    for (SimNode observer : nodes.values()) {
      if (!observer.running()) continue;
      NodeView owner = observer.view().owner(slot);
      Invariant.expect(
          owner != null && owner.id().equals(node.id()) && owner.isPrimary(),
          "%s sees slot %d at %s, not at %s",
          observer.name,
          slot,
          owner == null ? null : nameOf(owner.id()),
          name);
    }
    return this;
  }

  SimCluster expectReplica(String name, String primary) {
    NodeId following = node(name).following();
    Invariant.expect(
        following != null && following.equals(node(primary).id()),
        "%s follows %s, not %s",
        name,
        following == null ? null : nameOf(following),
        primary);
    return this;
  }

  SimCluster converges() {
    waitUntil("all agree", 60_000, () -> disagreement() == null);
    return this;
  }

  /** What keeps the cluster from being whole; null if nothing does. */
  @Nullable String disagreement() {
    SimNode first = null;
    for (SimNode node : nodes.values()) {
      if (!node.running()) continue;
      String trouble = trouble(node);
      if (trouble != null) return node.name + ": " + trouble;
      if (first == null) first = node;
      for (int slot = 0; slot < Slots.COUNT; slot++) {
        NodeView one = first.view().owner(slot);
        NodeView other = node.view().owner(slot);
        if (one == null || other == null || !one.id().equals(other.id())) {
          return first.name + " and " + node.name + " disagree about slot " + slot;
        }
      }
    }
    return null;
  }

  private @Nullable String trouble(SimNode node) {
    ClusterView view = node.view();
    if (!view.health().ok()) return "state " + view.health();
    for (SimNode other : nodes.values()) {
      if (!other.running()) continue;
      NodeView known = view.node(other.id().text());
      if (known == null) return "does not know " + other.name;
      if (known.failed() || known.suspected()) return "thinks that " + other.name + " failed";
      if (known.isPrimary() != other.isPrimary()) return "mistakes the role of " + other.name;
    }
    NodeView self = view.self();
    if (self.isPrimary()) return null;
    NodeView primary = view.myPrimary();
    if (primary == null || !primary.isPrimary()) return "has no primary";
    if (!primary.id().equals(node.following())) return "follows another one";
    return null;
  }

  Answer request(String name, ClusterRequest request) {
    return node(name).request(request);
  }

  static void expectOk(Answer answer) {
    Invariant.expect(answer.equals(Answer.OK), "answer is %s", answer);
  }

  /** Hands on all frames that are sent from now on. */
  void tap(Consumer<byte[]> tap) {
    this.tap = tap;
  }

  // --- called by the nodes

  void check(SimNode node) {
    for (Invariant invariant : invariants) invariant.afterEvent(node);
  }

  void onSend(SimNode node, byte[] bytes) {
    tap.accept(bytes);
    BusFrame frame = SimNode.decode(bytes);
    for (Invariant invariant : invariants) invariant.onSend(node, frame);
  }

  void onPromoted(SimNode node) {
    for (Invariant invariant : invariants) invariant.onPromoted(node);
  }

  /** All nodes, one line each. */
  String picture() {
    var lines = new ArrayList<String>();
    for (SimNode node : nodes.values()) lines.add(node.picture());
    return String.join("\n", lines);
  }
}
