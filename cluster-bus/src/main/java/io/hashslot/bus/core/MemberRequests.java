package io.hashslot.bus.core;

import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Requests about members, roles and epochs. Texts are those of Valkey 8.0.1, checked against the
 * running server.
 */
final class MemberRequests {
  private static final int MAX_PORT = 65_535;
  private static final int BUS_PORT_OFFSET = 10_000;

  private final Cluster cluster;
  private final Outbox outbox;
  private final Epochs epochs;
  private final Roles roles;
  private final ManualFailover manualFailover;
  private final ReplicaElection election;

  MemberRequests(
      Cluster cluster,
      Outbox outbox,
      Epochs epochs,
      Roles roles,
      ManualFailover manualFailover,
      ReplicaElection election) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.epochs = epochs;
    this.roles = roles;
    this.manualFailover = manualFailover;
    this.election = election;
  }

  Answer meet(ClusterRequest.Meet meet) {
    long busPort = meet.busPort() == 0 ? meet.port() + BUS_PORT_OFFSET : meet.busPort();
    if (!IpLiteral.isAddress(meet.ip()) || !isPort(meet.port()) || !isPort(busPort)) {
      return Answer.error("Invalid node address specified: " + meet.ip() + ":" + meet.port());
    }
    int port = (int) meet.port();
    boolean tls = cluster.config.tls();
    String ip = IpLiteral.normal(meet.ip());
    Address address = Address.ofBus(ip, port, 0, (int) busPort, tls);
    for (Node node : cluster.nodes) {
      if (node.inHandshake() && sameEnd(node.address, address)) return Answer.OK;
    }
    cluster.connect(cluster.newHandshake(address, NodeFlags.MEET));
    cluster.publish();
    return Answer.OK;
  }

  private boolean sameEnd(Address one, Address other) {
    boolean tls = cluster.config.tls();
    return one.ip().equals(other.ip())
        && one.defaultPort(tls) == other.defaultPort(tls)
        && one.busPort() == other.busPort();
  }

  private static boolean isPort(long port) {
    return port >= 1 && port <= MAX_PORT;
  }

  Answer forget(String id) {
    Node node = cluster.nodes.find(id);
    if (node == null) {
      boolean banned = NodeId.isValid(id) && cluster.nodes.banned(new NodeId(id), cluster.nowMs());
      return banned ? Answer.OK : unknown(id);
    }
    if (node.isMyself()) return Answer.error("I tried hard but I can't forget myself...");
    if (node == cluster.self.primary) return Answer.error("Can't forget my master!");
    cluster.nodes.ban(node.id, cluster.nowMs() + cluster.config.blacklistTtlS() * 1000L);
    manualFailover.forget(node);
    cluster.remove(node);
    cluster.save();
    cluster.judge();
    return Answer.OK;
  }

  Answer replicate(String id) {
    Node node = cluster.nodes.find(id);
    Node self = cluster.self;
    if (node == null) return unknown(id);
    if (node.isMyself()) return Answer.error("Can't replicate myself");
    if (node.isReplica()) return Answer.error("I can only replicate a master, not a replica.");
    if (self.primary == node) return Answer.OK;
    if (self.isPrimary() && (self.slotCount > 0 || cluster.host().holdsKeys())) {
      return Answer.error("To set a master the node must be empty and without assigned slots.");
    }
    roles.follow(node, true, node.sameShard(self));
    outbox.pongToAll();
    return Answer.OK;
  }

  Answer failover(FailoverMode mode) {
    Node self = cluster.self;
    if (self.isPrimary()) {
      return Answer.error("You should send CLUSTER FAILOVER to a replica");
    }
    Node primary = self.primary;
    if (primary == null) {
      return Answer.error("I'm a replica but my master is unknown to me");
    }
    switch (mode) {
      case COOPERATIVE -> {
        Link link = primary.outbound;
        if (primary.failed() || link == null) {
          return Answer.error("Master is down or failed, please use CLUSTER FAILOVER FORCE");
        }
        manualFailover.start(link);
      }
      case FORCE -> {
        manualFailover.startForced();
        election.step();
      }
      case TAKEOVER -> {
        manualFailover.startForced();
        epochs.bump();
        election.takeOver(primary);
      }
    }
    return Answer.OK;
  }

  Answer setConfigEpoch(long epoch) {
    if (epoch < 0) return Answer.error("Invalid config epoch specified: " + epoch);
    if (cluster.nodes.size() > 1) {
      return Answer.error(
          "The user can assign a config epoch only when the node does not know any other node.");
    }
    if (cluster.self.configEpoch != 0) {
      return Answer.error("Node config epoch is already non-zero");
    }
    cluster.self.configEpoch = epoch;
    cluster.currentEpoch = Math.max(cluster.currentEpoch, epoch);
    cluster.saveSynced();
    cluster.judge();
    return Answer.OK;
  }

  Answer bumpEpoch() {
    boolean bumped = epochs.bump();
    return new Answer.Simple((bumped ? "BUMPED " : "STILL ") + cluster.self.configEpoch);
  }

  Answer countFailureReports(String id, FailureDetector detector) {
    Node node = cluster.nodes.find(id);
    return node == null ? unknown(id) : new Answer.Number(detector.validReports(node));
  }

  Answer reset(boolean hard) {
    Node self = cluster.self;
    if (self.isPrimary() && cluster.host().holdsKeys()) {
      return Answer.error("CLUSTER RESET can't be called with master nodes containing keys");
    }
    cluster.slots.watchLeaving(cluster.myPrimaryOrMe());
    if (self.isReplica()) {
      roles.standAlone();
      cluster.emit(new Effect.FlushData());
    }
    cluster.slots.closeAll();
    manualFailover.reset();
    cluster.campaign.reset();
    for (Node node : cluster.nodes.copy()) {
      cluster.slots.releaseAll(node);
      if (!node.isMyself()) cluster.remove(node);
    }
    cluster.nodes.clearBans();
    if (hard) forgetMyself();
    cluster.saveSynced();
    cluster.judge();
    return Answer.OK;
  }

  private void forgetMyself() {
    cluster.currentEpoch = 0;
    cluster.lastVoteEpoch = 0;
    cluster.self.configEpoch = 0;
    cluster.self.shard = NodeId.random(cluster.random);
    cluster.rename(cluster.self, NodeId.random(cluster.random));
    cluster.notice("my name is " + cluster.self.id + " now");
  }

  static Answer unknown(@Nullable String id) {
    return Answer.error("Unknown node " + id);
  }
}
