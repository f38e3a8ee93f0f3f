package io.hashslot.bus.sim;

import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.EventQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a core can notice of the replication of its host: whom it follows, how far it got, whether
 * the link is up. A replica asks its primary every {@value #ROUND_US} microseconds.
 */
class SimReplication {
  /** Makes the replication of each machine. */
  interface Factory {
    /** The replication of that machine. */
    SimReplication of(SimNode node, SimCluster cluster);
  }

  private static final long LINK_TIMEOUT_US = 1_000_000;
  private static final long ROUND_US = 20_000;
  private static final long LONG_AGO_US = Long.MIN_VALUE / 4;

  private final SimNode node;
  private final SimCluster cluster;
  private final EventQueue queue;
  private @Nullable NodeId following;
  private long offset;
  private long lastSyncUs = LONG_AGO_US;
  private boolean writesPaused;
  private @Nullable NodeId lastFollowed;

  SimReplication(SimNode node, SimCluster cluster) {
    this.node = node;
    this.cluster = cluster;
    queue = cluster.queue();
  }

  long offset() {
    return offset;
  }

  boolean writesPaused() {
    return writesPaused;
  }

  @Nullable NodeId following() {
    return following;
  }

  /** Whom the host was told to replicate from last; null if never anybody. */
  @Nullable NodeId lastFollowed() {
    return lastFollowed;
  }

  /** The machine starts; its data is still there. */
  void start() {
    lastSyncUs = LONG_AGO_US;
  }

  /** The machine is gone, and with it who waited. */
  void crash() {
    writesPaused = false;
  }

  void follow(NodeId primary, boolean partialAllowed) {
    following = primary;
    lastFollowed = primary;
    if (!partialAllowed) offset = 0;
  }

  void unfollow() {
    following = null;
  }

  void flush() {
    offset = 0;
  }

  void pauseWrites(boolean paused) {
    writesPaused = paused;
  }

  /** Acknowledges nothing for so long; here nothing ever is. */
  void fence(long forMs) {}

  /** Follows the primary even if it has started anew; here it always does. */
  void acceptHistory() {}

  /** A client writes so many bytes, unless nobody may. */
  void write(int bytes) {
    if (node.isPrimary() && !writesPaused && !node.suspended()) offset += bytes;
  }

  /** A write ends that began before they were held back. */
  void lastWrite() {
    if (node.isPrimary() && writesPaused && !node.suspended()) offset++;
  }

  HostFacts facts() {
    boolean linkUp = following != null && queue.nowUs() - lastSyncUs < LINK_TIMEOUT_US;
    long silenceMs = lastSyncUs < 0 ? HostFacts.NEVER_SYNCED : (queue.nowUs() - lastSyncUs) / 1000;
    return new HostFacts(offset, linkUp, silenceMs, offset > 0 && following == null);
  }

  /** One round after the other while the machine lives. */
  void goOn(int life) {
    if (!node.lives(life)) return;
    queue.after(ROUND_US, () -> goOn(life));
    SimNode primary = following == null ? null : cluster.find(following);
    if (primary == null || node.suspended() || !primary.isPrimary() || primary.suspended()) return;
    if (cluster.network().isCut(node.host(), primary.host())
        || cluster.network().isCut(primary.host(), node.host())) {
      return;
    }
    offset = primary.replication().offset;
    lastSyncUs = queue.nowUs();
    node.offsetMoved();
  }
}
