package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is primary and who replicates whom: changes of my own role, and what frames tell about the
 * roles of others.
 */
final class Roles {
  private final Cluster cluster;
  private final ManualFailover manualFailover;

  /** Whom the host was told to follow; null if nobody. */
  private @Nullable Node following;

  private Address followedAt = Address.UNKNOWN;

  Roles(Cluster cluster, ManualFailover manualFailover) {
    this.cluster = cluster;
    this.manualFailover = manualFailover;
  }

  /** Records that a node is a primary. Slots are not touched. */
  void markPrimary(Node node) {
    if (node.isPrimary()) return;
    if (node.primary != null) {
      Nodes.detach(node);
      if (!node.isMyself()) node.set(NodeFlags.MIGRATE_TO, true);
    }
    node.set(NodeFlags.REPLICA, false);
    node.set(NodeFlags.PRIMARY, true);
    cluster.save();
    cluster.judge();
  }

  /** I take the place of my primary: its slots are mine, whatever it thinks. */
  void replacePrimary(Node old) {
    SlotSet slots = old.slots.copy();
    markPrimary(cluster.self);
    following = null;
    cluster.emit(new Effect.Promote(cluster.nextViewVersion()));
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      cluster.assign(slot, cluster.self);
    }
    cluster.saveSynced();
    cluster.judge();
  }

  /** I become a primary of nothing (CLUSTER RESET). */
  void standAlone() {
    if (!cluster.self.isReplica()) return;
    markPrimary(cluster.self);
    following = null;
    cluster.emit(new Effect.Unfollow());
  }

  /**
   * I become the replica of a primary. I own no slots any more.
   *
   * @param closeSlots whether migrating and importing marks end with this; not if the shard merely
   *     changed its primary
   * @param partialAllowed whether the new primary's data may continue mine
   */
  void follow(Node primary, boolean closeSlots, boolean partialAllowed) {
    Node self = cluster.self;
    cluster.slots.watchLeaving(cluster.myPrimaryOrMe());
    if (self.isPrimary()) {
      self.set(NodeFlags.PRIMARY | NodeFlags.MIGRATE_TO, false);
      self.set(NodeFlags.REPLICA, true);
      cluster.emit(new Effect.Demote(cluster.nextViewVersion()));
    }
    if (closeSlots) cluster.slots.closeAll();
    Nodes.attach(self, primary);
    cluster.setShard(self, primary.shard);
    pointReplication(partialAllowed);
    manualFailover.reset();
    cluster.campaign.reset();
    cluster.notice("replicating " + primary + " from now on");
    cluster.saveSynced();
    cluster.judge();
  }

  /** Tells the host to follow my primary at its present address, if it does not yet. */
  void keepFollowing() {
    Node primary = cluster.self.primary;
    if (primary == null || !primary.address.known()) return;
    if (following != primary || !followedAt.equals(primary.address)) pointReplication(true);
  }

  private void pointReplication(boolean partialAllowed) {
    Node primary = cluster.self.primary;
    if (primary == null || !primary.address.known()) return;
    following = primary;
    followedAt = primary.address;
    Address at = primary.address;
    cluster.emit(new Effect.Follow(primary.id, at.ip(), at.port(), at.tlsPort(), partialAllowed));
  }

  /** If my primary turned into a replica of somebody else, I follow that one. */
  void leaveChain() {
    Node primary = cluster.self.primary;
    if (primary == null) return;
    Node grandPrimary = primary.primary;
    if (grandPrimary == null || grandPrimary.isMyself()) return;
    follow(grandPrimary, true, grandPrimary.sameShard(cluster.self));
  }

  /**
   * A frame says its sender is a replica.
   *
   * @param primary the one it names, null if I do not know it
   * @param headerEpoch the config epoch of that primary as the sender knows it
   */
  void onClaimsReplica(Node sender, @Nullable Node primary, long headerEpoch) {
    if (sender.isPrimary()) {
      if (isLate(sender, primary, headerEpoch)) return;
      becameReplica(sender, primary, headerEpoch);
    }
    if (primary == null || primary == sender || sender.primary == primary) return;
    Nodes.attach(sender, primary);
    cluster.save();
    leaveChain();
    cluster.setShard(sender, primary.shard);
  }

  /**
   * Whether a frame is older than what is known: two nodes have two connections, and what was sent
   * before an election may arrive after the claim of its winner. To believe it would send replicas
   * back to the primary that was replaced, and what they acknowledge to it is lost.
   */
  private boolean isLate(Node sender, @Nullable Node primary, long headerEpoch) {
    if (primary == null || !primary.sameShard(sender) || sender.configEpoch <= headerEpoch) {
      return false;
    }
    cluster.note(Effect.Level.DEBUG, "stale role of " + sender + " ignored");
    return true;
  }

  private void becameReplica(Node sender, @Nullable Node primary, long headerEpoch) {
    if (primary != null && primary.sameShard(sender)) {
      // A failover within the shard. The slots move when the new primary claims them itself; until
      // then the old record stands, so that no slot is without owner in between.
      if (!primary.isMyself()) {
        markPrimary(primary);
        // The sender may know less of it than I do.
        primary.configEpoch = Math.max(primary.configEpoch, headerEpoch);
        cluster.saveSynced();
      }
    } else {
      cluster.slots.releaseAll(sender);
    }
    sender.set(NodeFlags.PRIMARY | NodeFlags.MIGRATE_TO, false);
    sender.set(NodeFlags.REPLICA, true);
    cluster.save();
    cluster.judge();
  }
}
