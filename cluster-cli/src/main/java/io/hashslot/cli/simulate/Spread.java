package io.hashslot.cli.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One figure in several histories.
 *
 * @param min the smallest
 * @param median the one in the middle
 * @param max the greatest
 * @param missing in how many histories it did not happen; they count for none of the others
 */
record Spread(double min, double median, double max, int missing) {
  /** Of these values, null for what did not happen; null if it never did. */
  static @Nullable Spread of(List<? extends @Nullable Number> values) {
    double[] sorted =
        values.stream().filter(Objects::nonNull).mapToDouble(Number::doubleValue).toArray();
    if (sorted.length == 0) {
      return null;
    }
    Arrays.sort(sorted);
    return new Spread(
        sorted[0],
        sorted[(sorted.length - 1) / 2],
        sorted[sorted.length - 1],
        values.size() - sorted.length);
  }
}
