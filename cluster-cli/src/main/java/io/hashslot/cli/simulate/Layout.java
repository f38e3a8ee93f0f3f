package io.hashslot.cli.simulate;

import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of the cluster in question, by the names that scripts call them: primaries are {@code
 * p1, p2, …}, their replicas {@code r1a, r1b, r2a, …}. The names stay with the machines when roles
 * change.
 *
 * @param nodes primaries first
 */
record Layout(List<Place> nodes) {
  /**
   * One machine.
   *
   * @param name such as {@code r2a}
   * @param zone where it stands; empty if there are no zones
   * @param shard number of its shard, from 1
   * @param primary whether it begins as the primary
   * @param slots what it serves in the beginning; none if it is a replica
   * @param address where it stands in the live cluster it was taken from; empty if there is none
   */
  record Place(
      String name, String zone, int shard, boolean primary, SlotSet slots, String address) {}

  /**
   * Shards of one size, dealt over the zones so that no two nodes of a shard share one if they need
   * not.
   */
  static Layout of(int primaries, int replicasEach, List<String> zones) {
    var nodes = new ArrayList<Place>();
    for (int shard = 1; shard <= primaries; shard++) {
      var slots =
          SlotSet.range((shard - 1) * Slots.COUNT / primaries, shard * Slots.COUNT / primaries - 1);
      nodes.add(new Place("p" + shard, zone(zones, shard - 1), shard, true, slots, ""));
    }
    for (int shard = 1; shard <= primaries; shard++) {
      for (int replica = 0; replica < replicasEach; replica++) {
        String name = replicaName(shard, replica);
        nodes.add(new Place(name, zone(zones, shard + replica), shard, false, new SlotSet(), ""));
      }
    }
    return new Layout(nodes);
  }

  /** Replica {@code a, b, …} of a shard. */
  static String replicaName(int shard, int replica) {
    return "r" + shard + (char) ('a' + replica);
  }

  private static String zone(List<String> zones, int number) {
    return zones.isEmpty() ? "" : zones.get(number % zones.size());
  }

  List<String> zones() {
    return nodes.stream().map(Place::zone).filter(zone -> !zone.isEmpty()).distinct().toList();
  }

  List<String> inZone(String zone) {
    return names(nodes.stream().filter(node -> node.zone().equals(zone)).toList());
  }

  int shards() {
    return (int) nodes.stream().filter(Place::primary).count();
  }

  List<String> inShard(int shard) {
    return names(nodes.stream().filter(node -> node.shard() == shard).toList());
  }

  List<String> replicasOf(int shard) {
    return names(nodes.stream().filter(node -> node.shard() == shard && !node.primary()).toList());
  }

  List<String> names() {
    return names(nodes);
  }

  private static List<String> names(List<Place> places) {
    return places.stream().map(Place::name).toList();
  }
}
