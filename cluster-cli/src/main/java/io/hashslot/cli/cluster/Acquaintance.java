package io.hashslot.cli.cluster;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.NodeLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who knows whom: what one look at all nodes of a cluster to be has shown.
 *
 * @param addresses the nodes as they were named
 * @param nodes what each of them said, in the same order; {@code null} for one that did not answer
 */
record Acquaintance(List<NodeAddress> addresses, List<@Nullable ClusterNode> nodes) {

  /** Whether all nodes know all nodes, and agree who serves what. */
  boolean isComplete() {
    List<String> ids = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (ClusterNode node : nodes) {
      if (node == null) {
        return false;
      }
      ids.add(node.id());
      signatures.add(node.signature());
    }
    return signatures.stream().distinct().count() == 1
        && nodes.stream().allMatch(node -> node != null && knowsAll(node, ids));
  }

  private static boolean knowsAll(ClusterNode node, List<String> ids) {
    return node.seen().stream()
        .filter(line -> !line.is("handshake"))
        .map(NodeLine::id)
        .toList()
        .containsAll(ids);
  }

  /** Whether every node knows of so many replicas. */
  boolean hasReplicas(int count) {
    return nodes.stream()
        .allMatch(
            node ->
                node != null && node.seen().stream().filter(NodeLine::isReplica).count() >= count);
  }

  /** A table: a row for each node, and in it a column for what it knows of each peer. */
  String table() {
    int width = addresses.stream().mapToInt(it -> it.toString().length()).max().orElse(0);
    List<String> rows = new ArrayList<>();
    var head = new StringBuilder(" ".repeat(6 + width));
    for (int i = 0; i < nodes.size(); i++) {
      head.append(" %-9d".formatted(i + 1));
    }
    rows.add(head.toString().stripTrailing());
    for (int row = 0; row < nodes.size(); row++) {
      String address = addresses.get(row).toString();
      var cells =
          new StringBuilder("%4d  ".formatted(row + 1))
              .append(address)
              .append(" ".repeat(width - address.length()));
      for (int column = 0; column < nodes.size(); column++) {
        cells.append(" %-9s".formatted(cell(row, column)));
      }
      rows.add(cells.toString().stripTrailing());
    }
    return String.join("\n", rows);
  }

  private String cell(int row, int column) {
    ClusterNode node = nodes.get(row);
    if (node == null) {
      return "silent";
    }
    if (row == column) {
      return "-";
    }
    ClusterNode peer = nodes.get(column);
    for (NodeLine line : node.seen()) {
      boolean same =
          peer == null
              ? line.endpoint().port() == addresses.get(column).endpoint().port()
              : line.id().equals(peer.id());
      if (same) {
        return line.is("handshake") ? "greeting" : line.connected() ? "ok" : "no link";
      }
    }
    return "unknown";
  }
}
