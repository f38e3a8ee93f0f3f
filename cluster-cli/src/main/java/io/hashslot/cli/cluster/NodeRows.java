package io.hashslot.cli.cluster;

import io.hashslot.cli.view.ClusterNode;
import io.hashslot.cli.view.ClusterView;
import io.hashslot.slot.SlotSet;
import java.util.stream.Collectors;

/** The rows that describe nodes, two or three lines each. */
final class NodeRows {
  private NodeRows() {}

  /** A node as it is. */
  static String of(ClusterNode node, ClusterView view) {
    String roles =
        node.self().flags().stream()
            .filter(flag -> !flag.equals("myself"))
            .collect(Collectors.joining(","));
    String rows =
        "%s: %s %s\n   slots:%s (%d slots) %s\n"
            .formatted(
                node.isPrimary() ? 'M' : 'S',
                node.id(),
                node.endpoint(),
                ranges(node.self().slots()),
                node.self().slots().count(),
                roles);
    int replicas = view.replicasOf(node.id()).size();
    if (!node.isPrimary()) {
      rows += "   replicates " + node.self().primaryId() + '\n';
    } else if (replicas > 0) {
      rows += "   " + replicas + " additional replica(s)\n";
    }
    return rows;
  }

  /** {@code [0-5460],[10923]}. */
  private static String ranges(SlotSet slots) {
    return slots.ranges().stream().map(range -> "[" + range + "]").collect(Collectors.joining(","));
  }
}
