package io.hashslot.cli.view;

import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that answered: the one asked first, then the others in the order that one lists them.
 *
 * @param nodes at least one
 * @param unreachable nodes the first one knows of that serve slots but did not answer
 */
public record ClusterView(List<ClusterNode> nodes, List<NodeLine> unreachable) {

  /** The nodes that take writes. */
  public List<ClusterNode> primaries() {
    return nodes.stream().filter(ClusterNode::isPrimary).toList();
  }

  /** The nodes that follow the one with the given id. */
  public List<ClusterNode> replicasOf(String primaryId) {
    return nodes.stream().filter(node -> primaryId.equals(node.self().primaryId())).toList();
  }

  /** The node with the given id, if it answered. */
  public @Nullable ClusterNode byId(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElse(null);
  }

  /** Whether all nodes believe the same about who serves which slot. */
  public boolean agrees() {
    return nodes.stream().map(ClusterNode::signature).distinct().count() < 2;
  }

  /** The slots nobody who answered claims to serve. */
  public SlotSet uncovered() {
    SlotSet open = SlotSet.all();
    nodes.forEach(node -> open.removeAll(node.self().slots()));
    return open;
  }

  /** The slots that are on the move, with a node that says so. */
  public Map<Integer, ClusterNode> openSlots() {
    Map<Integer, ClusterNode> open = new TreeMap<>();
    for (ClusterNode node : nodes) {
      node.self().migrating().keySet().forEach(slot -> open.put(slot, node));
      node.self().importing().keySet().forEach(slot -> open.put(slot, node));
    }
    return open;
  }
}
