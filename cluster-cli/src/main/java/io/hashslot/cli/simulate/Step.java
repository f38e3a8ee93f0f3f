package io.hashslot.cli.simulate;

import java.util.List;

/** One thing that a script does. */
sealed interface Step {
  /** Time passes. */
  record Wait(long ms) implements Step {}

  /** Processes end; their peers see the connections break. */
  record Kill(Target target) implements Step {}

  /** Machines vanish; nobody is told. */
  record PowerOff(Target target) implements Step {}

  /** Machines that are down come back with what they wrote. */
  record Start(Target target) implements Step {}

  /** Processes stand still for a while, then go on as if nothing had been. */
  record Pause(Target target, long ms) implements Step {}

  /** Machines are cut off from all others; among themselves they talk. */
  record Isolate(Target target) implements Step {}

  /** Zones of different sides do not hear each other; those that are not named hear all. */
  record Partition(List<List<String>> sides) implements Step {}

  /** Cuts are mended, and the network is as it was in the beginning. */
  record Heal() implements Step {}

  /** New machines without slots are introduced to the first node that runs. */
  record Join(int count) implements Step {}

  /** Replicas are told CLUSTER FAILOVER. */
  record Failover(Target target) implements Step {}

  /** From now on this share of all messages is lost. */
  record Loss(double percent) implements Step {}

  /** From now on a message takes so long, in microseconds. */
  record Delay(long minUs, long maxUs) implements Step {}

  /**
   * Whom a step concerns.
   *
   * @param nodes by name; empty if {@code percent} counts
   * @param percent so much of all nodes that run, drawn by chance; 0 if {@code nodes} count
   */
  record Target(List<String> nodes, double percent) {}
}
