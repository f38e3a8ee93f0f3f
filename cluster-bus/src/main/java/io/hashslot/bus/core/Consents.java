package io.hashslot.bus.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.bus.wire.ModuleBody;
import io.hashslot.bus.wire.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that only a replica with every acknowledged write takes its primary's place, if the
 * shard promises that ({@code cluster-write-acks}).
 *
 * <h2>The rule</h2>
 *
 * Each acknowledged write is on {@code n} of the {@code k} members of the shard. Before a replica
 * asks for votes it must have heard from {@code k - n + 1} of them, itself among them if it is a
 * member, that they acknowledge nothing more to the primary, and how much they have; and none of
 * these may have more than itself. Any {@code n} members share one with any {@code k - n + 1}: so
 * one that was heard has each write that was acknowledged before, hence the candidate has it; and
 * nothing can be acknowledged after, since that would take one that was heard.
 *
 * <h2>The promise ends</h2>
 *
 * A sibling keeps quiet for a limited time, or until it follows another primary: the failure may
 * have been an error, and the primary must go on then. The candidate may win for a shorter time
 * only, which begins before the sibling's. So what is assumed of clocks is that none runs half as
 * fast again as another; they need not agree on anything. A replica that restarts may have promised
 * something it has forgotten, and keeps quiet for as long.
 *
 * <h2>A primary that forgets</h2>
 *
 * A primary may be killed and come back before anybody has missed it, with less than it had. Its
 * replicas notice when it goes on with another history, do not follow it there, and stand for its
 * place by the same rule, as if it had failed. That ends when {@code n} members have told that they
 * follow the new history: either a successor reigned in between, whose writes they have, or more
 * members have lost their memory than the shard can bear. Then the others follow as well.
 *
 * <p>The two messages travel as frames for a module, which peers of other makes drop unread.
 */
final class Consents {
  /** {@code HASHSLOT}. */
  static final long MODULE_ID = 0x48415348534C4F54L;

  private static final int REQUEST = 1;
  private static final int GRANT = 2;
  private static final int REQUEST_LENGTH = 2 * Long.BYTES + 1;
  private static final int GRANT_LENGTH = Long.BYTES + 40;

  /** Who has not answered is asked again. */
  private static final long REPEAT_MS = 300;

  private static final long MIN_VALIDITY_MS = 1_000;

  private final Cluster cluster;
  private final Outbox outbox;

  // As a candidate
  private long roundAtMs = Cluster.NEVER;
  private long repeatedAtMs = Cluster.NEVER;

  /** Consents hold for this primary only: who gave one may be my primary by now. */
  private @Nullable Node roundAgainst;

  private long token;

  /** Who has consented in this round, and how much it has. */
  private final Map<Node, Long> granted = new HashMap<>();

  /** Who has answered, and follows another history. */
  private final Set<Node> elsewhere = new HashSet<>();

  // As a sibling
  private @Nullable Node candidate;
  private long candidateToken;

  Consents(Cluster cluster, Outbox outbox) {
    this.cluster = cluster;
    this.outbox = outbox;
  }

  /** How long consents are good for, from the moment they were asked for. */
  private long validityMs() {
    return Math.max(cluster.config.nodeTimeoutMs(), MIN_VALIDITY_MS);
  }

  /** For how long who consents keeps quiet. */
  private long promiseMs() {
    return validityMs() * 3 / 2;
  }

  /** A node that begins may have promised something that it has forgotten. */
  void start() {
    if (cluster.self.isReplica() && cluster.host().succession().acks() > 0) {
      cluster.emit(new Effect.Fence(promiseMs()));
    }
  }

  /** What was asked for is of no use any more. */
  void reset() {
    roundAtMs = Cluster.NEVER;
    granted.clear();
    elsewhere.clear();
  }

  /** Whether the primary has forgotten what this replica has of it. */
  boolean forsaken() {
    Succession rule = cluster.host().succession();
    return rule.forsaken() && rule.acks() > 0 && rule.sound() && cluster.self.isReplica();
  }

  // --- the candidate

