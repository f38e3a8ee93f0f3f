package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this node believes of the cluster, and what the event at hand asks for. Shared by all duties
 * of the core; it holds no rules of its own beyond keeping relations between nodes consistent.
 */
final class Cluster {
  /** A time in the far past, from which any age can still be computed. */
  static final long NEVER = Long.MIN_VALUE / 4;

  private static final long NEW_FOR_MS = 3_000;

  final RandomGenerator random;
  final Nodes nodes = new Nodes();
  final SlotOwners slots = new SlotOwners();
  final Int2ObjectOpenHashMap<Link> links = new Int2ObjectOpenHashMap<>();
  final Campaign campaign = new Campaign();

  /** Members that are new to me; each is told everybody for {@link #NEW_FOR_MS}. */
  final ArrayDeque<Node> newcomers = new ArrayDeque<>();

  final Node self;
  ClusterConfig config;

  /** Highest epoch seen; never goes back. */
  long currentEpoch;

  /** Epoch of my last vote. */
  long lastVoteEpoch;

  /** Primaries with slots, as of the last judgement of health. */
  int votingPrimaries;

  /** Suspected nodes, as of the last judgement of health. */
  int suspects;

  /** Failed nodes, as of the last judgement of health. */
  int failures;

  ClusterHealth health = ClusterHealth.SETTLING;

  /** Frames by type code. */
  final long[] framesSent = new long[11];

  final long[] framesReceived = new long[11];

  /** Version of the last view published. */
  long viewVersion;

  private int lastLink;
  private long linksVersion;
  private Moment at;
  private Effects out = new Effects();
  private boolean save;
  private boolean sync;
  private boolean force;
  private boolean forceLater;
  private boolean gainUnforced;
  private boolean judge;
  private boolean publish;

  Cluster(ClusterConfig config, RandomGenerator random, Node self, Moment at) {
    this.config = config;
    this.random = random;
    this.self = self;
    this.at = at;
    nodes.add(self);
  }

  // --- the event at hand

  void begin(Moment moment, Effects effects) {
    at = moment;
    out = effects;
  }

  long nowMs() {
    return at.monotonicMs();
  }

  HostFacts host() {
    return at.host();
  }

  /** Unix milliseconds of a monotonic time, 0 for {@link #NEVER}. */
  long wallMs(long monotonicMs) {
    return monotonicMs == NEVER ? 0 : at.wallMs() - (at.monotonicMs() - monotonicMs);
  }

  /** Monotonic time of unix milliseconds. */
  long monotonicMs(long wallMs) {
    return at.monotonicMs() - (at.wallMs() - wallMs);
  }

  void emit(Effect effect) {
    out.add(effect);
  }

  void note(Effect.Level level, String text) {
    out.add(new Effect.Note(level, text));
  }

  void notice(String text) {
    note(Effect.Level.NOTICE, text);
  }

  /** The durable state changed. */
  void save() {
    save = true;
    publish = true;
  }

  /** The durable state changed in a way that must survive a crash of the machine. */
  void saveSynced() {
    save();
    sync = true;
  }

  /** The durable state changed; what is told with this event need not wait until it is forced. */
  void saveThenForce() {
    save();
    force = true;
  }

  /**
   * The durable state changed in a way that may be forgotten for a moment, but not for longer: it
   * is forced by the next tick, with all that changed meanwhile.
   */
  void saveForcedSoon() {
    save();
    forceLater = true;
  }

  /** The same for a slot that has come to me. */
  void saveGain() {
    saveForcedSoon();
    gainUnforced = true;
  }

  /** The durable state changed; a slot that has come to me is forced with this event. */
  void saveThenForceGains() {
    save();
    force |= gainUnforced;
  }

  /** A tick: what waited for one is forced. */
  void forceWhatWaits() {
    force |= forceLater;
  }

  /** Something changed that the health of the cluster depends on. */
  void judge() {
    judge = true;
    publish = true;
  }

  /** Something changed that others look at. */
  void publish() {
    publish = true;
  }

  /** The version of the view that this event will publish. */
  long nextViewVersion() {
    publish = true;
    return viewVersion + 1;
  }

  /** Reads and clears the wish to judge. */
  boolean takeJudge() {
    boolean wanted = judge;
    judge = false;
    return wanted;
  }

  /** Reads and clears the wish to publish. */
  boolean takePublish() {
    boolean wanted = publish;
    publish = false;
    return wanted;
  }

  /**
   * Reads and clears the wish to save.
   *
   * @param now whether also what need not survive a crash of the machine is to be saved; else that
   *     wish stays
   * @return null if nothing is to be saved, else whether with fsync
   */
  @Nullable Boolean takeSave(boolean now) {
    if (!save || !(sync || now)) return null;
    Boolean wanted = sync;
    save = false;
    sync = false;
    if (wanted) forced();
    return wanted;
  }

