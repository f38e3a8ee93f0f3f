package io.hashslot.bus.sim;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What aims at acknowledged writes: at who has them, and at who would have to tell of them. */
enum WriteTrouble implements Deed {
  /** {@code cripple NODE US}: one of its replicas is left behind, then the primary is cut off. */
  CRIPPLE {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode leader = leader(cluster, random);
      return leader == null ? null : leader + " " + random.nextLong(1_500_000);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      cluster.cut(node, siblings(cluster, node).getFirst(), true);
      cluster.later(words.number(1), () -> cluster.isolate(node.name()));
    }
  },

  /**
   * {@code whisper NODE}: one of its replicas alone hears the primary; everybody hears that one.
   */
  WHISPER {
    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      SimNode friend = siblings(cluster, node).getFirst();
      for (SimNode other : cluster.nodes()) {
        if (other != node && other != friend) cluster.cut(node, other, true);
      }
    }
  },

  /** {@code stall NODE MS}: a primary is suspended. */
  STALL {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode leader = leader(cluster, random);
      return leader == null ? null : leader + " " + random.nextLong(6_000);
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      node.pauseFor(words.number(1));
    }
  },

  /**
   * {@code forget NODE MS}: dies and comes back after so long without its memory, or without the
   * end of it; unless more of its shard would have lost theirs then than acknowledge a write.
   */
  FORGET {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode node = random.nextBoolean() ? leader(cluster, random) : any(cluster, random);
      if (node == null) return null;
      return node + " " + (random.nextBoolean() ? random.nextLong(1_500) : random.nextLong(9_000));
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      if (!WriteHistory.of(node).mayForget()) return;
      node.crash(words.number(1) % 2 == 0);
      cluster.later(words.number(1) * 1000, node::start);
    }
  };

  private static @Nullable SimNode any(SimCluster cluster, RandomGenerator random) {
    return Words.any(cluster.nodes().stream().filter(SimNode::running).toList(), random);
  }

  private static @Nullable SimNode leader(SimCluster cluster, RandomGenerator random) {
    return Words.any(
        cluster.nodes().stream().filter(node -> WriteHistory.of(node).leads()).toList(), random);
  }

  private static List<SimNode> siblings(SimCluster cluster, SimNode node) {
    return cluster.nodes().stream()
        .filter(one -> one != node && WriteHistory.shard(one) == WriteHistory.shard(node))
        .toList();
  }

  @Override
  public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
    SimNode leader = leader(cluster, random);
    return leader == null ? null : leader.name();
  }

  @Override
  public void perform(SimCluster cluster, Words words) {
    SimNode node = words.node(cluster, 0);
    if (node != null && node.running()) on(cluster, node, words);
  }

  abstract void on(SimCluster cluster, SimNode node, Words words);
}
