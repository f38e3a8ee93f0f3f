package io.hashslot.bus.core;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameFault;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster state machine of one node. Events in, ordered {@link Effects} out. Single-threaded:
 * the caller owns the thread, the clocks and the sockets.
 *
 * <p>This class only cuts events into duties and puts their results in order. Who does what:
 *
 * <pre>
 *  FrameHandler      who sent a frame, and what its header tells
 *  Greetings         PING, PONG, MEET; with GossipReader and ExtensionReader
 *  Heartbeat         links, pings, suspicion, every 100 ms
 *  FailureDetector   from silence to agreed failure and back; Alarm spreads a suspicion at once
 *  Voter, ReplicaElection (ElectionDelay), Consents, ManualFailover, ReplicaMigration
 *  Claims, Epochs    whose slot it is; the greater config epoch wins
 *  Roles             who replicates whom
 *  Health, Lease     may we serve? Inquiry asks for what the lease needs
 *  MemberRequests, SlotRequests   the administrator's words
 * </pre>
 *
 * <p>All share the beliefs in {@link Cluster} and mark there what an event changed. At its end the
 * core judges the health, and then gives out, in this order: one {@link Effect.Persist} if anything
 * durable changed, one {@link Effect.Publish} if anything visible changed, and what the duties
 * asked for in the order they did. So nothing an event says to others is said before what it rests
 * on is on disk, without any duty having to think of it. Only a primary that {@linkplain
 * #onlyLoses(SlotSet) loses slots} publishes first.
 */
public final class ClusterCore {
  /** How often {@link #onTick} is to be called, in milliseconds. */
  public static final long TICK_MS = 100;

  /**
   * What looks at all nodes and has time, such as a view that tells nothing but new counters, is
   * done at every tick in a cluster of less, at every second one in a cluster of twice as many.
   */
  private static final int NODES_PER_TICK = 200;

  private final Cluster cluster;
  private final Views views;
  private final Lease lease;
  private final Health health;
  private final Outbox outbox;
  private final FailureDetector detector;
  private final ManualFailover manualFailover;
  private final Roles roles;
  private final Consents consents;
  private final ReplicaElection election;
  private final ReplicaMigration migration;
  private final Heartbeat heartbeat;
  private final FrameHandler frames;
  private final MemberRequests memberRequests;
  private final SlotRequests slotRequests;
  private final SlotHandover slotHandover;
  private final BusFrame frame = new BusFrame();
  private final Effects asked = new Effects();
  private @Nullable ClusterView view;
  private boolean stale;
  private boolean onDemand;
  private long ticks;
  private long lastTickAtMs = Cluster.NEVER;

  private ClusterCore(Cluster cluster) {
    this.cluster = cluster;
    outbox = new Outbox(cluster, new Gossip(cluster));
    lease = new Lease(cluster, outbox);
    views = new Views(cluster, lease);
    health = new Health(cluster, lease);
    var alarm = new Alarm(cluster, outbox);
    detector = new FailureDetector(cluster, outbox, alarm);
    manualFailover = new ManualFailover(cluster, outbox);
    roles = new Roles(cluster, manualFailover);
    consents = new Consents(cluster, outbox);
    election = new ReplicaElection(cluster, outbox, roles, manualFailover, consents, lease);
    migration = new ReplicaMigration(cluster, roles);
    heartbeat = new Heartbeat(cluster, outbox, detector, alarm, manualFailover, lease);
    var epochs = new Epochs(cluster);
    var claims = new Claims(cluster, epochs, roles, outbox);
    var greetings = new Greetings(cluster, outbox, detector, roles, claims, epochs, lease);
    var voter = new Voter(cluster, outbox);
    frames =
        new FrameHandler(
            cluster,
            greetings,
            detector,
            claims,
            voter,
            election,
            manualFailover,
            consents,
            new Inquiry(cluster, outbox, detector, lease));
    memberRequests = new MemberRequests(cluster, outbox, epochs, roles, manualFailover, election);
    slotRequests = new SlotRequests(cluster, outbox, epochs, roles);
    slotHandover = new SlotHandover(cluster, outbox, epochs);
  }

  /**
   * A core. {@link #onStart} must be its first event.
   *
   * @param config settings
   * @param random the only source of chance
   * @param restored what an earlier life left in nodes.conf; null for a new node
   * @param at the moment of creation
   * @throws IllegalArgumentException if not exactly one restored node is myself
   */
  public static ClusterCore create(
      ClusterConfig config, RandomGenerator random, @Nullable DurableState restored, Moment at) {
    Cluster cluster;
    if (restored == null) {
      var self = new Node(NodeId.random(random), NodeId.random(random), 0, at.monotonicMs());
      self.set(NodeFlags.MYSELF | NodeFlags.PRIMARY, true);
      cluster = new Cluster(config, random, self, at);
    } else {
      cluster = Durability.restore(config, random, restored, at);
    }
    Node self = cluster.self;
    self.flags &= NodeFlags.MYSELF | NodeFlags.PRIMARY | NodeFlags.REPLICA | NodeFlags.MIGRATE_TO;
    self.set(NodeFlags.LIGHT_HEADER, true);
    applyToMyself(cluster);
    return new ClusterCore(cluster);
  }

  private static void applyToMyself(Cluster cluster) {
    ClusterConfig.Announced announce = cluster.config.announce();
    Node self = cluster.self;
    String ip = announce.ip().isEmpty() ? self.address.ip() : announce.ip();
    self.address = new Address(ip, announce.port(), announce.tlsPort(), announce.busPort());
    self.names =
        new Names(
            announce.hostname(),
            announce.nodename(),
            announce.clientIpv4(),
            announce.clientIpv6(),
            announce.zone());
    self.set(NodeFlags.NOFAILOVER, cluster.config.replicaNoFailover());
  }

  /** First event: writes the state down, publishes the first view, follows the known primary. */
  public void onStart(Moment at, Effects out) {
    cluster.begin(at, asked);
    // It may be suspended before the first tick.
    lastTickAtMs = cluster.nowMs();
    cluster.saveSynced();
    cluster.judge();
    roles.keepFollowing();
    consents.start();
    finish(out);
  }

  /**
   * The data set is loaded: slots with keys that belong to nobody become mine, keys of slots of
   * others are deleted. Only now does the delay begin after which a primary may serve.
   */
  public void onDataLoaded(SlotSet slotsWithKeys, Moment at, Effects out) {
    cluster.begin(at, asked);
    health.restart();
    if (cluster.self.isPrimary()) {
      var foreign = new SlotSet();
      slotsWithKeys.forEach(
          slot -> {
            Node owner = cluster.slots.owner(slot);
            if (owner == null && cluster.slots.importingFrom(slot) == null) {
              cluster.assign(slot, cluster.self);
              cluster.saveSynced();
            } else if (owner != cluster.self && cluster.slots.importingFrom(slot) == null) {
              foreign.add(slot);
            }
          });
      if (!foreign.isEmpty()) cluster.emit(new Effect.DeleteSlotKeys(foreign, true));
    }
    cluster.judge();
    finish(out);
  }

  /**
   * A peer has connected.
   *
   * @param localIp address of our end as text
   * @param remoteIp address of the other end as text
   * @return the number of the link from now on
   */
  public int accept(String localIp, String remoteIp, Moment at) {
    int number = cluster.nextLink();
    cluster.links.put(number, Link.inbound(number, at.monotonicMs(), localIp, remoteIp));
    return number;
  }

  /**
   * An outbound link is connected.
   *
   * @param localIp address of our end as text
   */
  public void onLinkUp(int link, String localIp, Moment at, Effects out) {
    Link known = cluster.links.get(link);
    if (known == null) return;
    cluster.begin(at, asked);
    known.localIp = localIp;
    known.wasUp = true;
    heartbeat.onLinkUp(known);
    finishSoon(out);
  }

  /** A link broke, was closed by the peer or could not be opened. */
  public void onLinkDown(int link, Moment at, Effects out) {
    Link known = cluster.dropLink(link);
    if (known == null) return;
    cluster.begin(at, asked);
    heartbeat.onLinkDown(known);
    cluster.publish();
    finishSoon(out);
  }

  /**
   * A frame, delimited by magic and length. It may be invalid in any other way.
   *
   * @param buffer holds the frame; free again when the call returns
   * @param offset of its first byte
   * @param length in bytes, at least that of a light header
   */
  public void onFrame(
      int link, DirectBuffer buffer, int offset, int length, Moment at, Effects out) {
    Link known = cluster.links.get(link);
    if (known == null) return;
    cluster.begin(at, asked);
    noticeSleep();
    FrameFault fault = frame.wrap(buffer, offset, length);
    if (fault == null) {
      frames.onFrame(known, frame);
      goOnWithElection();
    } else {
      cluster.note(Effect.Level.WARNING, "frame ignored: " + fault.reason());
      if (fault.closesLink()) cluster.close(known);
    }
    finishSoon(out);
  }

  /** News of a failure, or of what siblings have, decide now and not at the next tick. */
  private void goOnWithElection() {
    Node primary = cluster.self.primary;
    if (primary != null && primary.failed()) election.step();
  }

  /** The node ends in good order: what would have been written by the next tick is written now. */
  public void onEnd(Moment at, Effects out) {
    cluster.begin(at, asked);
    finish(out);
  }

  /**
   * To be called every {@link #TICK_MS}. After a gap as long as the node timeout the others may
   * have replaced this node: a primary then waits before it serves again.
   */
  public void onTick(Moment at, Effects out) {
    cluster.begin(at, asked);
    noticeSleep();
    lastTickAtMs = cluster.nowMs();
    cluster.forceWhatWaits();
    heartbeat.tick();
    manualFailover.checkTimeout();
    if (cluster.self.isReplica()) {
      roles.leaveChain();
      roles.keepFollowing();
      manualFailover.checkOffset();
      consents.grant();
      election.step();
    }
    boolean walks = ticks++ % (1 + cluster.nodes.size() / NODES_PER_TICK) == 0;
    if (walks && cluster.self.isReplica()) migration.step();
    if (!cluster.health.ok()) cluster.judge();
    if (walks || lease.isToldTooShort()) cluster.publish();
    finish(out);
  }

  /**
   * After a sleep frames may come before the next tick, old ones among them, and would let a
   * primary serve that was replaced meanwhile.
   */
  private void noticeSleep() {
    boolean overslept = cluster.nowMs() - lastTickAtMs >= cluster.config.nodeTimeoutMs();
    if (overslept) health.silent();
  }

  /**
   * To be called instead of {@link #onTick} while this node says nothing and has said nothing for
   * the node timeout or longer: so that clients find it closed when it goes on, not a moment later.
   */
  public void onSilence(Moment at, Effects out) {
    cluster.begin(at, asked);
    health.silent();
    finish(out);
  }

  /**
   * The replication offset moved. To be called soon after it did while {@link #watchesOffset()}; a
   * cooperative failover waits for it.
   */
  public void onOffset(Moment at, Effects out) {
    if (!watchesOffset()) return;
    cluster.begin(at, asked);
    manualFailover.checkOffset();
    election.step();
    finish(out);
  }

  /** After {@link Effect.PauseWrites}: no write is under way any more. */
  public void onStandstill(long pause, Moment at, Effects out) {
    cluster.begin(at, asked);
    manualFailover.onStandstill(pause);
    finish(out);
  }

  /** An {@link Effect.Fence} stands. */
  public void onFenced(Moment at, Effects out) {
    cluster.begin(at, asked);
    consents.grant();
    election.step();
    finish(out);
  }

  /**
   * The moment of {@link #servesUntilMs} has come: unless there are new proofs this primary stops
   * to serve.
   */
  public void onLeaseEnd(Moment at, Effects out) {
    cluster.begin(at, asked);
    lease.look();
    finish(out);
  }

  /**
   * When {@link #onLeaseEnd} is to be called next, a monotonic time in milliseconds; in the far
   * future if this node does not serve, or needs nobody for it. Each event may move it.
   */
  public long servesUntilMs() {
    return cluster.health.ok() ? lease.untilMs() : Lease.FOREVER;
  }

  /** Whether {@link #onOffset} matters now. */
  public boolean watchesOffset() {
    return manualFailover.waitsForOffset();
  }

  /**
   * A client's request.
   *
   * @param token returned in the {@link Effect.Reply}
   */
  public void onRequest(long token, ClusterRequest request, Moment at, Effects out) {
    cluster.begin(at, asked);
    if (request instanceof ClusterRequest.Broadcast broadcast) {
      outbox.publish(broadcast.channel(), broadcast.message(), broadcast.sharded());
    } else if (request instanceof ClusterRequest.SaveConfig) {
      cluster.emit(new Effect.SaveConfig(token, snapshot()));
    } else {
      cluster.emit(new Effect.Reply(token, answer(request)));
    }
    finish(out);
  }

  private Answer answer(ClusterRequest request) {
    return switch (request) {
      case ClusterRequest.Meet meet -> memberRequests.meet(meet);
      case ClusterRequest.Forget forget -> memberRequests.forget(forget.node());
      case ClusterRequest.Replicate replicate -> memberRequests.replicate(replicate.node());
      case ClusterRequest.Failover failover -> memberRequests.failover(failover.mode());
      case ClusterRequest.Reset reset -> memberRequests.reset(reset.hard());
      case ClusterRequest.SetConfigEpoch set -> memberRequests.setConfigEpoch(set.epoch());
      case ClusterRequest.BumpEpoch _ -> memberRequests.bumpEpoch();
      case ClusterRequest.CountFailureReports count ->
          memberRequests.countFailureReports(count.node(), detector);
      case ClusterRequest.AddSlots add -> slotRequests.addOrDelete(add.slots(), true);
      case ClusterRequest.DelSlots del -> slotRequests.addOrDelete(del.slots(), false);
      case ClusterRequest.FlushSlots _ -> slotRequests.flush();
      case ClusterRequest.SetSlot setSlot -> slotRequests.setSlot(setSlot);
      case ClusterRequest.CheckSetSlot check -> slotRequests.check(check.change());
      case ClusterRequest.TakeSlots take -> slotHandover.take(take);
      case ClusterRequest.ReclaimSlots reclaim -> slotHandover.reclaim(reclaim.slots());
      case ClusterRequest.AdoptSlotMarks adopt -> slotRequests.adoptMarks(adopt.marks());
      case ClusterRequest.Broadcast _, ClusterRequest.SaveConfig _ -> Answer.OK;
    };
  }

  /** The settings changed. */
  public void onConfig(ClusterConfig config, Moment at, Effects out) {
    cluster.begin(at, asked);
    boolean announced = !cluster.config.announce().ip().isEmpty();
    cluster.config = config;
    // Where others reach me is to be found out anew: the next greeting tells.
    if (announced) cluster.self.address = cluster.self.address.withIp("");
    applyToMyself(cluster);
    cluster.save();
    cluster.judge();
    finish(out);
  }

  /** What must survive a restart, now. */
  public DurableState snapshot() {
    return Durability.snapshot(cluster);
  }

  /** The last view published; on demand, that of this moment. */
  public ClusterView view() {
    ClusterView current = view;
    if (current == null || stale) {
      stale = false;
      current = views.next();
      view = current;
    }
    return current;
  }

  /** A short look at this node, as of the last event. */
  public Pulse pulse() {
    Node self = cluster.self;
    return new Pulse(
        self.id,
        self.isPrimary(),
        cluster.health.ok(),
        self.slots,
        cluster.nodes.size(),
        cluster.suspects,
        cluster.failures,
        cluster.slots.digest());
  }

  /**
   * From now on no view is published and nothing is persisted: the driver asks for {@link #view}
   * and {@link #snapshot} when it wants them. For simulations of thousands of nodes on machines
   * that lose nothing they wrote.
   */
  public void paintOnDemand() {
    onDemand = true;
  }

  /** Ends an event of which nothing is lost if what needs no fsync is written by the next tick. */
  private void finishSoon(Effects out) {
    finish(out, false);
  }

  private void finish(Effects out) {
    finish(out, true);
  }

  /** Puts what the event asked for in order. */
  private void finish(Effects out, boolean saveNow) {
    if (cluster.health.ok() && !lease.held()) cluster.judge();
    if (cluster.takeJudge()) health.judge();
    if (cluster.health.ok()) lease.served();
    SlotSet left = cluster.slots.takeLeft(cluster.self);
    if (left != null && !left.isEmpty()) cluster.emit(new Effect.DropShardChannels(left));
    if (left != null && onlyLoses(left)) publish(out);
    Boolean saveSynced = cluster.takeSave(saveNow || left != null);
    if (saveSynced != null && !onDemand) out.add(new Effect.Persist(snapshot(), saveSynced));
    publish(out);
    asked.drainTo(out::add);
    if (cluster.takeForce() && !onDemand) out.add(new Effect.Force());
  }

  /**
   * Whether slots of mine went to others and nothing came to me. Then our clients hear of it before
   * the disk does: it would hold back who must go elsewhere anyway. What a crash in between makes
   * us forget the new owner has on its disk, and tells us again before we may serve.
   */
  private boolean onlyLoses(SlotSet left) {
    ClusterView before = view;
    return !left.isEmpty()
        && before != null
        && before.self().isPrimary()
        && cluster.self.isPrimary()
        && before.self().slots().containsAll(cluster.self.slots);
  }

  private void publish(Effects out) {
    if (cluster.takePublish()) {
      stale = true;
      lease.told();
      if (!onDemand) out.add(new Effect.Publish(view()));
    }
  }
}
