package io.hashslot.cli.simulate;

import io.hashslot.cli.simulate.Layout.Place;
import io.hashslot.cli.view.NodeLine;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout of a cluster that exists, as one of its nodes tells it: primaries with slots in the
 * order of their first slots, and their replicas. Each host is a zone of its own, because what
 * stands on one machine fails together; nodes without slots or primary are left out.
 */
final class LiveLayout {
  private static final int MOST_REPLICAS = 26;

  private LiveLayout() {}

  /** Reads what CLUSTER NODES told. */
  static Layout of(List<NodeLine> lines) {
    List<NodeLine> primaries =
        lines.stream()
            .filter(line -> !line.isReplica() && !line.slots().isEmpty())
            .sorted((one, other) -> one.slots().next(0) - other.slots().next(0))
            .toList();
    var nodes = new ArrayList<Place>();
    Map<String, Integer> shardOf = new HashMap<>();
    for (NodeLine line : primaries) {
      int shard = nodes.size() + 1;
      shardOf.put(line.id(), shard);
      nodes.add(place("p" + shard, line, shard, line.slots()));
    }
    var replicas = new int[primaries.size() + 1];
    for (NodeLine line : lines) {
      Integer shard = line.isReplica() ? shardOf.get(String.valueOf(line.primaryId())) : null;
      if (shard != null && replicas[shard] < MOST_REPLICAS) {
        String name = Layout.replicaName(shard, replicas[shard]++);
        nodes.add(place(name, line, shard, new SlotSet()));
      }
    }
    return new Layout(nodes);
  }

  private static Place place(String name, NodeLine line, int shard, SlotSet slots) {
    return new Place(
        name, line.endpoint().host(), shard, !line.isReplica(), slots, line.endpoint().toString());
  }
}
