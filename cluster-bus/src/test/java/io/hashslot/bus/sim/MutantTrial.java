package io.hashslot.bus.sim;

import java.util.List;

/** What runs inside of a {@link MutantLoader}. */
public final class MutantTrial {
  private MutantTrial() {}

  /** Seed, rule and words of the first violation; empty if there is none in so many histories. */
  public static List<String> firstViolation(long firstSeed, int histories) {
    for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
      Violation violation = History.drawn(seed, null).violation();
      if (violation == null) continue;
      String words = String.valueOf(violation.getMessage());
      return List.of(Long.toString(seed), violation.rule(), words.lines().findFirst().orElse(""));
    }
    return List.of();
  }

  /** Seed, rule and words of the first history with clients that goes wrong. */
  public static List<String> firstLoss(long firstSeed, int histories) {
    for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
      Violation violation = WriteHistory.violation(seed, LoggedReplication.Mutant.NONE);
      if (violation != null) {
        return List.of(Long.toString(seed), violation.rule(), violation.getMessage());
      }
    }
    return List.of();
  }
}
