package io.hashslot.sim;

import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where chance comes from. Each part of a simulation splits a generator of its own off, so that one
 * more draw in one place does not change all the others.
 *
 * <p>{@code -Dsim.seed=N} replays one history, {@code -Dsim.histories=N} sets how many are run,
 * {@code -Dsim.first=N} where to begin.
 */
public final class Seeds {
  private Seeds() {}

  /** The generator of a seed. */
  public static SplittableGenerator generator(long seed) {
    return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
  }

  /** Runs histories, one seed after the other; a failure tells how to replay it. */
  public static void forEach(int histories, java.util.function.LongConsumer history) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      history.accept(only);
      return;
    }
    long first = Long.getLong("sim.first", 1);
    long count = Long.getLong("sim.histories", histories);
    for (long seed = first; seed < first + count; seed++) history.accept(seed);
  }

  /** An error that says how to see it again. */
  public static AssertionError failure(long seed, Transcript story, Throwable cause) {
    return new AssertionError(
        "replay with -Dsim.seed=" + seed + ": " + cause.getMessage() + "\n" + story, cause);
  }
}
