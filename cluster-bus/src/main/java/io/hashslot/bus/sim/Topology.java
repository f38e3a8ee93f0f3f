package io.hashslot.bus.sim;

import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated cluster is made of. Primaries are called {@code p1, p2, …}, their replicas
 * {@code r1a, r1b, r2a, …}; names stay with the machines when roles change. Machines go round the
 * zones, the replicas of a primary to those after its own.
 *
 * @param primaries how many; each has its even share of the slots
 * @param replicasEach replicas of each primary, at most 26
 * @param zones where machines stand; at least one
 * @param nodeTimeoutMs {@code cluster-node-timeout} in milliseconds
 */
public record Topology(int primaries, int replicasEach, List<String> zones, long nodeTimeoutMs) {
  /** Short, so that a simulated minute holds many timeouts. */
  public static final long NODE_TIMEOUT_MS = 2_000;

  /** Checks the numbers. */
  public Topology {
    if (primaries < 0 || replicasEach < 0 || replicasEach > 26 || zones.isEmpty()) {
      throw new IllegalArgumentException("no topology: " + primaries + " x " + replicasEach);
    }
    zones = List.copyOf(zones);
  }

  /** In one zone, with the timeout of the tests. */
  public static Topology of(int primaries, int replicasEach) {
    return new Topology(primaries, replicasEach, List.of("a"), NODE_TIMEOUT_MS);
  }

  /** The same machines in other zones. */
  public Topology inZones(String... names) {
    return new Topology(primaries, replicasEach, List.of(names), nodeTimeoutMs);
  }

  /** The same with another node timeout. */
  public Topology withNodeTimeoutMs(long value) {
    return new Topology(primaries, replicasEach, zones, value);
  }

  /** All machines. */
  public int size() {
    return primaries * (1 + replicasEach);
  }

  /** All machines, the primaries first. */
  List<Machine> machines() {
    var machines = new ArrayList<Machine>();
    for (int p = 1; p <= primaries; p++) {
      var slots = SlotSet.range(firstSlot(p), firstSlot(p + 1) - 1);
      machines.add(new Machine(name(p, -1), zone(p, -1), p, true, slots));
    }
    var none = new SlotSet();
    for (int p = 1; p <= primaries; p++) {
      for (int r = 0; r < replicasEach; r++) {
        machines.add(new Machine(name(p, r), zone(p, r), p, false, none));
      }
    }
    return machines;
  }

  /**
   * The name of a machine.
   *
   * @param shard from 1 on
   * @param replica -1 for the primary, else from 0 on
   */
  String name(int shard, int replica) {
    return replica < 0 ? "p" + shard : "r" + shard + (char) ('a' + replica);
  }

  String zone(int shard, int replica) {
    return zones.get((shard + replica) % zones.size());
  }

  /** First slot of a shard; that of the shard after the last is {@link Slots#COUNT}. */
  int firstSlot(int shard) {
    return (shard - 1) * Slots.COUNT / primaries;
  }
}
