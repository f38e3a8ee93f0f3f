package io.hashslot.bus.sim;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that can happen to a cluster: a {@link Fault}, or the {@link Work} of an
 * administrator. Chance draws the words that say to whom and how much; a script gives them. All
 * that is left to chance is in the words, so that a script tells the whole story.
 */
public interface Deed {
  /** The name of the constant. */
  String name();

  /** The first word of a step. */
  default String verb() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Words that make sense for this cluster now; null if there are none. */
  @Nullable String draw(SimCluster cluster, RandomGenerator random);

  /** Does it. What does not fit (any more) does nothing: shrinking takes other steps away. */
  void perform(SimCluster cluster, Words words);

  /**
   * The deed of that verb.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Deed of(String verb) {
    for (Deed deed : Fault.values()) {
      if (deed.verb().equals(verb)) return deed;
    }
    for (Deed deed : Work.values()) {
      if (deed.verb().equals(verb)) return deed;
    }
    throw new IllegalArgumentException("nothing is called " + verb);
  }
}
