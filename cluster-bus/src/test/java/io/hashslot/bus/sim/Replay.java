package io.hashslot.bus.sim;

import java.util.Locale;

/** Turns a history that broke a rule into a failure that tells how to see it again. */
final class Replay {
  private static final int SHRINKING_RUNS = Integer.getInteger("sim.shrink", 150);

  private Replay() {}

  /** Throws unless the history of this seed ended well. How many epochs had two winners in it. */
  static int expectSound(long seed) {
    History.Outcome outcome = History.drawn(seed, null);
    Violation violation = outcome.violation();
    if (violation == null) return outcome.epochsWonTwice();
    throw new AssertionError(
        "replay with -Dsim.seed=%d: %s%nmade of: %s%n%s"
            .formatted(seed, violation.getMessage(), outcome.mix(), shrunk(outcome)),
        violation);
  }

  /** Throws unless this script ends well. */
  static void expectSound(String name, Script script) {
    History.Outcome outcome = History.scripted(script, null);
    Violation violation = outcome.violation();
    if (violation == null) return;
    throw new AssertionError(
        "%s: %s%n%s".formatted(name, violation.getMessage(), outcome.story()), violation);
  }

  private static String shrunk(History.Outcome outcome) {
    History.Outcome small =
        Shrinker.shrink(outcome, script -> History.scripted(script, null), SHRINKING_RUNS);
    return String.format(
        Locale.ROOT,
        "shrunk from %d to %d steps, replay with -Dsim.script=FILE:%n%s%s",
        outcome.script().steps().size(),
        small.script().steps().size(),
        small.script(),
        small.story());
  }
}
