package io.hashslot.bus.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes steps away from a history as long as it breaks the same rule (delta debugging): halves
 * first, then smaller and smaller parts, down to single steps.
 */
public final class Shrinker {
  /** Tells which rule a history breaks. */
  public interface Judge {
    /** How it ended. */
    History.Outcome live(Script script);
  }

  private final Judge judge;
  private final String rule;
  private int runsLeft;

  private Shrinker(Judge judge, String rule, int runs) {
    this.judge = judge;
    this.rule = rule;
    runsLeft = runs;
  }

  /**
   * The smallest history found that breaks the same rule.
   *
   * @param failed how a history ended that breaks one
   * @param runs how many histories may be tried
   */
  public static History.Outcome shrink(History.Outcome failed, Judge judge, int runs) {
    Violation violation = failed.violation();
    if (violation == null) throw new IllegalArgumentException("nothing to shrink");
    return new Shrinker(judge, violation.rule(), runs).shrink(failed);
  }

  private History.Outcome shrink(History.Outcome failed) {
    History.Outcome best = failed;
    int part = Math.max(1, best.script().steps().size() / 2);
    while (runsLeft > 0) {
      History.Outcome smaller = withoutParts(best, part);
      boolean progress = smaller != best;
      best = smaller;
      if (part > 1) part = Math.min(part / 2, Math.max(1, best.script().steps().size() / 2));
      else if (!progress) break;
    }
    return best;
  }

  /** One pass over the steps, leaving out one part after the other. */
  private History.Outcome withoutParts(History.Outcome from, int part) {
    History.Outcome best = from;
    for (int end = from.script().steps().size(); end > 0 && runsLeft > 0; end -= part) {
      List<Step> steps = best.script().steps();
      int last = Math.min(end, steps.size());
      int first = Math.max(0, last - part);
      if (first == last) continue;
      var fewer = new ArrayList<Step>(steps.subList(0, first));
      fewer.addAll(steps.subList(last, steps.size()));
      runsLeft--;
      History.Outcome outcome = judge.live(from.script().with(fewer));
      Violation violation = outcome.violation();
      if (violation != null && violation.rule().equals(rule)) best = outcome;
    }
    return best;
  }
}
