package io.hashslot.bus.sim;

import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs something for one seed after the other. {@code -Dsim.seed=N} runs that one only, {@code
 * -Dsim.histories=N} sets how many are run, {@code -Dsim.first=N} where to begin.
 */
final class SeedLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SeedLoop.class);

  private SeedLoop() {}

  /** Lives through the history of a seed; throws if it does not end well. */
  interface Life {
    /** How many epochs had two winners, see {@link Ballots}. */
    int live(long seed);
  }

  static void forEach(int histories, LongConsumer history) {
    long last = first() + count(histories);
    for (long seed = first(); seed < last; seed++) history.accept(seed);
  }

  /** The same, and tells how many epochs had two winners. */
  static void forEachHistory(int histories, Life history) {
    long wonTwice = 0;
    long last = first() + count(histories);
    for (long seed = first(); seed < last; seed++) wonTwice += history.live(seed);
    LOG.info("{} histories; {} epochs had two winners", count(histories), wonTwice);
  }

  private static long first() {
    Long only = Long.getLong("sim.seed");
    return only == null ? Long.getLong("sim.first", 1) : only;
  }

  private static long count(int histories) {
    return Long.getLong("sim.seed") == null ? Long.getLong("sim.histories", histories) : 1;
  }
}
