package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
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
   * @param owner who owns them
   * @param replicas those of its replicas that can be read from: not failed, and once synchronised
   */
  public record Span(int first, int last, NodeView owner, List<NodeView> replicas) {}

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
    int first = 0;
    @Nullable NodeView owner = view.owner(0);
    for (int slot = 1; slot <= Slots.COUNT; slot++) {
      NodeView next = slot == Slots.COUNT ? null : view.owner(slot);
      if (next == owner && slot < Slots.COUNT) continue;
      if (owner != null) spans.add(new Span(first, slot - 1, owner, readable(view, owner)));
      first = slot;
      owner = next;
    }
    return spans;
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
