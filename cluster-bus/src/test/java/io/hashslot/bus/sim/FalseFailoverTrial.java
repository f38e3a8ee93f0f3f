package io.hashslot.bus.sim;

import io.hashslot.sim.Conditions;
import io.hashslot.sim.Seeds;
import java.util.random.RandomGenerator;

/**
 * Counts how often somebody who lives is replaced, in a cluster of which no process ever ends. Also
 * run inside of a {@link MutantLoader}, over a core with other rules.
 */
public final class FalseFailoverTrial {
  /** What goes wrong all the time, but for breaks shorter than the node timeout. */
  enum Trouble {
    /** Nothing at all. */
    NONE,

    /** One message in a hundred is lost. */
    LOSS_1_PERCENT,

    /** One message in twenty is lost. */
    LOSS_5_PERCENT,

    /** Processes stand still for three to nine tenths of the node timeout. */
    PAUSES {
      @Override
      void strike(SimCluster cluster, RandomGenerator random) {
        long timeoutMs = Topology.NODE_TIMEOUT_MS;
        any(cluster, random).pauseFor(random.nextLong(timeoutMs * 3 / 10, timeoutMs * 9 / 10));
      }
    },

    /** The same, and one message in fifty is lost. */
    PAUSES_AND_LOSS {
      @Override
      void strike(SimCluster cluster, RandomGenerator random) {
        PAUSES.strike(cluster, random);
      }
    },

    /** Two nodes do not hear each other for up to three node timeouts. */
    FLAPPING_LINKS {
      @Override
      void strike(SimCluster cluster, RandomGenerator random) {
        SimNode one = any(cluster, random);
        SimNode other = any(cluster, random);
        if (one == other) return;
        cluster.cut(one, other, true);
        long us = 1_000 * random.nextLong(3 * Topology.NODE_TIMEOUT_MS);
        cluster.later(us, () -> cluster.cut(one, other, false));
      }
    },

    /** What goes to and from a node takes up to a third of the node timeout more. */
    SLOW_NODES {
      @Override
      void strike(SimCluster cluster, RandomGenerator random) {
        String host = any(cluster, random).host();
        cluster.network().slow(host, random.nextLong(1_000 * Topology.NODE_TIMEOUT_MS / 3));
        long us = 1_000 * random.nextLong(3 * Topology.NODE_TIMEOUT_MS);
        cluster.later(us, () -> cluster.network().slow(host, 0));
      }
    },

    /** Each message takes up to a fifth of the node timeout. */
    DELAYS;

    /** Something more than what is always so. */
    void strike(SimCluster cluster, RandomGenerator random) {}

    Conditions conditions() {
      return switch (this) {
        case LOSS_1_PERCENT -> Conditions.FAIR.withRates(10, 0, 0);
        case LOSS_5_PERCENT -> Conditions.FAIR.withRates(50, 0, 0);
        case PAUSES_AND_LOSS -> Conditions.FAIR.withRates(20, 0, 0);
        case DELAYS -> Conditions.FAIR.withDelays(100, 1_000 * Topology.NODE_TIMEOUT_MS / 5);
        case NONE, PAUSES, FLAPPING_LINKS, SLOW_NODES -> Conditions.FAIR;
      };
    }

    private static SimNode any(SimCluster cluster, RandomGenerator random) {
      return cluster.nodes().get(random.nextInt(cluster.size()));
    }
  }

  /** Counts primaries that were replaced. */
  private static final class Count implements Invariant {
    private int replaced;

    @Override
    public void onPromoted(SimNode node) {
      replaced++;
    }
  }

  private FalseFailoverTrial() {}

  /** How many primaries are replaced in so much time, by the name of a {@link Trouble}. */
  public static int replaced(String trouble, long seed, long lifeMs) {
    return replaced(Trouble.valueOf(trouble), seed, lifeMs);
  }

  static int replaced(Trouble trouble, long seed, long lifeMs) {
    var random = Seeds.generator(~seed);
    var topology = Topology.of(3, seed % 3 == 0 ? 2 : 1);
    var cluster = SimCluster.of(topology, seed, false, false);
    cluster.startFormed();
    cluster.passesMs(5_000);
    var count = new Count();
    cluster.check(count);
    cluster.network().conditions(trouble.conditions());
    long endMs = cluster.queue().nowMs() + lifeMs;
    while (cluster.queue().nowMs() < endMs) {
      trouble.strike(cluster, random);
      cluster.passesMs(random.nextLong(Topology.NODE_TIMEOUT_MS));
    }
    return count.replaced;
  }
}
