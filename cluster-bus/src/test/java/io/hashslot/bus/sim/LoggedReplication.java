package io.hashslot.bus.sim;

import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Succession;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Replication with a log, acknowledgements and {@code cluster-write-acks}, as the server does it:
 * what a primary appends travels to its replicas, which say how much they have; a rule in the log
 * says whose word counts. A process that dies forgets its log, or its end.
 */
final class LoggedReplication extends SimReplication {
  /** How many of whom must have a write. */
  record Rule(int acks, List<String> members) {}

  /** What is broken on purpose. */
  enum Mutant {
    NONE,
    /** Replicas stand for election without asking anybody. */
    NO_CONSENT,
    /** Whoever consents goes on to acknowledge. */
    NO_FENCE,
    /** Replicas follow a primary that has started anew with less than it had. */
    FOLLOWS_THE_EMPTY
  }

  private static final long LINK_TIMEOUT_US = 1_000_000;
  private static final long ROUND_US = 20_000;
  private static final long LONG_AGO_US = Long.MIN_VALUE / 4;

  private final SimNode node;
  private final SimCluster cluster;
  private final WriteHistory clients;
  private final int acks;
  private final Mutant mutant;
  private final RandomGenerator random;
  private final Map<String, Integer> acknowledged = new HashMap<>();
  private List<Object> log = new ArrayList<>();
  private String history;
  private @Nullable NodeId primary;
  private @Nullable Rule inForce;
  private @Nullable Rule pending;
  private int pendingUntil;

  /** The rule in force has to be told again: successors need not keep to the one before then. */
  private boolean again;

  private int safe;

  /** Grows whenever what is under way has become meaningless. */
  private int reign;

  /** A piece of the primary's log is on its way. */
  private boolean underWay;

  private boolean synced;

  /** The primary has forgotten what is here. */
  private boolean forsaken;

  /** This process began with less than it had, and nobody has agreed to that. */
  private boolean anew;

  private boolean paused;
  private long fencedUntilUs = LONG_AGO_US;

  /** The primary that nothing is acknowledged to; the promise holds if it is followed again. */
  private @Nullable NodeId fencedFrom;

  private long lastSyncUs = LONG_AGO_US;

  LoggedReplication(
      SimNode node, SimCluster cluster, WriteHistory clients, int acks, Mutant mutant, long seed) {
    super(node, cluster);
    this.node = node;
    this.cluster = cluster;
    this.clients = clients;
    this.acks = acks;
    this.mutant = mutant;
    random = Seeds.generator(seed);
    history = newHistory();
  }

  private String newHistory() {
    return "%016x%016x%08x".formatted(random.nextLong(), random.nextLong(), random.nextInt());
  }

  private long nowUs() {
    return node.monotonicUs();
  }

  private boolean fenced() {
    return nowUs() < fencedUntilUs && Objects.equals(primary, fencedFrom);
  }

  @Override
  long offset() {
    return log.size();
  }

  @Override
  boolean writesPaused() {
    return paused;
  }

  @Override
  @Nullable NodeId following() {
    return primary;
  }

  boolean mayForget() {
    return clients.mayForget(node);
  }

  /** What clients wrote here, in order. */
  List<Integer> writes() {
    return writes(log.size());
  }

  List<Integer> writes(int end) {
    var writes = new ArrayList<Integer>();
    for (Object entry : log.subList(0, end)) {
      if (entry instanceof Integer id) writes.add(id);
    }
    return writes;
  }

  boolean inStep() {
    return primary != null && synced && !forsaken;
  }

  @Override
  void start() {
    lastSyncUs = LONG_AGO_US;
  }

  @Override
  void crash() {
    endReign();
    boolean older = random.nextBoolean();
    log = new ArrayList<>(log.subList(0, older ? random.nextInt(log.size() + 1) : 0));
    synced = false;
    forsaken = false;
    paused = false;
    anew = true;
    safe = -1;
    fencedUntilUs = LONG_AGO_US;
    String fresh = newHistory();
    // A replica that has the beginning of a history left knows its name, too.
    if (!older || primary == null) history = fresh;
  }

