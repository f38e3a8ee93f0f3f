package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest.BumpEpoch;
import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.core.ClusterRequest.Forget;
import io.hashslot.bus.core.ClusterRequest.Meet;
import io.hashslot.bus.core.ClusterRequest.Replicate;
import io.hashslot.bus.core.ClusterRequest.Reset;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What administrators do, in the right order, but not caring whether a step worked. */
public enum Work implements Deed {
  /** {@code failover NODE}: a replica takes over with its primary's help. */
  FAILOVER {
    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      failOver(node, FailoverMode.COOPERATIVE);
    }
  },

  /** {@code force NODE ...}: replicas take over without asking their primaries. */
  FORCE {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      // Often many stand in the same epoch.
      String names = Words.some(cluster.nodes(), random, random.nextBoolean() ? 75 : 20);
      return names.isEmpty() ? null : names;
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      for (SimNode node : words.nodes(cluster, 0)) failOver(node, FailoverMode.FORCE);
    }
  },

  /** {@code takeover NODE}: without votes. Never drawn: it may give an epoch two owners. */
  TAKEOVER {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      return null;
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      failOver(node, FailoverMode.TAKEOVER);
    }
  },

  /** {@code move SLOT FROM TO}: a slot goes from one primary to another. */
  MOVE {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode from = pick(cluster, random, node -> node.ready() && node.isPrimary());
      SimNode to = pick(cluster, random, node -> node.ready() && node != from);
      if (from == null || to == null) return null;
      SlotSet slots = from.view().self().slots();
      if (slots.count() < 2) return null;
      return slots.next(slots.next(0) + 1) + " " + from + " " + to;
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      int slot = (int) words.number(0);
      SimNode from = words.node(cluster, 1);
      SimNode to = words.node(cluster, 2);
      if (from == null || to == null || !from.ready() || !to.ready()) return;
      to.tell("is given slot " + slot + " of " + from);
      String source = from.id().text();
      String target = to.id().text();
      to.request(new SetSlot(slot, SlotChange.IMPORTING, source, false, false));
      from.request(new SetSlot(slot, SlotChange.MIGRATING, target, false, false));
      to.request(new SetSlot(slot, SlotChange.NODE, target, false, false));
    }
  },

  /** {@code bump NODE}: a primary takes a new config epoch. */
  BUMP {
    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      if (!node.isPrimary()) return;
      node.tell("is told to bump its epoch");
      node.request(new BumpEpoch());
    }
  },

  /** {@code replicate NODE PRIMARY}: a replica goes to another primary. */
  REPLICATE {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode replica = pick(cluster, random, node -> node.ready() && !owner(node));
      SimNode primary = pick(cluster, random, node -> node.ready() && owner(node));
      return replica == null || primary == null ? null : replica + " " + primary;
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      SimNode primary = words.node(cluster, 1);
      if (primary == null || !primary.ready() || owner(node)) return;
      node.tell("is told to replicate " + primary);
      node.request(new Replicate(primary.id().text()));
    }
  },

  /** {@code reset NODE hard|soft}: one without slots and replicas leaves by itself. */
  RESET {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode node = pick(cluster, random, one -> one.ready() && spare(cluster, one));
      return node == null ? null : node + (random.nextBoolean() ? " hard" : " soft");
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      if (!spare(cluster, node)) return;
      node.tell("is reset, " + words.text(1));
      node.request(new Reset(words.text(1).equals("hard")));
    }
  },

  /** {@code retire NODE}: all that can be reached forget it, then it is reset and comes anew. */
  RETIRE {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode node = pick(cluster, random, one -> one.ready() && spare(cluster, one));
      return node == null ? null : node.name();
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      if (!spare(cluster, node)) return;
      node.tell("is retired");
      String id = node.id().text();
      node.request(new Reset(true));
      if (!node.running() || node.id().text().equals(id)) return;
      for (SimNode other : cluster.nodes()) {
        if (other != node && other.ready()) other.request(new Forget(id));
      }
    }
  },

  /** {@code meet NODE OTHER}: somebody who may know nobody is made known. */
  MEET {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode lone = pick(cluster, random, node -> node.ready() && node.view().nodes().size() == 1);
      SimNode node = lone == null ? pick(cluster, random, SimNode::ready) : lone;
      SimNode other = pick(cluster, random, one -> one.ready() && one != node);
      return node == null || other == null ? null : node + " " + other;
    }

    @Override
    void on(SimCluster cluster, SimNode node, Words words) {
      SimNode other = words.node(cluster, 1);
      if (other == null || other == node) return;
      node.tell("is told to meet " + other);
      node.request(new Meet(other.host(), SimNode.PORT, 0));
    }
  },

  /** {@code roll MS NODE ...}: these restart one after the other, each down for so long. */
  ROLL {
    @Override
    public String draw(SimCluster cluster, RandomGenerator random) {
      return random.nextInt(100, 4_000) + " " + Words.some(cluster.nodes(), random, 60);
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      long us = words.number(0) * 1000;
      List<SimNode> nodes = words.nodes(cluster, 1);
      for (int i = 0; i < nodes.size(); i++) {
        SimNode node = nodes.get(i);
        cluster.later(2 * i * us, () -> node.crash(true));
        cluster.later((2 * i + 1) * us, node::start);
      }
    }
  },

  /**
   * {@code handover FIRST LAST FROM TO MS}: a primary grants these slots, as far as it has them, to
   * another one, which takes them so much later.
   */
  HANDOVER {
    @Override
    public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
      SimNode from = pick(cluster, random, node -> node.ready() && node.isPrimary());
      SimNode to = pick(cluster, random, node -> node.ready() && node.isPrimary() && node != from);
      if (from == null || to == null || !owner(from)) return null;
      int first = from.view().self().slots().next(0) + random.nextInt(2_000);
      int last = first + random.nextInt(500);
      long ms = random.nextBoolean() ? random.nextLong(300) : random.nextLong(2_500);
      return first + " " + last + " " + from + " " + to + " " + ms;
    }

    @Override
    public void perform(SimCluster cluster, Words words) {
      SimNode from = words.node(cluster, 2);
      SimNode to = words.node(cluster, 3);
      if (from == null || to == null || !from.ready() || !to.ready()) return;
      int last = (int) Math.min(words.number(1), Slots.COUNT - 1);
      SlotSet slots = SlotSet.range((int) Math.min(words.number(0), last), last);
      slots.retainAll(from.view().self().slots());
      if (!from.isPrimary() || !to.isPrimary() || slots.isEmpty()) return;
      new Handover(cluster, from, to, slots).begin(words.number(4));
    }
  };

  private static void failOver(SimNode node, FailoverMode mode) {
    if (!node.ready() || node.isPrimary()) return;
    node.tell("is told to fail over: " + mode);
    node.request(new Failover(mode));
  }

  private static @Nullable SimNode pick(
      SimCluster cluster, RandomGenerator random, Predicate<SimNode> which) {
    return Words.any(cluster.nodes().stream().filter(which).toList(), random);
  }

  private static boolean owner(SimNode node) {
    return node.isPrimary() && !node.view().self().slots().isEmpty();
  }

  /** Whether nobody needs it: it owns nothing, and nobody alive takes it for its primary. */
  private static boolean spare(SimCluster cluster, SimNode node) {
    if (owner(node)) return false;
    for (SimNode other : cluster.nodes()) {
      if (!other.running() || other == node) continue;
      if (node.id().equals(other.view().self().primary())) return false;
      var known = other.view().node(node.id().text());
      if (known != null && !known.slots().isEmpty()) return false;
    }
    return true;
  }

  @Override
  public @Nullable String draw(SimCluster cluster, RandomGenerator random) {
    SimNode node = pick(cluster, random, SimNode::ready);
    return node == null ? null : node.name();
  }

  @Override
  public void perform(SimCluster cluster, Words words) {
    SimNode node = words.node(cluster, 0);
    if (node != null && node.ready()) on(cluster, node, words);
  }

  /** What happens to the machine named first, which is ready. */
  void on(SimCluster cluster, SimNode node, Words words) {}
}
