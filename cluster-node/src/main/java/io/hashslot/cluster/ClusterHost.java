package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.core.Succession;
import io.hashslot.bus.link.BusHost;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.slot.SlotSet;
import io.hashslot.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the bus decides, carried out on this server. The bus thread only notes and hands on:
 * whatever changes role or data runs on the slow lane, in the order of the decisions, under the
 * locks of all shards. Until then clients are redirected or refused by the view: availability
 * waits, safety does not.
 */
final class ClusterHost implements BusHost {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterHost.class);

  /**
   * The parts of the server that role changes touch.
   *
   * @param slotKeys deletes the keys of slots that were lost
   * @param moves hears of new views, and that this node leads now
   * @param slotChanges hears of new views
   * @param tlsReplication whether primaries are reached at their TLS ports
   * @param fatal ends the process
   */
  record Parts(
      SlotRouting routing,
      ReplicationSeat replication,
      Messages messages,
      NodeState state,
      Keyspace keyspace,
      SlowLane slowLane,
      LoopWatch loopWatch,
      ShardWatch shardWatch,
      Standstill standstill,
      Clock clock,
      SlotKeys slotKeys,
      SlotMoves moves,
      SlotChanges slotChanges,
      BooleanSupplier tlsReplication,
      Consumer<Exception> fatal) {}

  /** Deletes keys of slots. */
  interface SlotKeys {
    /** Deletes all keys of some slots, soon, and, if asked for, tells replicas. */
    void delete(SlotSet slots, boolean propagate);

    /** Deletes all data; under all locks. */
    void deleteAll();
  }

  private final Parts parts;

  ClusterHost(Parts parts) {
    this.parts = parts;
  }

  @Override
  public HostFacts facts() {
    ReplicationSeat replication = parts.replication();
    // Before the offset: what is fenced has no more than that.
    Succession succession = replication.succession(this::siblings);
    return new HostFacts(
        replication.offset(),
        replication.linkUp(),
        Math.min(HostFacts.NEVER_SYNCED, replication.silenceMs()),
        holdsKeys(),
        succession);
  }

  private boolean holdsKeys() {
    Keyspace keyspace = parts.keyspace();
    for (int database = 0; database < keyspace.databases(); database++) {
      if (keyspace.size(database) > 0) {
        return true;
      }
    }
    return false;
  }

  /** How many replicas my primary has, as far as I know. */
  private int siblings() {
    ClusterView view = parts.routing().view();
    NodeView primary = view == null ? null : view.myPrimary();
    return primary == null ? 0 : primary.replicas().size();
  }

  @Override
  public long stalledForMs() {
    long loopsMs = parts.loopWatch().stalledForMs();
    long shardsMs = parts.shardWatch().stalledForMs();
    // While data is loaded the shards are not for clients, and the server says so.
    return parts.state().loading() ? loopsMs : Math.max(loopsMs, shardsMs);
  }

  @Override
  public boolean acceptsPeers() {
    return !parts.state().loading() || parts.state().replica();
  }

  @Override
  public void publish(ClusterView view) {
    awaitPromotion(parts.routing().view(), view);
    parts.routing().publish(view);
    parts.moves().seen(view);
    parts.slotChanges().seen(view);
    NodeView self = view.self();
    parts
        .replication()
        .shard(
            self.id().text(),
            self.replicas().stream().map(NodeId::text).toList(),
            view.health().mayBeReplaced());
  }

  /**
   * From this view on the others send clients here, but the role changes only when all shards are
   * held: their writes have to wait until then.
   */
  private void awaitPromotion(@Nullable ClusterView before, ClusterView view) {
    if (!view.self().isPrimary()) {
      parts.state().tookOver();
    } else if (before != null && !before.self().isPrimary()) {
      parts.state().takeOver(parts.clock().wallMs());
    }
  }

  private void becomePrimary() {
    parts.replication().lead();
    parts.state().replica(false);
    parts.state().tookOver();
  }

  @Override
  public void promote(long viewVersion) {
    LOG.info("This replica is promoted to primary");
    parts.slowLane().underAllLocks(this::becomePrimary);
    parts.slowLane().execute(parts.moves()::promoted);
  }

  @Override
  public void demote(long viewVersion) {
    LOG.info("This primary is demoted to replica");
    parts.slowLane().underAllLocks(() -> parts.state().replica(true));
  }

  @Override
  public void follow(Effect.Follow follow) {
    int port = parts.tlsReplication().getAsBoolean() ? follow.tlsPort() : follow.port();
    LOG.info("Following primary {} at {}:{}", follow.primary().text(), follow.ip(), port);
    parts
        .slowLane()
        .underAllLocks(
            () -> {
              parts.state().replica(true);
              parts.replication().follow(follow.ip(), port, follow.partialAllowed());
            });
  }

  @Override
  public void unfollow() {
    parts.slowLane().underAllLocks(this::becomePrimary);
  }

  @Override
  public void flushData() {
    parts.slowLane().underAllLocks(parts.slotKeys()::deleteAll);
  }

  @Override
  public void deleteSlotKeys(SlotSet slots, boolean propagate) {
    parts.slotKeys().delete(slots, propagate);
  }

  @Override
  public void dropShardChannels(SlotSet slots) {
    parts.messages().dropShardChannels(slots);
  }

  @Override
  public void deliver(byte[] channel, byte[] message, boolean sharded) {
    parts.messages().deliver(channel, message, sharded);
  }

  @Override
  public void pauseWrites(long untilMonotonicMs, Runnable whenStill) {
    long nowMs = parts.clock().wallMs();
    long leftMs = untilMonotonicMs - parts.clock().monotonicNs() / 1_000_000;
    parts.state().pauseForFailover(nowMs + Math.max(0, leftMs));
    parts.standstill().whenReached(whenStill);
  }

  @Override
  public void resumeWrites() {
    parts.state().endFailoverPause();
  }

  @Override
  public void fence(long forMs) {
    parts.replication().fence(forMs);
  }

  @Override
  public void acceptHistory() {
    parts.replication().acceptHistory();
  }

  @Override
  public void fatal(Exception cause) {
    LOG.error(
        "nodes.conf cannot be written: this node must not go on, it could forget a vote", cause);
    parts.fatal().accept(cause);
  }
}
