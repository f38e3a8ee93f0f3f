package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.slot.Slots;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cluster is whole: all that run serve, know each other, agree on roles and on the owner
 * of every slot, and follow whom they believe to follow.
 */
final class Wholeness {
  private Wholeness() {}

  /** What is missing, in words; null if nothing is. */
  static @Nullable String disagreement(SimCluster cluster) {
    SimNode first = null;
    for (SimNode node : cluster.nodes()) {
      if (!node.running()) continue;
      if (!node.view().health().ok()) return node + ": state " + node.view().health();
      if (first == null) first = node;
    }
    for (SimNode node : cluster.nodes()) {
      if (!node.running()) continue;
      String trouble = trouble(cluster, node);
      if (trouble != null) return node + ": " + trouble;
      if (first != null && first != node) {
        String slots = slots(first, node);
        if (slots != null) return slots;
      }
    }
    return sameEpoch(cluster);
  }

  /** Two primaries with one config epoch: the next slot that both claim has no owner by rule. */
  private static @Nullable String sameEpoch(SimCluster cluster) {
    var epochs = new HashMap<Long, SimNode>();
    for (SimNode node : cluster.nodes()) {
      if (!node.isPrimary() || node.view().self().slots().isEmpty()) continue;
      SimNode other = epochs.put(node.view().self().configEpoch(), node);
      if (other != null) return node + " and " + other + " have the same config epoch";
    }
    return null;
  }

  private static @Nullable String slots(SimNode first, SimNode node) {
    ClusterView one = first.view();
    ClusterView other = node.view();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      NodeView here = one.owner(slot);
      NodeView there = other.owner(slot);
      if (here == null || there == null || !here.id().equals(there.id())) {
        return first + " and " + node + " disagree about slot " + slot;
      }
    }
    return null;
  }

  private static @Nullable String trouble(SimCluster cluster, SimNode node) {
    ClusterView view = node.view();
    int members = 0;
    for (NodeView known : view.nodes()) {
      SimNode other = cluster.find(known.id());
      if (other == null) continue;
      members++;
      if (known.failed() || known.suspected()) return "thinks that " + other + " failed";
      if (known.isPrimary() != other.isPrimary()) return "mistakes the role of " + other;
    }
    int running = 0;
    for (SimNode other : cluster.nodes()) {
      if (!other.running()) continue;
      running++;
      if (members <= running && view.node(other.id().text()) == null) {
        return "does not know " + other;
      }
    }
    return following(node, view);
  }

  private static @Nullable String following(SimNode node, ClusterView view) {
    if (view.self().isPrimary()) return null;
    NodeView primary = view.myPrimary();
    if (primary == null || !primary.isPrimary()) return "has no primary";
    if (!primary.id().equals(node.following())) return "follows another one";
    return null;
  }
}
