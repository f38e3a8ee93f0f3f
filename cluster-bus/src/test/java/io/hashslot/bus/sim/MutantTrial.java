package io.hashslot.bus.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs inside of a {@link MutantLoader}. */
public final class MutantTrial {
  private MutantTrial() {}

  private interface Life {
    @Nullable Violation live(long seed);
  }

  /**
   * Seed, rule and words of the first violation; empty if there is none in so many histories.
   *
   * @param script what happens in all of them; null if each draws what happens
   */
  public static List<String> firstViolation(@Nullable String script, int histories) {
    if (script == null) return first(histories, seed -> History.drawn(seed, null).violation());
    Script steps = Script.parse(script);
    return first(histories, seed -> History.scripted(steps.withSeed(seed), null).violation());
  }

  /** The same of the first history with clients that goes wrong. */
  public static List<String> firstLoss(@Nullable String script, int histories) {
    List<Step> steps = script == null ? null : Script.parse(script).steps();
    return first(
        histories, seed -> WriteHistory.violation(seed, LoggedReplication.Mutant.NONE, steps));
  }

  private static List<String> first(int histories, Life life) {
    for (long seed = 1; seed <= histories; seed++) {
      Violation violation = life.live(seed);
      if (violation == null) continue;
      String words = String.valueOf(violation.getMessage());
      return List.of(Long.toString(seed), violation.rule(), words.lines().findFirst().orElse(""));
    }
    return List.of();
  }
}
