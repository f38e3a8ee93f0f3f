package io.hashslot.bench.compare;

import java.util.List;
import picocli.CommandLine.Option;

/** How long each server is under load, and with how many requests at a time. */
final class Stints {
  @Option(names = "--pipelines", split = ",", description = "default: ${DEFAULT-VALUE}")
  List<Integer> pipelines;

  @Option(names = "--seconds", description = "measured in each run; default: ${DEFAULT-VALUE}")
  double seconds = 3;

  @Option(
      names = "--first-warmup",
      description = "seconds of load before the first round; default: ${DEFAULT-VALUE}")
  double firstWarmupSeconds;

  /** With these values unless others are given. */
  Stints(List<Integer> pipelines, double firstWarmupSeconds) {
    this.pipelines = pipelines;
    this.firstWarmupSeconds = firstWarmupSeconds;
  }
}