  private void endReign() {
    reign++;
    acknowledged.clear();
    inForce = null;
    pending = null;
    again = false;
    clients.lost(node);
  }

  @Override
  void follow(NodeId next, boolean partialAllowed) {
    super.follow(next, partialAllowed);
    if (next.equals(primary)) return;
    endReign();
    primary = next;
    synced = false;
    forsaken = false;
  }

  @Override
  void unfollow() {
    super.unfollow();
    SimNode before = primary == null ? null : cluster.find(primary);
    if (before != null) clients.replaced(before, node);
    endReign();
    primary = null;
    inherit();
    forsaken = false;
    anew = false;
    safe = 0;
    history = newHistory();
  }

  /** The rules of the reign before. The last one may not have come into force: then both hold. */
  private void inherit() {
    int at = heardAt(log.size());
    if (at < 0) return;
    Rule last = (Rule) log.get(at);
    int before = heardAt(at);
    boolean certain = before < 0 || last.equals(log.get(before));
    inForce = certain ? last : (Rule) log.get(before);
    pending = certain ? null : last;
    pendingUntil = at + 1;
  }

  private @Nullable Rule heard() {
    int at = heardAt(log.size());
    return at < 0 ? null : (Rule) log.get(at);
  }

  /** Where the last rule stands before this place; -1 if nowhere. */
  private int heardAt(int end) {
    int at = end - 1;
    while (at >= 0 && !(log.get(at) instanceof Rule)) at--;
    return at;
  }

  @Override
  void flush() {
    log = new ArrayList<>();
  }

  @Override
  void pauseWrites(boolean yes) {
    paused = yes;
  }

  @Override
  void fence(long forMs) {
    long untilUs = nowUs() + forMs * 1000;
    fencedUntilUs = fenced() ? Math.max(fencedUntilUs, untilUs) : untilUs;
    fencedFrom = primary;
  }

  @Override
  void acceptHistory() {
    synced = false;
    forsaken = false;
  }

  @Override
  void write(int bytes) {}

  @Override
  void lastWrite() {}

  /** A client writes; the history is told when it may know. */
  boolean append(int id) {
    if (!leads() || paused) return false;
    log.add(id);
    return true;
  }

  /** Whether it is a primary that has started with less than it had, and nobody has agreed to. */
  boolean leadsAnew() {
    return anew && primary == null && node.isPrimary();
  }

  boolean leads() {
    if (primary != null || !node.ready() || !node.isPrimary()) return false;
    int slot = cluster.topology().firstSlot(WriteHistory.shard(node));
    return node.view().health().ok() && node.view().self().slots().contains(slot);
  }

  /** Whether this one, the primary, counts on the other, which has all that was acknowledged. */
  boolean isFollowedBy(LoggedReplication other) {
    if (other == this) return true;
    Rule rule = inForce;
    return rule != null
        && pending == null
        && rule.members.contains(other.node.id().text())
        && node.id().equals(other.primary)
        && other.synced
        && other.history.equals(history)
        && other.log.size() >= safe;
  }

  boolean isSoundReplicaOf(NodeId leader) {
    return leader.equals(primary) && synced;
  }

  int end() {
    return log.size();
  }

  int safe() {
    return safe;
  }

  @Override
  HostFacts facts() {
    boolean up = primary != null && nowUs() - lastSyncUs < LINK_TIMEOUT_US;
    long silenceMs = lastSyncUs < 0 ? HostFacts.NEVER_SYNCED : (nowUs() - lastSyncUs) / 1000;
    return new HostFacts(log.size(), up, silenceMs, primary == null && !log.isEmpty(), promises());
  }

  private Succession promises() {
    if (mutant == Mutant.NO_CONSENT) return Succession.FREE;
    if (primary == null) return anew ? Succession.UNCONFIRMED : Succession.FREE;
    Rule rule = heard();
    return rule == null
        ? new Succession(acks, null, history, synced, fenced(), forsaken)
        : new Succession(rule.acks, rule.members, history, synced, fenced(), forsaken);
  }

