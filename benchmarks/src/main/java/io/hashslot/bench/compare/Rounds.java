package io.hashslot.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In which order things are measured. */
final class Rounds {
  private Rounds() {}

  /**
   * Returns the order of a round: in each another one comes first, so that none is always measured
   * on a machine that has just rested, or been warmed by the same neighbour.
   *
   * @param round negative ones are warm-ups
   */
  static <T> List<T> order(List<T> all, int round) {
    List<T> rotated = new ArrayList<>(all);
    Collections.rotate(rotated, -Math.floorMod(round, all.size()));
    return rotated;
  }
}
