package io.hashslot.bus.sim;

import io.hashslot.sim.Conditions;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What can go wrong with machines, clocks and connections. */
public enum Fault implements Deed {
  /** {@code crash NODE}: the process dies, its peers see their connections close. */
  CRASH {
    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.crash(true);
    }
  },

  /** {@code poweroff NODE}: the machine dies, nobody is told. */
  POWEROFF {
    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.crash(false);
    }
  },

  /** {@code tear NODE EFFECTS}: the machine dies after so many effects, mostly inside an event. */
  TEAR {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + random.nextInt(60);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.crashAfterEffects((int) words.number(1));
    }
  },

  /** {@code start NODE}: a machine that is down comes back. */
  START {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode node =
          Words.any(cluster.nodes().stream().filter(down -> !down.running()).toList(), random);
      return node == null ? null : node.name();
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.start();
    }
  },

  /** {@code pause NODE MS}: the process is suspended, or collects garbage. */
  PAUSE {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + (random.nextBoolean() ? random.nextLong(8_000) : random.nextLong(500));
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.pauseFor(words.number(1));
    }
  },

  /** {@code clock NODE MS}: the wall clock jumps, forward or back. */
  CLOCK {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + random.nextLong(-5_000, 5_000);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.skewWallClock(words.number(1));
    }
  },

  /**
   * {@code drift NODE PERMILLE}: from now on its monotonic clock runs so much faster, or slower.
   */
  DRIFT {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + random.nextLong(-50, 51);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.driftClock(words.number(1));
    }
  },

  /** {@code slow NODE US}: everything to and from this machine takes so much longer. */
  SLOW {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + random.nextLong(500_000);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.tell("is slow: " + words.number(1) + " us");
      cluster.network().slow(node.host(), words.number(1));
    }
  },

  /** {@code alias NODE ZONE}: that zone sees the machine by another address from now on. */
  ALIAS {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + Words.any(cluster.topology().zones(), random);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      String alias = node.host().replaceFirst("^10\\.", "11.");
      node.tell("is seen as " + alias + " in zone " + words.text(1));
      cluster.network().alias(node.host(), alias, words.text(1));
    }
  },

  /** {@code deaf NODE OTHER}: what the first says does not reach the other. */
  DEAF {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + other(cluster, random);
    }

    @Override
    void onTwo(SimCluster cluster, SimNode node, SimNode other, Words words) {
      cluster.transcript().tell("net", node + " is not heard by " + other);
      cluster.network().cut(node.host(), other.host());
    }
  },

  /** {@code break NODE OTHER}: their connections break, and both are told. */
  BREAK {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " " + other(cluster, random);
    }

    @Override
    void onTwo(SimCluster cluster, SimNode node, SimNode other, Words words) {
      cluster.transcript().tell("net", node + " and " + other + " lose their connections");
      cluster.network().breakLinks(node.host(), other.host());
    }
  },

  /** {@code flap NODE OTHER TIMES MS}: their connection comes and goes. */
  FLAP {
    @Override
    String more(SimCluster cluster, RandomGenerator random) {
      return " "
          + other(cluster, random)
          + " "
          + random.nextInt(1, 8)
          + " "
          + random.nextInt(20, 1_500);
    }

    @Override
    void onTwo(SimCluster cluster, SimNode node, SimNode other, Words words) {
      long us = words.number(3) * 1000;
      cluster.transcript().tell("net", node + " and " + other + " flap");
      for (long i = 0; i < words.number(2); i++) {
        cluster.later(2 * i * us, () -> cluster.cut(node, other, true));
        cluster.later((2 * i + 1) * us, () -> cluster.cut(node, other, false));
      }
    }
  },

  /** {@code split NODE ...}: these are cut off from the others, not from each other. */
  SPLIT {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      return random.nextBoolean()
          ? Words.some(cluster.nodes(), random, 50)
          : Words.some(List.of(cluster.nodes().get(random.nextInt(cluster.size()))), random, 100);
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      List<SimNode> inside = words.nodes(cluster, 0);
      cluster.isolate(inside.stream().map(SimNode::name).toArray(String[]::new));
    }
  },

  /** {@code partition ZONE}: a zone is cut off. */
  PARTITION {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      List<String> zones = cluster.topology().zones();
      return zones.size() < 2 ? null : Words.any(zones, random);
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      cluster.isolate(
          cluster.zone(words.text(0)).stream().map(SimNode::name).toArray(String[]::new));
    }
  },

  /** {@code lossy LOST REORDERED DOUBLED}: of a thousand messages each. */
  LOSSY {
    @Override
    public String draw(SimCluster cluster, RandomGenerator random) {
      return random.nextInt(100) + " " + random.nextInt(300) + " " + random.nextInt(100);
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      int lost = (int) words.number(0);
      int reordered = (int) words.number(1);
      int doubled = (int) words.number(2);
      cluster.transcript().tell("net", "of 1000 loses %d, reorders %d".formatted(lost, reordered));
      Conditions now = cluster.network().conditions();
      cluster.network().conditions(now.withRates(lost, reordered, doubled));
    }
  },

  /** {@code delay US}: messages take up to so long. */
  DELAY {
    @Override
    public String draw(SimCluster cluster, RandomGenerator random) {
      return "" + random.nextLong(1_000, 800_000);
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      cluster.transcript().tell("net", "takes up to " + words.number(0) + " us");
      Conditions now = cluster.network().conditions();
      cluster.network().conditions(now.withDelays(100, words.number(0)));
    }
  },

  /** {@code heal}: all connections are good again. */
  HEAL {
    @Override
    public String draw(SimCluster cluster, RandomGenerator random) {
      return "";
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      cluster.heal();
    }
  };

  @Override
  public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
    return cluster.nodes().get(random.nextInt(cluster.size())) + more(cluster, random);
  }

  /** What is drawn behind the machine. */
  String more(SimCluster cluster, RandomGenerator random) {
    return "";
  }

  private static SimNode other(SimCluster cluster, RandomGenerator random) {
    return cluster.nodes().get(random.nextInt(cluster.size()));
  }

  @Override
  public void perform(SimCluster cluster, Words words) {
    SimNode node = words.node(cluster, 0);
    if (node != null) on(cluster, node, words);
  }

  /** What happens to the machine named first. */
  void on(SimCluster cluster, SimNode node, Words words) {
    SimNode other = words.node(cluster, 1);
    if (other != null && other != node) onTwo(cluster, node, other, words);
  }

  /** What happens between the two named first. */
  void onTwo(SimCluster cluster, SimNode node, SimNode other, Words words) {}
}
