package io.hashslot.bench.compare;

import java.util.List;
import java.util.stream.IntStream;

/** Medians, and medians of ratios of what was measured side by side. */
final class Medians {

  private Medians() {}

  /**
   * Returns the middle value, or the mean of the two middle ones.
   *
   * @throws IllegalArgumentException if there are no values
   */
  static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * Returns the median over the rounds of {@code ours / theirs} in the same round. Not the ratio of
   * the medians: a slow minute that hits both sides of one round cancels out here, and does not
   * there.
   *
   * @throws IllegalArgumentException if the lists differ in length or are empty
   */
  static double ofRatios(List<Double> ours, List<Double> theirs) {
    if (ours.size() != theirs.size()) {
      throw new IllegalArgumentException("rounds differ: " + ours.size() + ", " + theirs.size());
    }
    return of(IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList());
  }
}
