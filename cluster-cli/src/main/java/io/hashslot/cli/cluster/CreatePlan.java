package io.hashslot.cli.cluster;

import io.hashslot.slot.SlotRange;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a new cluster shall look like: who takes which slots, and who copies whom. A plan is data;
 * making it asks no server.
 *
 * <p>Nodes are taken host by host in turn, so that the primaries stand on as many hosts as there
 * are. Slots are dealt in ranges of equal width, rounded to the nearest slot. A replica goes to a
 * primary on another host where that can be; {@link AntiAffinity} then looks for exchanges that
 * part the members of a replication set further.
 *
 * @param primaries in the order of their slots
 * @param replicas in the order they were dealt
 */
record CreatePlan(List<Primary> primaries, List<Replica> replicas) {

  /** The fewest primaries a cluster can hold elections with. */
  static final int MIN_PRIMARIES = 3;

  /** A node that will serve slots. */
  record Primary(NodeAddress address, SlotRange slots) {}

  /** A node that will copy a primary; {@code extra} if it is one more than was asked for. */
  record Replica(NodeAddress address, NodeAddress primary, boolean extra) {}

  /** How many primaries so many nodes give. */
  static int primaryCount(int nodes, int replicasPerPrimary) {
    return nodes / (replicasPerPrimary + 1);
  }

  /**
   * Plans without looking at anti-affinity across hosts; see {@link #improved}.
   *
   * @param nodes in the order given
   * @param replicasPerPrimary 0 or more
   * @throws IllegalArgumentException if that leaves fewer than three primaries
   */
  static CreatePlan of(List<NodeAddress> nodes, int replicasPerPrimary) {
    int count = primaryCount(nodes.size(), replicasPerPrimary);
    if (count < MIN_PRIMARIES) {
      throw new IllegalArgumentException(count + " primaries are too few");
    }
    List<NodeAddress> mixed = hostByHost(nodes);
    List<SlotRange> slots = deal(count);
    List<Primary> primaries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      primaries.add(new Primary(mixed.get(i), slots.get(i)));
    }
    return new CreatePlan(
        List.copyOf(primaries),
        assign(new ArrayList<>(mixed.subList(count, mixed.size())), primaries, replicasPerPrimary));
  }

  /** One node of each host, then the next of each, hosts in the order they first appear. */
  private static List<NodeAddress> hostByHost(List<NodeAddress> nodes) {
    Map<String, List<NodeAddress>> byHost = new LinkedHashMap<>();
    for (NodeAddress node : nodes) {
      byHost.computeIfAbsent(node.host(), _ -> new ArrayList<>()).add(node);
    }
    List<NodeAddress> mixed = new ArrayList<>();
    for (int round = 0; mixed.size() < nodes.size(); round++) {
      for (List<NodeAddress> host : byHost.values()) {
        if (round < host.size()) {
          mixed.add(host.get(round));
        }
      }
    }
    return mixed;
  }

  /** Ranges of equal width, each end rounded to the nearest slot. */
  static List<SlotRange> deal(int count) {
    List<SlotRange> ranges = new ArrayList<>();
    double width = (double) Slots.COUNT / count;
    double cursor = 0;
    int first = 0;
    for (int i = 0; i < count; i++) {
      int last = i == count - 1 ? Slots.COUNT - 1 : (int) Math.floor(cursor + width - 1 + 0.5);
      last = Math.max(first, Math.min(last, Slots.COUNT - 1));
      ranges.add(new SlotRange(first, last));
      first = last + 1;
      cursor += width;
    }
    return ranges;
  }

  private static List<Replica> assign(
      List<NodeAddress> rest, List<Primary> primaries, int replicasPerPrimary) {
    if (!rest.isEmpty()) {
      // The first of the rest stands on the host of the first primary, where it would be of least
      // use.
      rest.add(rest.removeFirst());
    }
    List<Replica> replicas = new ArrayList<>();
    for (Primary primary : primaries) {
      for (int i = 0; i < replicasPerPrimary && !rest.isEmpty(); i++) {
        replicas.add(new Replica(takeFor(primary, rest), primary.address(), false));
      }
    }
    for (int i = 0; !rest.isEmpty(); i++) {
      Primary primary = primaries.get(i % primaries.size());
      replicas.add(new Replica(takeFor(primary, rest), primary.address(), true));
    }
    return List.copyOf(replicas);
  }

  private static NodeAddress takeFor(Primary primary, List<NodeAddress> rest) {
    for (int i = 0; i < rest.size(); i++) {
      if (!rest.get(i).host().equals(primary.address().host())) {
        return rest.remove(i);
      }
    }
    return rest.removeFirst();
  }

  /** The same plan, or one whose replicas stand better. */
  CreatePlan improved(RandomGenerator random) {
    return new CreatePlan(primaries, AntiAffinity.improve(primaries, replicas, random));
  }

  /** How badly members of replication sets share hosts; 0 if none do. */
  int affinityScore() {
    return AntiAffinity.score(primaries, replicas);
  }
}
