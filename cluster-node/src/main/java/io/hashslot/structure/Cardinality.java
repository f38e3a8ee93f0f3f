package io.hashslot.structure;

/**
 * Estimates how many different elements have been seen, from how many registers hold each value:
 * Otmar Ertl's improved estimator without bias correction ("New cardinality estimation algorithms
 * for HyperLogLog sketches", 2017), as Redis does since version 5. Its error is about 0.81 %.
 */
final class Cardinality {
  /** 1 / (2 ln 2). */
  private static final double ALPHA = 0.721347520444481703680;

  /** Bits of the hash beside those that choose the register; the largest value is one more. */
  private static final int BITS = 50;

  private Cardinality() {}

  /**
   * The estimate.
   *
   * @param counts how many registers have the value that is the index, 0 to 63
   */
  static long estimate(int[] counts) {
    double registers = HyperLogLog.REGISTERS;
    double sum = registers * tau((registers - counts[BITS + 1]) / registers);
    for (int value = BITS; value >= 1; value--) {
      sum = (sum + counts[value]) * 0.5;
    }
    sum += registers * sigma(counts[0] / registers);
    double estimate = ALPHA * registers * registers / sum;
    long whole = (long) estimate;
    return estimate - whole >= 0.5 ? whole + 1 : whole;
  }

  /** x + sum of x^(2^k) 2^(k-1) for k from 1. */
  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double weight = 1;
    double sum = x;
    double before;
    do {
      power *= power;
      before = sum;
      sum += power * weight;
      weight += weight;
    } while (before != sum);
    return sum;
  }

  /** (1 - x - sum of (1 - x^(2^-k))^2 2^-k for k from 1) / 3. */
  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double weight = 1;
    double sum = 1 - x;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      weight *= 0.5;
      double rest = 1 - root;
      sum -= rest * rest * weight;
    } while (before != sum);
    return sum / 3;
  }
}
