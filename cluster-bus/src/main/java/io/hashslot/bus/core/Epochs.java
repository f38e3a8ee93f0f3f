package io.hashslot.bus.core;

/**
 * The rules by which epochs grow without a vote. The current epoch is the cluster's logical clock;
 * a config epoch is the version of one primary's slot claim, and no two primaries may keep the
 * same.
 */
final class Epochs {
  private final Cluster cluster;

  Epochs(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Highest epoch known of anything. */
  long highest() {
    long highest = cluster.currentEpoch;
    for (Node node : cluster.nodes) highest = Math.max(highest, node.configEpoch);
    return highest;
  }

  /**
   * Takes a new config epoch without asking anybody, unless mine is the highest already. Used where
   * an administrator decides, who must not decide differently on two nodes.
   *
   * @return whether a new epoch was taken
   */
  boolean bump() {
    Node self = cluster.self;
    long highest = highest();
    if (self.configEpoch != 0 && self.configEpoch == highest) return false;
    cluster.currentEpoch = highest + 1;
    self.configEpoch = cluster.currentEpoch;
    cluster.saveSynced();
    cluster.notice("took config epoch " + self.configEpoch + " without asking");
    return true;
  }

  /**
   * Takes a config epoch above the one that any other node can have taken by {@link #bump} from
   * what is known here.
   */
  void outbid() {
    cluster.currentEpoch = highest() + 2;
    cluster.self.configEpoch = cluster.currentEpoch;
    cluster.saveSynced();
    cluster.notice("took config epoch " + cluster.self.configEpoch + " to outbid another node");
  }

  /**
   * Two primaries with the same config epoch: the one with the smaller name moves on, so that after
   * a few rounds all differ and the greatest name never moved.
   *
   * @param headerEpoch what the sender's frame says; its record must say the same
   */
  void resolveCollision(Node sender, long headerEpoch) {
    Node self = cluster.self;
    if (!self.isPrimary() || !sender.isPrimary()) return;
    if (headerEpoch != self.configEpoch || sender.configEpoch != self.configEpoch) return;
    if (sender.id.compareTo(self.id) <= 0) return;
    cluster.currentEpoch++;
    self.configEpoch = cluster.currentEpoch;
    cluster.saveSynced();
    cluster.notice(
        "config epoch collision with " + sender + ", mine is " + self.configEpoch + " now");
  }
}
