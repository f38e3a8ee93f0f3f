package io.hashslot.bus.core;

import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * A view as CLUSTER NODES, REPLICAS and INFO print it; formats of Valkey 8.0.1, checked against the
 * running server.
 */
public final class ClusterTexts {
  private ClusterTexts() {}

  /**
   * For whom a text is meant.
   *
   * @param tls whether the client is connected by TLS and must be told TLS ports
   * @param ipv6 whether it is connected by IPv6
   */
  public record Audience(boolean tls, boolean ipv6) {
    /** A client on a plain IPv4 connection. */
    public static final Audience PLAIN = new Audience(false, false);

    /** The address this client is to be told. */
    public String ip(NodeView node) {
      String announced = ipv6 ? node.clientIpv6() : node.clientIpv4();
      return announced.isEmpty() ? node.ip() : announced;
    }

    /** The port this client is to be told. */
    public int port(NodeView node) {
      return tls ? node.tlsPort() : node.port();
    }
  }

  /** CLUSTER NODES: one line for each node, each ended by a line feed. */
  public static String nodes(ClusterView view, Audience audience) {
    var text = new StringBuilder(192 * view.nodes().size());
    for (NodeView node : view.nodes()) {
      line(view, node, audience, text);
      text.append('\n');
    }
    return text.toString();
  }

  /** CLUSTER REPLICAS: the lines of the replicas of a primary, without line feeds. */
  public static List<String> replicas(ClusterView view, NodeView primary, Audience audience) {
    var lines = new ArrayList<String>();
    for (NodeId id : primary.replicas()) {
      NodeView replica = view.node(id.text());
      if (replica == null) continue;
      var text = new StringBuilder(192);
      line(view, replica, audience, text);
      lines.add(text.toString());
    }
    return lines;
  }

  private static void line(ClusterView view, NodeView node, Audience audience, StringBuilder text) {
    NodeId primary = node.primary();
    text.append(node.id()).append(' ').append(audience.ip(node));
    text.append(':').append(audience.port(node)).append('@').append(node.busPort());
    if (!node.hostname().isEmpty()) text.append(',').append(node.hostname());
    text.append(' ').append(NodeFlags.text(node.flags()));
    text.append(' ').append(primary == null ? "-" : primary.text());
    text.append(' ').append(node.pingSentWallMs()).append(' ').append(node.pongReceivedWallMs());
    text.append(' ').append(node.configEpoch());
    text.append(node.linkUp() ? " connected" : " disconnected");
    if (!node.slots().isEmpty()) text.append(' ').append(node.slots());
    if (node.myself() && view.anyOpenSlot()) openSlots(view, text);
  }

  private static void openSlots(ClusterView view, StringBuilder text) {
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      NodeView target = view.migratingTo(slot);
      NodeView source = view.importingFrom(slot);
      if (target != null) {
        text.append(" [").append(slot).append("->-").append(target.id()).append(']');
      } else if (source != null) {
        text.append(" [").append(slot).append("-<-").append(source.id()).append(']');
      }
    }
  }

  /**
   * CLUSTER INFO.
   *
   * @param linksClosedForSendBuffer links closed because too much was queued on them
   */
  public static String info(ClusterView view, long linksClosedForSendBuffer) {
    ClusterView.Summary summary = view.summary();
    var text = new StringBuilder(512);
    row(text, "cluster_state", view.health().ok() ? "ok" : "fail");
    row(text, "cluster_slots_assigned", summary.slotsAssigned());
    row(text, "cluster_slots_ok", summary.slotsOk());
    row(text, "cluster_slots_pfail", summary.slotsPfail());
    row(text, "cluster_slots_fail", summary.slotsFail());
    row(text, "cluster_known_nodes", view.nodes().size());
    row(text, "cluster_size", summary.votingPrimaries());
    row(text, "cluster_current_epoch", summary.currentEpoch());
    row(text, "cluster_my_epoch", summary.myEpoch());
    counters(text, summary.counters().sent(), "sent");
    counters(text, summary.counters().received(), "received");
    row(text, "total_cluster_links_buffer_limit_exceeded", linksClosedForSendBuffer);
    return text.toString();
  }

  private static void counters(StringBuilder text, long[] counts, String direction) {
    long sum = 0;
    for (int code = 0; code < counts.length; code++) {
      sum += counts[code];
      if (counts[code] == 0) continue;
      String type = MessageType.of(code).statisticsName();
      row(text, "cluster_stats_messages_" + type + "_" + direction, counts[code]);
    }
    row(text, "cluster_stats_messages_" + direction, sum);
  }

  private static void row(StringBuilder text, String name, long value) {
    row(text, name, Long.toString(value));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }
}
