package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.session.Loop;
import io.hashslot.session.ReplyGate;
import io.hashslot.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cluster-write-acks} on a primary: replies wait at the gate until enough replicas have what
 * they tell of.
 *
 * <h2>Who counts</h2>
 *
 * In a cluster of our own nodes a {@link AckRule rule} says it: how many acknowledgements, and of
 * which nodes. The rule itself is a command of the stream, so whoever has the writes that were
 * acknowledged under it also knows it, and can tell how many of its siblings it must have heard
 * before it may take the primary's place (see {@code docs/write-acks.md}). When the directive or
 * the shard changes, a new rule is appended; until it is safe under the old rule and under itself,
 * writes have to be safe under both. So at no time can writes be acknowledged by one set of nodes
 * and a successor be chosen by another. Once it is in force it is told again: a successor that has
 * heard it once only goes on with both.
 *
 * <p>A replica that is not ours, or stands outside of a cluster, has no name in a rule. With such a
 * replica in the shard any replica counts, and no rule is told: the promise is then what {@code
 * WAIT} after each write would give.
 *
 * <h2>How fast</h2>
 *
 * A replica that knows a rule acknowledges whenever it has applied what came in one piece. Others
 * are asked by {@code REPLCONF GETACK}, once for all replies that begin to wait at a time.
 *
 * <p>Any thread; the lock is a leaf but for the journal's and the gate's own.
 */
final class WriteAcks {
  private static final Logger LOG = LoggerFactory.getLogger(WriteAcks.class);
  private static final String TIMED_OUT =
      "NOREPLICAS Not enough replicas have acknowledged in time; the write is done here and may"
          + " still be lost.";

  private final Journal journal;
  private final Clock clock;
  private final NodeState state;
  private final ReplicationSettings settings;
  private final Replicas replicas;
  private final ReplyGate.Policy gate;
  private final Consumer<Loop> requestAcks;
  private final Effects effects = new Effects();

  /** This node's own name; null outside of a cluster. */
  private @Nullable String self;

  /** The replicas that the cluster knows of. */
  private List<String> shard = List.of();

  private boolean leads = true;

  /** Safe under itself, and so the one that elections go by; null: none was told. */
  private @Nullable AckRule inForce;

  /** Told, and not safe yet. */
  private @Nullable AckRule pending;

  private long pendingUntil;

  /** The rule in force has to be told again: successors need not keep to the one before then. */
  private boolean again;

  private long safe = -1;
  private boolean holds;
  private boolean doubtful;

  /** Started with replicas, and not enough of them have agreed yet. */
  private volatile boolean unconfirmed;

  /** Whether replicas have to be asked, since not all of them speak by themselves. */
  private volatile boolean asks;

  WriteAcks(Replication.Parts parts, Replicas replicas, Consumer<Loop> requestAcks) {
    journal = parts.journal();
    clock = parts.clock();
    state = parts.state();
    settings = parts.settings();
    this.replicas = replicas;
    this.requestAcks = requestAcks;
    gate = state.gate().policy();
    gate.whenHeld(this::ask);
  }

  /** The directives were changed. */
  synchronized void configured() {
    reconsider();
  }

  /**
   * Whether this node may have been replaced without having heard of it. What waits goes on waiting
   * then, whatever replicas acknowledge: they have promised a successor not to, but not for ever.
   */
  synchronized void doubt(boolean mayBeReplaced) {
    if (doubtful == mayBeReplaced) {
      return;
    }
    doubtful = mayBeReplaced;
    if (holds) {
      count();
    }
  }

  /** The cluster knows these replicas of this node by now. */
  synchronized void shard(String itself, List<String> itsReplicas) {
    if (itself.equals(self) && itsReplicas.equals(shard)) {
      return;
    }
    boolean starts = self == null;
    self = itself;
    shard = List.copyOf(itsReplicas);
    reconsider();
    if (starts && holds && !shard.isEmpty()) {
      // It may have less than it had before it started: so many others have to agree first.
      safe = -1;
      unconfirmed = true;
      gate.close(journal::written, counted(safe));
      count();
    }
  }

  /** Whether that is still so. Any thread. */
  boolean unconfirmed() {
    return unconfirmed;
  }

  /** The name by which others count this node; null outside of a cluster. */
  synchronized @Nullable String self() {
    return self;
  }

  /** A replica has come or gone, or a second has passed. */
  synchronized void replicasChanged() {
    reconsider();
  }

  /** A snapshot for new replicas begins here: the rules are the first they hear after it. */
  synchronized void snapshotBegun() {
    if (leads && inForce != null) {
      append(inForce);
    }
    if (leads && pending != null) {
      append(pending);
    }
  }

  /** This server is the primary now; all shards are held. */
  synchronized void lead(Succession heard) {
    AckRule before = heard.ruleBefore();
    leads = true;
    again = false;
    inForce = before == null ? heard.rule() : before;
    pending = before == null ? null : heard.rule();
    pendingUntil = journal.end();
    safe = -1;
    reconsider();
  }

  /** This server is a replica now, and can promise nothing; all shards are held. */
  synchronized void follow() {
    leads = false;
    inForce = null;
    pending = null;
    again = false;
    state.gate().nextEra();
    reconsider();
  }

  /** A replica has acknowledged. */
  synchronized void acknowledged() {
    if (holds) {
      count();
    }
  }

  private int known() {
    return self == null ? replicas.all().size() : shard.size();
  }

