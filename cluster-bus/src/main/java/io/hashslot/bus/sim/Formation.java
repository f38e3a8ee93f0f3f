package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How the machines of a topology become a cluster. */
final class Formation {
  private static final long MEETING_LIMIT_MS = 60_000;
  private static final Comparator<NodeRecord> BY_ID = Comparator.comparing(NodeRecord::id);

  private Formation() {}

  /** As an administrator does it. */
  static void byMeeting(SimCluster cluster) {
    Topology topology = cluster.topology();
    List<SimNode> nodes = cluster.nodes();
    nodes.forEach(SimNode::start);
    for (int p = 1; p <= topology.primaries(); p++) {
      SimNode node = cluster.node(topology.name(p, -1));
      SimCluster.expectOk(node.request(new ClusterRequest.SetConfigEpoch(p)));
      var slots = new int[topology.firstSlot(p + 1) - topology.firstSlot(p)];
      for (int i = 0; i < slots.length; i++) slots[i] = topology.firstSlot(p) + i;
      SimCluster.expectOk(node.request(new ClusterRequest.AddSlots(slots)));
    }
    String first = topology.name(1, -1);
    for (SimNode node : nodes) {
      if (!node.name().equals(first)) cluster.meet(first, node.name());
    }
    cluster.waitUntil("all know all", MEETING_LIMIT_MS, () -> allKnowAll(nodes));
    for (int p = 1; p <= topology.primaries(); p++) {
      for (int r = 0; r < topology.replicasEach(); r++) {
        cluster.replicate(topology.name(p, r), topology.name(p, -1));
      }
    }
    cluster.waitUntil(
        "converged after creation", MEETING_LIMIT_MS, () -> cluster.disagreement() == null);
    cluster.passesTimeouts(1);
  }

  private static boolean allKnowAll(List<SimNode> nodes) {
    for (SimNode node : nodes) {
      List<NodeView> known = node.view().nodes();
      if (known.size() != nodes.size()) return false;
      for (NodeView other : known) {
        if (other.inHandshake()) return false;
      }
    }
    return true;
  }

  /** As if all had been stopped and started again. */
  static void byFiles(SimCluster cluster, RandomGenerator random) {
    Map<Integer, NodeRecord> primaries = new HashMap<>();
    var records = new ArrayList<NodeRecord>();
    for (Machine machine : cluster.machines()) {
      if (!machine.primary()) continue;
      NodeId id = NodeId.random(random);
      SimNode node = cluster.node(machine.name());
      primaries.put(
          machine.shard(),
          record(node, id, NodeId.random(random), null, machine.shard(), machine.slots()));
    }
    for (Machine machine : cluster.machines()) {
      NodeRecord primary = primaries.get(machine.shard());
      if (primary == null) throw new IllegalArgumentException("no primary for " + machine);
      NodeId id = NodeId.random(random);
      SimNode node = cluster.node(machine.name());
      records.add(
          machine.primary()
              ? primary
              : record(node, id, primary.shard(), primary.id(), machine.shard(), machine.slots()));
    }
    var shared = new ArrayList<NodeRecord>(records);
    shared.sort(BY_ID);
    for (int i = 0; i < records.size(); i++) {
      var known = new ArrayList<NodeRecord>(shared);
      NodeRecord mine = records.get(i);
      known.set(Collections.binarySearch(shared, mine, BY_ID), myself(mine));
      SimNode node = cluster.node(cluster.machines().get(i).name());
      node.prepare(new DurableState(primaries.size(), 0, known));
    }
    cluster.nodes().forEach(SimNode::start);
  }

  private static NodeRecord record(
      SimNode node,
      NodeId id,
      @Nullable NodeId shard,
      @Nullable NodeId primary,
      long epoch,
      SlotSet slots) {
    int flags = primary == null ? NodeFlags.PRIMARY | NodeFlags.MIGRATE_TO : NodeFlags.REPLICA;
    return new NodeRecord(
        id,
        node.host(),
        SimNode.PORT,
        0,
        SimNode.BUS_PORT,
        "",
        "",
        "",
        "",
        shard,
        flags,
        primary,
        0,
        0,
        epoch,
        false,
        slots,
        Map.of(),
        Map.of());
  }

  private static NodeRecord myself(NodeRecord record) {
    return new NodeRecord(
        record.id(),
        record.ip(),
        record.port(),
        record.tlsPort(),
        record.busPort(),
        record.hostname(),
        record.nodename(),
        record.clientIpv4(),
        record.clientIpv6(),
        record.shard(),
        record.flags() | NodeFlags.MYSELF,
        record.primary(),
        record.pingSentWallMs(),
        record.pongReceivedWallMs(),
        record.configEpoch(),
        record.linkUp(),
        record.slots(),
        record.migrating(),
        record.importing());
  }
}
