package io.hashslot.bus.core;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** From beliefs to what survives a restart, and back. */
final class Durability {
  private Durability() {}

  /** What must survive, now. Records in handshake do not. */
  static DurableState snapshot(Cluster cluster) {
    var records = new ArrayList<NodeRecord>(cluster.nodes.size());
    for (Node node : cluster.nodes) {
      if (!node.inHandshake()) records.add(record(cluster, node));
    }
    return new DurableState(cluster.currentEpoch, cluster.lastVoteEpoch, records);
  }

  private static NodeRecord record(Cluster cluster, Node node) {
    Address address = node.address;
    Names names = node.names;
    boolean self = node.isMyself();
    boolean open = self && cluster.slots.anyOpen();
    return new NodeRecord(
        node.id,
        address.ip(),
        address.port(),
        address.tlsPort(),
        address.busPort(),
        names.hostname(),
        names.nodename(),
        names.clientIpv4(),
        names.clientIpv6(),
        node.shard,
        node.flags,
        node.primary == null ? null : node.primary.id,
        cluster.wallMs(node.pingSentAtMs),
        cluster.wallMs(node.pongReceivedAtMs),
        node.claimEpoch(),
        self || node.outbound != null,
        node.frozenSlots(),
        open ? marks(cluster.slots, cluster.slots::migratingTo) : Map.of(),
        open ? marks(cluster.slots, cluster.slots::importingFrom) : Map.of());
  }

  private static Map<Integer, NodeId> marks(SlotOwners slots, IntFunction<@Nullable Node> of) {
    var marks = new TreeMap<Integer, NodeId>();
    for (int slot = slots.nextOpen(0); slot >= 0; slot = slots.nextOpen(slot + 1)) {
      Node node = of.apply(slot);
      if (node != null) marks.put(slot, node.id);
    }
    return marks;
  }

  /**
   * Beliefs of an earlier life. Pings and pongs of then count as of now, failures, too.
   *
   * @throws IllegalArgumentException if not exactly one record is mine
   */
  static Cluster restore(
      ClusterConfig config, RandomGenerator random, DurableState state, Moment at) {
    NodeRecord mine = myRecord(state);
    Cluster cluster = new Cluster(config, random, node(mine, random, at), at);
    for (NodeRecord record : state.nodes()) {
      if (record != mine) cluster.nodes.add(node(record, random, at));
    }
    cluster.currentEpoch = state.currentEpoch();
    cluster.lastVoteEpoch = state.lastVoteEpoch();
    for (NodeRecord record : state.nodes()) relate(cluster, record);
    for (Node node : cluster.nodes) {
      cluster.currentEpoch = Math.max(cluster.currentEpoch, node.configEpoch);
    }
    return cluster;
  }

  private static NodeRecord myRecord(DurableState state) {
    NodeRecord mine = null;
    for (NodeRecord record : state.nodes()) {
      if ((record.flags() & NodeFlags.MYSELF) == 0) continue;
      if (mine != null) throw new IllegalArgumentException("two nodes are myself");
      mine = record;
    }
    if (mine == null) throw new IllegalArgumentException("no node is myself");
    return mine;
  }

  private static Node node(NodeRecord record, RandomGenerator random, Moment at) {
    NodeId shard = record.shard();
    var node =
        new Node(
            record.id(),
            shard == null ? NodeId.random(random) : shard,
            record.flags(),
            at.monotonicMs());
    node.address = new Address(record.ip(), record.port(), record.tlsPort(), record.busPort());
    node.names =
        new Names(
            record.hostname(), record.nodename(), record.clientIpv4(), record.clientIpv6(), "");
    node.configEpoch = record.configEpoch();
    if (record.pingSentWallMs() != 0) node.pingSentAtMs = at.monotonicMs();
    if (record.pongReceivedWallMs() != 0) node.pongReceivedAtMs = at.monotonicMs();
    if (node.failed()) node.failedAtMs = at.monotonicMs();
    return node;
  }

  private static void relate(Cluster cluster, NodeRecord record) {
    Node node = cluster.nodes.find(record.id());
    if (node == null) return;
    Node primary = record.primary() == null ? null : cluster.nodes.find(record.primary());
    if (primary != null && node.isReplica()) {
      Nodes.attach(node, primary);
      // The column shows the primary's epoch; a replica stands behind no claim of its own.
      node.configEpoch = 0;
      if (record.shard() == null) node.shard = primary.shard;
    }
    record.slots().forEach(slot -> cluster.slots.assign(slot, node, false));
    node.shareSlots(record.slots());
    record
        .migrating()
        .forEach((slot, id) -> cluster.slots.setMigratingTo(slot, cluster.nodes.find(id)));
    record
        .importing()
        .forEach((slot, id) -> cluster.slots.setImportingFrom(slot, cluster.nodes.find(id)));
  }
}