  @Override
  void goOn(int life) {
    if (!node.lives(life)) return;
    cluster.queue().after(ROUND_US, () -> goOn(life));
    if (node.suspended()) return;
    if (primary == null) {
      reconsider();
    } else if (!underWay) {
      pull(life);
    }
  }

  // --- the primary

  private void reconsider() {
    if (!node.isPrimary()) return;
    var members = node.view().self().replicas().stream().map(NodeId::text).sorted().toList();
    Rule wanted = new Rule(acks, members);
    Rule last = pending == null ? inForce : pending;
    if (!paused && again && inForce != null) {
      log.add(inForce);
      again = false;
    }
    if (!paused && members.size() >= acks && pending == null && !wanted.equals(last)) {
      log.add(wanted);
      pending = wanted;
      pendingUntil = log.size();
    }
    count();
  }

  private void count() {
    int now = Math.min(reached(inForce), reached(pending));
    if (inForce == null && pending == null) now = anew ? -1 : 0;
    // What it has itself counts for who may succeed, but is no copy.
    if (inForce != null && pending == null && inForce.members.contains(node.id().text())) now = -1;
    if (pending != null && now >= pendingUntil) {
      inForce = pending;
      pending = null;
      anew = false;
      again = true;
      now = reached(inForce);
    }
    if (node.view().health().mayBeReplaced()) return;
    safe = Math.max(safe, Math.min(now, log.size()));
    clients.safe(node, safe);
  }

  private int reached(@Nullable Rule rule) {
    if (rule == null) return Integer.MAX_VALUE;
    var all = new ArrayList<Integer>();
    for (String member : rule.members) {
      all.add(
          member.equals(node.id().text())
              ? Integer.MAX_VALUE
              : acknowledged.getOrDefault(member, -1));
    }
    all.sort((a, b) -> b - a);
    return all.size() < rule.acks ? -1 : all.get(rule.acks - 1);
  }

  // --- the replica

  private void pull(int life) {
    SimNode source = primary == null ? null : cluster.find(primary);
    if (source == null || !source.ready() || cut(source)) return;
    LoggedReplication its = (LoggedReplication) source.replication();
    if (its.primary != null || !source.isPrimary()) return;
    underWay = true;
    int mine = reign;
    int theirs = its.reign;
    List<Object> sent = List.copyOf(its.log);
    String name = its.history;
    cluster.queue().after(delayUs(), () -> arrived(life, mine, source, its, theirs, sent, name));
  }

  private boolean cut(SimNode other) {
    return cluster.network().isCut(node.host(), other.host())
        || cluster.network().isCut(other.host(), node.host());
  }

  private long delayUs() {
    return random.nextInt(10) == 0 ? random.nextLong(400_000) : random.nextLong(5_000);
  }

  private void arrived(
      int life,
      int mine,
      SimNode source,
      LoggedReplication its,
      int theirs,
      List<Object> sent,
      String name) {
    if (node.lives(life) && node.suspended()) {
      cluster.queue().after(50_000, () -> arrived(life, mine, source, its, theirs, sent, name));
      return;
    }
    underWay = false;
    if (!node.lives(life) || mine != reign || cut(source)) return;
    if (synced && !name.equals(history) && mutant != Mutant.FOLLOWS_THE_EMPTY) {
      if (!forsaken) node.tell("does not follow its primary, which started anew");
      forsaken = true;
      return;
    }
    log = new ArrayList<>(sent);
    history = name;
    forsaken = false;
    synced = true;
    lastSyncUs = nowUs();
    int has = log.size();
    if (!fenced() || mutant == Mutant.NO_FENCE) {
      String who = node.id().text();
      cluster.queue().after(delayUs(), () -> its.acknowledged(theirs, who, has));
    }
    node.offsetMoved();
  }

  private void acknowledged(int itsReign, String who, int has) {
    if (itsReign != reign || primary != null || !node.running()) return;
    if (node.suspended()) {
      cluster.queue().after(50_000, () -> acknowledged(itsReign, who, has));
      return;
    }
    acknowledged.merge(who, has, Math::max);
    count();
  }
}
