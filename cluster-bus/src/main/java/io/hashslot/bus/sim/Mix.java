package io.hashslot.bus.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a history is made of: some of the faults and works, each with a weight. Histories with few
 * kinds of trouble go deeper into these than histories that have some of everything, so each seed
 * leaves out about half of them.
 */
final class Mix {
  private static final int HEAVIEST = 4;

  private final List<Deed> deeds = new ArrayList<>();
  private final List<Deed> urn = new ArrayList<>();

  /** A mix chosen by chance. */
  static Mix drawn(RandomGenerator random) {
    var mix = new Mix();
    for (Fault fault : Fault.values()) {
      boolean cure = fault == Fault.START || fault == Fault.HEAL;
      if (cure || random.nextBoolean()) mix.add(fault, random.nextInt(1, HEAVIEST + 1));
    }
    for (Work work : Work.values()) {
      if (random.nextInt(5) < 2) mix.add(work, random.nextInt(1, HEAVIEST));
    }
    return mix;
  }

  /** Adds a kind of deed. */
  Mix add(Deed deed, int weight) {
    deeds.add(deed);
    for (int i = 0; i < weight; i++) urn.add(deed);
    return this;
  }

  /** Draws what happens next; null if it does not fit now. */
  @Nullable Step draw(SimCluster cluster, long atMs, RandomGenerator random) {
    Deed deed = urn.get(random.nextInt(urn.size()));
    String words = deed.draw(cluster, random);
    return words == null ? null : new Step(atMs, deed, words);
  }

  /** The kinds with their weights. */
  @Override
  public String toString() {
    var text = new StringJoiner(" ");
    for (Deed deed : deeds) {
      long weight = urn.stream().filter(one -> one == deed).count();
      text.add(weight == 1 ? deed.verb() : deed.verb() + "*" + weight);
    }
    return text.toString();
  }
}