  private void forced() {
    force = false;
    forceLater = false;
    gainUnforced = false;
  }

  /** Reads and clears the wish to force what has been saved; not while a save is put off. */
  boolean takeForce() {
    if (!force || save) return false;
    forced();
    return true;
  }

  // --- what is derived

  /** My primary, or me if I am one. */
  Node myPrimaryOrMe() {
    return self.primary == null ? self : self.primary;
  }

  /** Votes needed to win, reports needed to fail a node. Failed primaries count. */
  int quorum() {
    return votingPrimaries / 2 + 1;
  }

  /** Whether any node may be suspected; cheap, asked for every frame. */
  boolean anySuspects() {
    return suspects > 0 || judge;
  }

  /**
   * Voting primaries at this moment: {@link #votingPrimaries} is as old as the last judgement, and
   * a newcomer learns of one after the other.
   */
  int countVotingPrimaries() {
    int voting = 0;
    for (Node node : nodes) {
      if (node.isVotingPrimary()) voting++;
    }
    return voting;
  }

  boolean anyPrimaryHasReplicas() {
    for (Node node : nodes) {
      if (!node.replicas.isEmpty()) return true;
    }
    return false;
  }

  void assign(int slot, Node node) {
    slots.assign(slot, node, node.slotCount == 0 && anyPrimaryHasReplicas());
  }

  // --- links

  /** Changes whenever a link is tied to a node or leaves it, or nodes come, go or are renamed. */
  long linksVersion() {
    return linksVersion;
  }

  int nextLink() {
    return ++lastLink;
  }

  /** Somebody told its current epoch: all go on with the highest. */
  void hearEpoch(long epoch) {
    if (epoch <= currentEpoch) return;
    currentEpoch = epoch;
    save();
  }

  /** Opens the outbound link of a node that has none. */
  void connect(Node node) {
    Link link = Link.outbound(nextLink(), nowMs(), node);
    links.put(link.number, link);
    node.outbound = link;
    linksVersion++;
    Address address = node.address;
    emit(new Effect.Connect(link.number, node.id, address.ip(), address.busPort()));
  }

  /** Closes a link; nothing happens if it is null or gone already. */
  void close(@Nullable Link link) {
    if (link == null || links.remove(link.number) == null) return;
    untie(link);
    emit(new Effect.CloseLink(link.number));
  }

  /** Forgets a link that is closed already; null if it was forgotten before. */
  @Nullable Link dropLink(int number) {
    Link link = links.remove(number);
    if (link != null) untie(link);
    return link;
  }

  private void untie(Link link) {
    Node node = link.node;
    if (node == null) return;
    linksVersion++;
    if (node.outbound == link) node.outbound = null;
    if (node.inbound == link) node.inbound = null;
  }

  /** An inbound link turned out to come from this node; one that did before is closed. */
  void tie(Link link, Node node) {
    if (node.inbound != null && node.inbound != link) close(node.inbound);
    link.node = node;
    node.inbound = link;
    linksVersion++;
  }

  // --- members

  /** A new record in a shard of its own. */
  Node newNode(NodeId id, int flags) {
    return new Node(id, NodeId.random(random), flags, nowMs());
  }

  /** A record for somebody whose name is not known yet. */
  Node newHandshake(Address address, int extraFlags) {
    Node node = newNode(NodeId.random(random), NodeFlags.HANDSHAKE | extraFlags);
    node.address = address;
    nodes.add(node);
    return node;
  }

  /** Takes a node out of everything; its slots have no owner then. */
  void remove(Node node) {
    slots.forget(node);
    for (Node other : nodes) other.reports.remove(node);
    Nodes.detach(node);
    for (Node replica : node.replicas) replica.primary = null;
    node.replicas.clear();
    close(node.outbound);
    close(node.inbound);
    nodes.remove(node);
    campaign.voters.remove(node);
    newcomers.remove(node);
  }

  /** Somebody whom others may not know yet. */
  void welcome(Node node) {
    node.newUntilMs = nowMs() + NEW_FOR_MS;
    newcomers.add(node);
  }

  /** A node is known by its own name from now on. */
  void rename(Node node, NodeId id) {
    nodes.rename(node, id);
    linksVersion++;
  }

  /** Moves a node to a shard; if it is my primary, I move with it. */
  void setShard(Node node, NodeId shard) {
    if (!node.shard.equals(shard)) {
      node.shard = shard;
      save();
    }
    if (self.primary == node && !self.shard.equals(shard)) {
      self.shard = shard;
      saveSynced();
    }
  }
}
