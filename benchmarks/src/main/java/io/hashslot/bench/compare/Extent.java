package io.hashslot.bench.compare;

import picocli.CommandLine.Option;

/** How much a comparison under load does: options that most of them have. */
final class Extent {
  @Option(names = "--rounds", description = "default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(names = "--keys", description = "default: ${DEFAULT-VALUE}")
  long keys;

  /** With these values unless others are given. */
  Extent(int rounds, long keys) {
    this.rounds = rounds;
    this.keys = keys;
  }
}
