package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import org.jspecify.annotations.Nullable;

/**
 * How a replica takes the place of its primary.
 *
 * <pre>
 *  primary FAIL ──▶ scheduled ──delay over──▶ asked ──majority of votes──▶ primary
 *                      ▲                        │
 *                      └──── retry time over ───┘ (too few votes)
 * </pre>
 *
 * <p>The delay ranks the siblings and keeps shards out of each other's way ({@link ElectionDelay}).
 * Each attempt has its own epoch, and each voting primary has one vote in an epoch, so no epoch has
 * two winners. Who asks early may be ahead of the news of the failure at some voters, who refuse by
 * silence: so within an attempt votes are asked for again, in the same epoch.
 */
final class ReplicaElection {
  private static final long MIN_TIMEOUT_MS = 2_000;

  /** After so many steps without a majority the votes of this epoch must have been split. */
  private static final int STEPS_UNTIL_SPLIT = 8;

  private final Cluster cluster;
  private final Outbox outbox;
  private final Roles roles;
  private final ManualFailover manualFailover;
  private final Consents consents;
  private final Lease lease;

  /** Why no attempt is made although the primary failed; to be told once. */
  private @Nullable String obstacle;

  ReplicaElection(
      Cluster cluster,
      Outbox outbox,
      Roles roles,
      ManualFailover manualFailover,
      Consents consents,
      Lease lease) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.roles = roles;
    this.manualFailover = manualFailover;
    this.consents = consents;
    this.lease = lease;
  }

  /** Does what is due; harmless at any time. */
  void step() {
    Node primary = cluster.self.primary;
    if (primary == null || cluster.self.isPrimary()) return;
    // Who has not heard what its primary owns would win nothing, and be in the way of who has.
    if (primary.slotCount == 0) return;
    boolean manual = manualFailover.ready();
    // A primary that lost its memory lives, and is in nobody's way. It has nothing newer.
    boolean forsaken = consents.forsaken();
    boolean wanted = primary.failed() || forsaken;
    if (!manual && (!wanted || cluster.config.replicaNoFailover())) {
      obstacle = null;
      cluster.campaign.settle();
      return;
    }
    if (!manual && !forsaken && dataTooOld()) {
      tellOnce("data of the failed primary is too old here");
      return;
    }
    Campaign campaign = cluster.campaign;
    if (cluster.nowMs() - campaign.startAtMs > 2 * timeoutMs()) schedule(manual);
    else if (!manual && isLost()) beginAnew();
    else if (!campaign.asked && !manual) followStanding();
    long age = cluster.nowMs() - campaign.startAtMs;
    if (age < 0) return;
    if (age > timeoutMs()) {
      tellOnce("the attempt in epoch " + campaign.epoch + " ran out, will retry");
      return;
    }
    // A primary that stands still and says so has told this replica all that it acknowledged.
    boolean evenIfAlive = manual || forsaken;
    boolean agreed = manualFailover.cooperative() && cluster.host().primaryLinkUp() && !forsaken;
    String missing = agreed ? null : consents.obstacle(evenIfAlive);
    if (missing != null) {
      tellOnce(missing);
      return;
    }
    if (!campaign.asked) ask(evenIfAlive);
    else if (!manual) askAgain(forsaken);
    campaign.quorum = Math.max(campaign.quorum, cluster.quorum());
    if (campaign.won()) win(primary);
  }

  /** A vote came in. */
  void onVote(Node voter, long voterEpoch) {
    Campaign campaign = cluster.campaign;
    if (!cluster.self.isReplica() || !campaign.asked || !voter.isVotingPrimary()) return;
    if (voterEpoch < campaign.epoch) return;
    campaign.voters.add(voter);
    lease.prove(voter, campaign.firstAskedAtMs);
    step();
  }

  /**
   * Somebody else asks for votes. If it does so in the same epoch, perhaps neither gets enough, and
   * all shards that go after the two would wait until they have noticed.
   */
  void onRival(Node rival, long epoch) {
    Campaign campaign = cluster.campaign;
    if (rival.primary != null && rival.primary == cluster.self.primary) {
      giveWay(rival);
    } else if (campaign.asked
        && epoch == campaign.epoch
        && cluster.self.shard.compareTo(rival.shard) < 0) {
      campaign.split = true;
      step();
    }
  }

  /**
   * A sibling that goes first may have to try again, so my wait begins anew with its attempt. If
   * both asked, voters would stick to the one or the other, and perhaps neither got enough. For the
   * time of one attempt: a sibling that asks for longer than that is not going to win.
   */
  private void giveWay(Node sibling) {
    Campaign campaign = cluster.campaign;
    if (campaign.asked || campaign.startAtMs == Cluster.NEVER || manualFailover.ready()) return;
    if (cluster.nowMs() - campaign.wantedAtMs > timeoutMs() || !outranksMe(sibling)) return;
    campaign.scheduledAtMs = cluster.nowMs();
    setStart();
  }

  /**
   * Whether this attempt cannot be won any more, or hardly: when many primaries fail at once,
   * others ask in later epochs, or in the same one, and a vote is given to one of them only. Who
   * goes first leaves a shared epoch at once, for once: the other one may win it. After each loss
   * the next attempt gets twice the time, so that a replica that nobody can vote for raises the
   * epoch a few times only.
   */
  private boolean isLost() {
    Campaign campaign = cluster.campaign;
    if (!campaign.asked) return false;
    if (campaign.split && campaign.lost == 0) return true;
    long nodeTimeoutMs = cluster.config.nodeTimeoutMs();
    boolean overtaken = cluster.currentEpoch > campaign.epoch;
    long firstMs =
        overtaken || campaign.split
            ? ElectionDelay.againMs(nodeTimeoutMs)
            : STEPS_UNTIL_SPLIT * ElectionDelay.stepMs(nodeTimeoutMs);
    long patienceMs = firstMs << Math.min(campaign.lost, 10);
    return cluster.nowMs() - campaign.startAtMs > Math.min(patienceMs, timeoutMs());
  }

  private void beginAnew() {
    cluster.campaign.lost++;
    cluster.notice("the attempt in epoch " + cluster.campaign.epoch + " is lost");
    schedule(false);
  }

  private long timeoutMs() {
    return Math.max(2 * cluster.config.nodeTimeoutMs(), MIN_TIMEOUT_MS);
  }

  private boolean dataTooOld() {
    ClusterConfig config = cluster.config;
    if (config.replicaValidityFactor() == 0) return false;
    long ageMs = cluster.host().primarySilenceMs() / 1000 * 1000;
    if (ageMs > config.nodeTimeoutMs()) ageMs -= config.nodeTimeoutMs();
    long limitMs =
        config.replPingReplicaPeriodS() * 1000L
            + config.nodeTimeoutMs() * config.replicaValidityFactor();
    return ageMs > limitMs;
  }

  private void schedule(boolean manual) {
    Campaign campaign = cluster.campaign;
    campaign.reset();
    if (campaign.wantedAtMs == Cluster.NEVER) campaign.wantedAtMs = cluster.nowMs();
    campaign.scheduledAtMs = cluster.nowMs();
    campaign.startAtMs = cluster.nowMs();
    campaign.standing = manual ? Standing.ALONE : standing();
    campaign.chance = manual ? 0 : cluster.random.nextDouble();
    setStart();
    // First of all what I have, and that I see the failure: siblings rank themselves by it.
    outbox.pongToSiblings();
  }

  /** News of siblings, and of other failures, move the start, both ways. */
  private void followStanding() {
    Standing standing = standing();
    if (standing.equals(cluster.campaign.standing)) return;
    cluster.campaign.standing = standing;
    setStart();
  }

  private void setStart() {
    Campaign campaign = cluster.campaign;
    long delayMs =
        ElectionDelay.ms(campaign.standing, cluster.config.nodeTimeoutMs(), campaign.chance);
    campaign.startAtMs = Math.max(cluster.nowMs(), campaign.scheduledAtMs + delayMs);
    cluster.notice(
        "election in "
            + (campaign.startAtMs - cluster.nowMs())
            + " ms, rank "
            + campaign.standing.rank());
  }

  private Standing standing() {
    return new Standing(rank(), failedBefore(), siblingsAgree());
  }

  private boolean siblingsAgree() {
    Node primary = cluster.myPrimaryOrMe();
    for (Node sibling : primary.replicas) {
      if (sibling.isMyself() || sibling.failed() || sibling.has(NodeFlags.NOFAILOVER)) continue;
      if (!sibling.has(NodeFlags.SEES_PRIMARY_FAILED)) return false;
    }
    return true;
  }

  /**
   * How many failed primaries' replicas go first, so that one asks after the other: each win lets
   * the next one begin. Whoever is only suspected counts as well: when many fail at once, the news
   * of my primary's failure is not the last.
   */
  private int failedBefore() {
    int before = 0;
    for (Node node : cluster.nodes) {
      if (!node.isVotingPrimary() || !(node.failed() || node.suspected())) continue;
      if (node.shard.compareTo(cluster.self.shard) < 0 && hasHeir(node)) before++;
    }
    return before;
  }

  /** Whether somebody can take its place; else nobody needs to wait for that. */
  private static boolean hasHeir(Node primary) {
    for (Node replica : primary.replicas) {
      boolean down = replica.failed() || replica.suspected();
      if (!down && !replica.has(NodeFlags.NOFAILOVER)) return true;
    }
    return false;
  }

  /** How many siblings should go first: more data, or as much and the smaller name. */
  private int rank() {
    Node self = cluster.self;
    Node primary = self.primary;
    if (primary == null) return 0;
    int rank = 0;
    for (Node sibling : primary.replicas) {
      if (sibling != self && outranksMe(sibling)) rank++;
    }
    return rank;
  }

  /** Whether a sibling is to be elected rather than me, as far as I know. */
  private boolean outranksMe(Node sibling) {
    Node primary = cluster.self.primary;
    if (primary == null || sibling.has(NodeFlags.NOFAILOVER)) return false;
    long mine = cluster.host().replicationOffset();
    long its = sibling.replicationOffset;
    return its > mine || (its == mine && goesFirst(sibling, primary));
  }

  /**
   * Whether a sibling with as much data is to be preferred: what took the primary may soon take the
   * rest of its zone. Of servers that name no zone, and may know of none, only the name counts.
   */
  private boolean goesFirst(Node sibling, Node primary) {
    Node self = cluster.self;
    boolean zonesKnown = !self.names.zone().isEmpty() && !sibling.names.zone().isEmpty();
    boolean beside = self.sharesZone(primary);
    if (zonesKnown && beside != sibling.sharesZone(primary)) return beside;
    return sibling.id.compareTo(self.id) < 0;
  }

  private void ask(boolean evenIfAlive) {
    Campaign campaign = cluster.campaign;
    cluster.currentEpoch++;
    campaign.epoch = cluster.currentEpoch;
    campaign.asked = true;
    campaign.firstAskedAtMs = cluster.nowMs();
    campaign.askedAtMs = cluster.nowMs();
    campaign.patienceMs = ElectionDelay.againMs(cluster.config.nodeTimeoutMs());
    // My own vote is for me. Without this a winner, a voting primary now, could vote for somebody
    // else in the epoch it just won, and give that epoch a second winner.
    cluster.lastVoteEpoch = campaign.epoch;
    obstacle = null;
    cluster.saveSynced();
    cluster.judge();
    cluster.notice("asking for votes in epoch " + campaign.epoch);
    outbox.authRequestToAll(evenIfAlive);
  }

  /**
   * Who has voted for me refuses, who did not know of the failure may know now. Only while mine is
   * the highest epoch: a frame tells the highest, and a vote counts for the one it was given in.
   */
  private void askAgain(boolean evenIfAlive) {
    Campaign campaign = cluster.campaign;
    if (cluster.currentEpoch != campaign.epoch) return;
    if (cluster.nowMs() - campaign.askedAtMs < campaign.patienceMs) return;
    campaign.askedAtMs = cluster.nowMs();
    campaign.patienceMs *= 2;
    outbox.authRequestToAll(evenIfAlive);
  }

  private void win(Node primary) {
    Node self = cluster.self;
    long epoch = cluster.campaign.epoch;
    cluster.notice("won the election in epoch " + epoch);
    self.configEpoch = Math.max(self.configEpoch, epoch);
    takeOver(primary);
  }

  /** Becomes primary in place of mine, with the config epoch it has by now. */
  void takeOver(Node primary) {
    roles.replacePrimary(primary);
    outbox.pongToAll();
    manualFailover.reset();
    cluster.campaign.reset();
    cluster.campaign.settle();
    consents.reset();
  }

  private void tellOnce(String reason) {
    if (reason.equals(obstacle)) return;
    obstacle = reason;
    cluster.notice("no failover: " + reason);
  }
}
