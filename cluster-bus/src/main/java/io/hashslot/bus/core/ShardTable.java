package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A view arranged as CLUSTER SLOTS and CLUSTER SHARDS show it; what goes into a reply, and in which
 * order, as Valkey 8.0.1 has it.
 */
public final class ShardTable {
  private ShardTable() {}

  /**
   * Neighbouring slots of one owner.
   *
   * @param first 0..16383
   * @param last {@code first} or more
   * @param servers who serves them; the same object in all spans of one owner
   */
  public record Span(int first, int last, Servers servers) {}

  /**
   * Who serves some slots.
   *
   * @param number 0 for who comes first in the table, 1 for the next one, and so on
   * @param owner who owns the slots
   * @param replicas those of its replicas that can be read from: not failed, and once synchronised
   */
  public record Servers(int number, NodeView owner, List<NodeView> replicas) {}

  /**
   * A primary and its replicas.
   *
   * @param slots what the primary owns
   * @param nodes the primary first, then the others by id
   */
  public record Shard(NodeId id, SlotSet slots, List<NodeView> nodes) {}

  /** The maximal spans in ascending order, for CLUSTER SLOTS. */
  public static List<Span> spans(ClusterView view) {
    var spans = new ArrayList<Span>();
    var servers = new IdentityHashMap<NodeView, Servers>();
    int first = 0;
    @Nullable NodeView owner = view.owner(0);
    for (int slot = 1; slot <= Slots.COUNT; slot++) {
      NodeView next = slot == Slots.COUNT ? null : view.owner(slot);
      if (next == owner && slot < Slots.COUNT) continue;
      if (owner != null) {
        Servers known = servers.get(owner);
        if (known == null) {
          known = new Servers(servers.size(), owner, readable(view, owner));
          servers.put(owner, known);
        }
        spans.add(new Span(first, slot - 1, known));
      }
      first = slot;
      owner = next;
    }
    return spans;
  }

  /**
   * Whether {@link #spans} of two views of one core are the same, and all that clients are told of
   * the nodes in them. Most views differ in times and offsets alone; looking for more takes some
   * microseconds with a thousand nodes. May say no where it is so.
   */
  public static boolean sameSpans(ClusterView one, ClusterView other) {
    if (one == other) return true;
    List<NodeView> nodes = one.nodes();
    List<NodeView> others = other.nodes();
    if (!one.hasSlotsOf(other) || nodes.size() != others.size()) return false;
    for (int i = 0; i < nodes.size(); i++) {
      if (!toldAlike(nodes.get(i), others.get(i))) return false;
    }
    return true;
  }

  private static boolean toldAlike(NodeView one, NodeView other) {
    return one == other
        || one.failed() == other.failed()
            && (one.replicationOffset() == 0) == (other.replicationOffset() == 0)
            && one.port() == other.port()
            && one.tlsPort() == other.tlsPort()
            && one.id().equals(other.id())
            && one.ip().equals(other.ip())
            && one.hostname().equals(other.hostname())
            && one.clientIpv4().equals(other.clientIpv4())
            && one.clientIpv6().equals(other.clientIpv6())
            && one.zone().equals(other.zone())
            && one.replicas().equals(other.replicas());
  }

  private static List<NodeView> readable(ClusterView view, NodeView owner) {
    var replicas = new ArrayList<NodeView>();
    for (NodeId id : owner.replicas()) {
      NodeView replica = view.node(id.text());
      if (replica == null || replica.failed() || replica.replicationOffset() == 0) continue;
      replicas.add(replica);
    }
    return replicas;
  }

  /** The shards by id, for CLUSTER SHARDS; nodes in handshake belong to none. */
  public static List<Shard> shards(ClusterView view) {
    var byId = new TreeMap<NodeId, List<NodeView>>();
    for (NodeView node : view.nodes()) {
      if (node.inHandshake()) continue;
      List<NodeView> members = byId.computeIfAbsent(node.shard(), _ -> new ArrayList<>());
      if (node.isPrimary()) members.addFirst(node);
      else members.add(node);
    }
    var shards = new ArrayList<Shard>();
    byId.forEach((id, members) -> shards.add(new Shard(id, slotsOf(members), members)));
    return shards;
  }

  private static SlotSet slotsOf(List<NodeView> members) {
    for (NodeView member : members) {
      if (!member.slots().isEmpty()) return member.slots();
    }
    return members.getFirst().slots();
  }

  /** {@code fail}, {@code loading} or {@code online}, as CLUSTER SHARDS tells it. */
  public static String health(NodeView node) {
    if (node.failed()) return "fail";
    return node.isReplica() && node.replicationOffset() == 0 ? "loading" : "online";
  }
}
