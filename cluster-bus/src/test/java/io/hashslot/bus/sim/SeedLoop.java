package io.hashslot.bus.sim;

import java.util.function.LongConsumer;

/**
 * Runs something for one seed after the other. {@code -Dsim.seed=N} runs that one only, {@code
 * -Dsim.histories=N} sets how many are run, {@code -Dsim.first=N} where to begin.
 */
final class SeedLoop {
  private SeedLoop() {}

  static void forEach(int histories, LongConsumer history) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      history.accept(only);
      return;
    }
    long first = Long.getLong("sim.first", 1);
    long count = Long.getLong("sim.histories", histories);
    for (long seed = first; seed < first + count; seed++) history.accept(seed);
  }
}