  /**
   * Why votes may not be asked for, or not be counted, now; null if they may. Asks for consent
   * where it is missing.
   *
   * @param evenIfAlive whether an administrator insists although the primary may live
   */
  @Nullable String obstacle(boolean evenIfAlive) {
    Succession rule = cluster.host().succession();
    Node primary = cluster.self.primary;
    if (rule.acks() == 0 || primary == null) return null;
    if (!rule.sound()) return "was not in step with the failed primary since the start";
    long now = cluster.nowMs();
    if (now - roundAtMs > validityMs() || roundAgainst != primary) {
      reset();
      roundAtMs = now;
      roundAgainst = primary;
      repeatedAtMs = Cluster.NEVER;
      token = cluster.random.nextLong();
      cluster.emit(new Effect.Fence(promiseMs()));
    }
    List<Node> members = members(rule, primary);
    if (now - repeatedAtMs >= REPEAT_MS) {
      repeatedAtMs = now;
      ask(members, evenIfAlive);
    }
    int needed = Math.max(1, size(rule, primary) - rule.acks() + 1);
    int heard = rule.fenced() && members.contains(cluster.self) ? 1 : 0;
    for (Node member : members) {
      Long has = granted.get(member);
      if (has == null) continue;
      heard++;
      if (has > cluster.host().replicationOffset()) return "sibling " + member + " has more";
    }
    if (!rule.fenced() || heard < needed) {
      return "%d of %d siblings have to be heard first".formatted(needed, size(rule, primary));
    }
    return null;
  }

  /** How many there are, be they known here or not. */
  private static int size(Succession rule, Node primary) {
    List<String> names = rule.members();
    return names == null ? primary.replicas.size() : names.size();
  }

  private List<Node> members(Succession rule, Node primary) {
    List<String> names = rule.members();
    if (names == null) return primary.replicas;
    var members = new ArrayList<Node>();
    for (String name : names) {
      Node node = NodeId.isValid(name) ? cluster.nodes.find(new NodeId(name)) : null;
      if (node != null) members.add(node);
    }
    return members;
  }

  private void ask(List<Node> members, boolean evenIfAlive) {
    ByteBuffer payload = ByteBuffer.allocate(REQUEST_LENGTH);
    payload.putLong(token).putLong(promiseMs()).put((byte) (evenIfAlive ? 1 : 0));
    for (Node member : members) {
      if (member.isMyself() || granted.containsKey(member) || member.outbound == null) continue;
      outbox.module(member.outbound, MODULE_ID, REQUEST, payload.array());
    }
  }

  // --- both

  /** A frame for a module came. */
  void onFrame(Node sender, ModuleBody body) {
    if (body.moduleId() != MODULE_ID) return;
    ByteBuffer payload = ByteBuffer.wrap(body.payload());
    if (body.moduleType() == REQUEST && payload.remaining() >= REQUEST_LENGTH) {
      onRequest(sender, payload.getLong(), payload.getLong(), payload.get() != 0);
    } else if (body.moduleType() == GRANT && payload.remaining() >= GRANT_LENGTH) {
      onGrant(sender, payload);
    }
  }

  private void onGrant(Node sender, ByteBuffer payload) {
    if (roundAtMs == Cluster.NEVER || payload.getLong() != token) return;
    var history = new byte[GRANT_LENGTH - Long.BYTES];
    payload.get(history);
    Succession rule = cluster.host().succession();
    if (rule.history().equals(new String(history, US_ASCII))) {
      granted.put(sender, sender.replicationOffset);
      return;
    }
    elsewhere.add(sender);
    Node primary = cluster.self.primary;
    if (!forsaken() || primary == null) return;
    var members = members(rule, primary);
    if (elsewhere.stream().filter(members::contains).count() < rule.acks()) return;
    cluster.note(
        Effect.Level.WARNING,
        "my primary started anew, and %d replicas have gone on with it: so do I"
            .formatted(elsewhere.size()));
    reset();
    cluster.campaign.reset();
    cluster.emit(new Effect.AcceptHistory());
  }

  // --- the sibling

  private void onRequest(Node sender, long itsToken, long promiseMs, boolean evenIfAlive) {
    Node primary = cluster.self.primary;
    if (primary == null || sender.primary != primary) return;
    if (!primary.failed() && !evenIfAlive) return;
    candidate = sender;
    candidateToken = itsToken;
    cluster.emit(new Effect.Fence(Math.clamp(promiseMs, 0, 10 * promiseMs())));
  }

  /** The fence may stand by now: what this node has counts from here on. */
  void grant() {
    Node to = candidate;
    Succession mine = cluster.host().succession();
    if (to == null || !mine.fenced()) return;
    candidate = null;
    byte[] history = mine.history().getBytes(US_ASCII);
    boolean whole = mine.sound() && history.length == GRANT_LENGTH - Long.BYTES;
    if (!whole || to.outbound == null || to.primary != cluster.self.primary) return;
    ByteBuffer payload = ByteBuffer.allocate(GRANT_LENGTH).putLong(candidateToken).put(history);
    cluster.notice("nothing is acknowledged to my primary while " + to + " stands for its place");
    outbox.module(to.outbound, MODULE_ID, GRANT, payload.array());
  }

  /** A node leaves the table. */
  void forget(Node node) {
    granted.remove(node);
    elsewhere.remove(node);
    if (candidate == node) candidate = null;
  }
}
