package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;

/**
 * The texts of {@code CLUSTER NODES}, {@code REPLICAS} and {@code INFO}, formats of Redis 7.2 and
 * Valkey 8.0.
 */
public final class NodeLines {
  private NodeLines() {}

  /** Returns the line of one node, without its end. */
  public static String line(ClusterView view, NodeView node) {
    StringBuilder line = new StringBuilder(160);
    line.append(node.id().text()).append(' ');
    line.append(node.ip()).append(':').append(node.port()).append('@').append(node.busPort());
    if (!node.hostname().isEmpty()) {
      line.append(',').append(node.hostname());
    }
    line.append(' ').append(NodeFlags.text(node.flags()));
    var primary = node.primary();
    line.append(' ').append(primary == null ? "-" : primary.text());
    line.append(' ').append(node.pingSentWallMs());
    line.append(' ').append(node.myself() ? 0 : node.pongReceivedWallMs());
    line.append(' ').append(node.configEpoch());
    line.append(' ').append(node.linkUp() ? "connected" : "disconnected");
    node.slots()
        .forEachRange(
            (first, last) -> {
              line.append(' ').append(first);
              if (last != first) {
                line.append('-').append(last);
              }
            });
    if (node.myself() && view.anyOpenSlot()) {
      openSlots(view, line);
    }
    return line.toString();
  }

  private static void openSlots(ClusterView view, StringBuilder line) {
    for (int slot = 0; slot < io.hashslot.slot.Slots.COUNT; slot++) {
      NodeView target = view.migratingTo(slot);
      NodeView source = view.importingFrom(slot);
      if (target != null) {
        line.append(" [").append(slot).append("->-").append(target.id().text()).append(']');
      } else if (source != null) {
        line.append(" [").append(slot).append("-<-").append(source.id().text()).append(']');
      }
    }
  }

  /** Returns the lines of all nodes, each with its end. */
  public static String all(ClusterView view) {
    StringBuilder text = new StringBuilder();
    for (NodeView node : view.nodes()) {
      text.append(line(view, node)).append('\n');
    }
    return text.toString();
  }

  /** Returns the text of {@code CLUSTER INFO}. */
  public static String info(ClusterView view, long linksClosed) {
    ClusterView.Summary sum = view.summary();
    StringBuilder text = new StringBuilder(512);
    field(text, "cluster_state", sum.health().ok() ? "ok" : "fail");
    field(text, "cluster_slots_assigned", sum.slotsAssigned());
    field(text, "cluster_slots_ok", sum.slotsOk());
    field(text, "cluster_slots_pfail", sum.slotsPfail());
    field(text, "cluster_slots_fail", sum.slotsFail());
    field(text, "cluster_known_nodes", view.nodes().size());
    field(text, "cluster_size", sum.votingPrimaries());
    field(text, "cluster_current_epoch", sum.currentEpoch());
    field(text, "cluster_my_epoch", sum.myEpoch());
    messages(text, "sent", sum.counters().sent());
    messages(text, "received", sum.counters().received());
    field(text, "total_cluster_links_buffer_limit_exceeded", linksClosed);
    return text.toString();
  }

  private static void messages(StringBuilder text, String direction, long[] counts) {
    long sum = 0;
    for (int type = 0; type < counts.length; type++) {
      sum += counts[type];
      if (counts[type] > 0) {
        String name = MessageType.of(type).statisticsName();
        field(text, "cluster_stats_messages_" + name + '_' + direction, counts[type]);
      }
    }
    field(text, "cluster_stats_messages_" + direction, sum);
  }

  private static void field(StringBuilder text, String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }
}
