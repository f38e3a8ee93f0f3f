package io.hashslot.bus.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The words of a step behind its verb. */
public final class Words {
  private final List<String> words;

  Words(String text) {
    words = text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** The word at that place, from 0 on; empty if there are not so many. */
  public String text(int at) {
    return at < words.size() ? words.get(at) : "";
  }

  /**
   * The number at that place.
   *
   * @throws IllegalArgumentException if there is none
   */
  public long number(int at) {
    return Long.parseLong(text(at));
  }

  /** The machine named at that place, null if there is none. */
  @Nullable SimNode node(SimCluster cluster, int at) {
    return cluster.nodeOrNull(text(at));
  }

  /** All machines named from that place on. */
  List<SimNode> nodes(SimCluster cluster, int from) {
    var nodes = new ArrayList<SimNode>();
    for (int at = from; at < words.size(); at++) {
      SimNode node = node(cluster, at);
      if (node != null) nodes.add(node);
    }
    return nodes;
  }

  // --- drawing

  /** One of them by chance, null if there is none. */
  static <T> @Nullable T any(List<T> of, RandomGenerator random) {
    return of.isEmpty() ? null : of.get(random.nextInt(of.size()));
  }

  /** The names of some of them by chance. */
  static String some(List<SimNode> of, RandomGenerator random, int percent) {
    var names = new ArrayList<String>();
    for (SimNode node : of) {
      if (random.nextInt(100) < percent) names.add(node.name());
    }
    return String.join(" ", names);
  }
}