  private boolean allHaveNames() {
    if (self == null) {
      return false;
    }
    for (Replica replica : replicas.all()) {
      if (replica.online() && replica.profile().node() == null) {
        return false;
      }
    }
    return true;
  }

  private void reconsider() {
    int acks = settings.writeAcks(known());
    if (leads && allHaveNames()) {
      tell(AckRule.of(acks, shard));
    }
    boolean bound = acks > 0 || leads && (needsOthers(inForce) || needsOthers(pending));
    state.gate().binding(bound);
    gate.refuseAfter(bound ? settings.writeAcksTimeoutMs() * 1_000_000 : 0, TIMED_OUT);
    asks = leads && (!covers(inForce, pending) || !allHaveNames());
    if (!leads || !bound) {
      open();
      return;
    }
    if (!holds) {
      holds = true;
      // Of what was there before nothing was promised, unless by a rule.
      safe = inForce == null ? Math.max(safe, journal.end()) : safe;
      gate.close(journal::written, counted(safe));
    }
    count();
  }

  private void open() {
    unconfirmed = false;
    state.enoughAcks(true);
    if (holds) {
      holds = false;
      gate.open();
    }
  }

  /** Appends the rule, if it is another one and nothing speaks against it now. */
  private void tell(AckRule wanted) {
    AckRule last = pending == null ? inForce : pending;
    if (!journal.recording()) {
      return;
    }
    if (again && inForce != null && !state.writesPaused(clock.wallMs())) {
      // Not while a failover waits for its replica to have everything.
      append(inForce);
      again = false;
    }
    if (wanted.equals(last)) {
      return;
    }
    if (wanted.acks() == 0 && (last == null || !isGivenUp())) {
      return;
    }
    if (wanted.acks() > wanted.members().size()) {
      return; // Nobody could ever satisfy it.
    }
    if (wanted.acks() > 0 && pending != null && pending.isPossible()) {
      return;
    }
    LOG.info("Writes wait for {} of {} from now on", wanted.acks(), wanted.members());
    append(wanted);
    if (wanted.acks() == 0) {
      // The promise is given up: nobody has to agree.
      inForce = AckRule.NONE;
      pending = null;
    } else {
      pending = wanted;
      pendingUntil = journal.end();
    }
  }

  /**
   * Whether the directive wants no acknowledgements any more. With {@code majority} none are needed
   * either when the shard has no replica left, but that is no reason to let go what waits: to a
   * primary that was cut off its shard looks so in the moment before it is demoted.
   */
  private boolean isGivenUp() {
    return settings.writeAcks(1) == 0;
  }

  private boolean needsOthers(@Nullable AckRule rule) {
    return rule != null && rule.needsOthersThan(self);
  }

  private void append(AckRule rule) {
    effects.reset();
    effects.wanted(true);
    effects.command(-1, "REPLCONF", 2 + rule.members().size()).argument(AckRule.WORD);
    effects.argument(rule.acks());
    rule.members().forEach(effects::argument);
    journal.append(effects);
    journal.signal();
  }

  /** A position as the gate counts it, which the append-only file may hold closed as well. */
  private long counted(long position) {
    long local = journal.localBytes();
    return position > Long.MAX_VALUE - local ? Long.MAX_VALUE : position + local;
  }

  /** Looks how far the replicas are. */
  private void count() {
    long now = safeNow();
    state.enoughAcks(now >= 0);
    if (now >= 0) {
      unconfirmed = false;
    }
    AckRule next = pending;
    if (next != null && now >= pendingUntil) {
      inForce = next;
      pending = null;
      again = true;
      reconsider();
      return;
    }
    if (now > safe && !doubtful) {
      safe = now;
      gate.reached(counted(now));
    }
  }

  private long safeNow() {
    AckRule present = inForce;
    AckRule next = pending;
    if (!covers(present, next)) {
      return anybody(settings.writeAcks(known()));
    }
    long now = Long.MAX_VALUE;
    if (present != null) {
      now = present.safe(this::positionOf);
      if (next == null && self != null && present.members().contains(self)) {
        // What this server has itself counts for who may come after it, but is no copy.
        now = Math.min(now, anybody(settings.writeAcks(known())));
      }
    }
    return next == null ? now : Math.min(now, next.safe(this::positionOf));
  }

  /** Whether a rule speaks for the directive as it is, and not just for what was before. */
  private static boolean covers(@Nullable AckRule present, @Nullable AckRule next) {
    return present != null && present.acks() > 0 || next != null && next.acks() > 0;
  }

  private long positionOf(String node) {
    if (node.equals(self)) {
      return Long.MAX_VALUE;
    }
    for (Replica replica : replicas.all()) {
      if (replica.online() && node.equals(replica.profile().node())) {
        return replica.acknowledgedOffset();
      }
    }
    return -1;
  }

  private long anybody(int acks) {
    if (acks == 0) {
      return Long.MAX_VALUE;
    }
    long best = -1;
    for (Replica one : replicas.all()) {
      long offset = one.acknowledgedOffset();
      if (one.online() && offset > best && replicas.acknowledged(offset) >= acks) {
        best = offset;
      }
    }
    return best;
  }

  /** Output begins to wait: asks those replicas who do not say it by themselves. */
  private void ask(Loop loop) {
    if (asks) {
      requestAcks.accept(loop);
    }
  }

  void close() {
    effects.close();
  }
}
