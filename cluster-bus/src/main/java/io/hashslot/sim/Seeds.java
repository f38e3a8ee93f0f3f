package io.hashslot.sim;

import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where chance comes from. Each part of a simulation splits a generator of its own off, so that one
 * more draw in one place does not change all the others.
 */
public final class Seeds {
  private Seeds() {}

  /** The generator of a seed. */
  public static SplittableGenerator generator(long seed) {
    return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
  }
}
