package io.hashslot.bus.core;

import io.hashslot.bus.wire.GossipEntry;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The table of known nodes, ordered by id so that no decision depends on the order of a hash table,
 * and the list of ids that gossip may not bring back.
 */
final class Nodes implements Iterable<Node> {
  /**
   * By the digest of the name. Two names of one digest would be hard to make; then the table knows
   * one of them, and the other is found in {@link #sorted}.
   */
  private final Long2ObjectOpenHashMap<Node> byDigest = new Long2ObjectOpenHashMap<>();

  private final ArrayList<Node> sorted = new ArrayList<>();
  private final Map<NodeId, Long> bannedUntilMs = new TreeMap<>();
  private long version;

  /** Grows whenever the nodes, or their order, change: places in the order are stale then. */
  long version() {
    return version;
  }

  int size() {
    return sorted.size();
  }

  /** The node at this place in the order of ids. */
  Node at(int index) {
    return sorted.get(index);
  }

  @Nullable Node find(NodeId id) {
    Node node = byDigest.get(id.digest());
    return node != null && node.id.equals(id) ? node : findSorted(id);
  }

  private @Nullable Node findSorted(NodeId id) {
    int at = insertionPoint(sorted, id);
    return at < sorted.size() && sorted.get(at).id.equals(id) ? sorted.get(at) : null;
  }

  /** Of whom a gossip entry tells; null if unknown. Makes no name unless it is unknown. */
  @Nullable Node find(GossipEntry entry) {
    Node node = byDigest.get(entry.nodeDigest());
    if (node != null && entry.isOf(node.id)) return node;
    return entry.nodeIsValid() ? findSorted(entry.node()) : null;
  }

  /** The node with this name, null if unknown or if it cannot be a name. */
  @Nullable Node find(String id) {
    return NodeId.isValid(id) ? find(new NodeId(id)) : null;
  }

  Node random(RandomGenerator random) {
    return sorted.get(random.nextInt(sorted.size()));
  }

  /** In order of ids. The table must not change meanwhile; walk {@link #copy} if it may. */
  @Override
  public Iterator<Node> iterator() {
    return sorted.iterator();
  }

  /** All nodes by id, safe to walk while the table changes. */
  List<Node> copy() {
    return List.copyOf(sorted);
  }

  void add(Node node) {
    byDigest.put(node.id.digest(), node);
    sorted.add(insertionPoint(sorted, node.id), node);
    version++;
  }

  void remove(Node node) {
    byDigest.remove(node.id.digest(), node);
    sorted.remove(insertionPoint(sorted, node.id));
    version++;
  }

  /** A handshake ended: the node is known by its own name from now on. */
  void rename(Node node, NodeId id) {
    remove(node);
    node.id = id;
    add(node);
  }

  /** Attaches a replica to a primary, leaving the one it had. */
  static void attach(Node replica, Node primary) {
    detach(replica);
    replica.primary = primary;
    primary.replicas.add(insertionPoint(primary.replicas, replica.id), replica);
    primary.set(NodeFlags.MIGRATE_TO, true);
  }

  /** Takes a replica from its primary, if it has one. */
  static void detach(Node replica) {
    Node primary = replica.primary;
    if (primary == null) return;
    primary.replicas.remove(replica);
    if (primary.replicas.isEmpty()) primary.set(NodeFlags.MIGRATE_TO, false);
    replica.primary = null;
  }

  /** Keeps an id out of the table for a while; gossip may not bring it back, a MEET may. */
  void ban(NodeId id, long untilMs) {
    bannedUntilMs.put(id, untilMs);
  }

  boolean banned(NodeId id, long nowMs) {
    bannedUntilMs.values().removeIf(until -> until <= nowMs);
    return bannedUntilMs.containsKey(id);
  }

  /** Banned ids with the time of their release. */
  Map<NodeId, Long> bans(long nowMs) {
    if (bannedUntilMs.isEmpty()) return bannedUntilMs;
    bannedUntilMs.values().removeIf(until -> until <= nowMs);
    return bannedUntilMs;
  }

  void clearBans() {
    bannedUntilMs.clear();
  }

  private static int insertionPoint(List<Node> nodes, NodeId id) {
    int low = 0;
    int high = nodes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nodes.get(middle).id.compareTo(id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
