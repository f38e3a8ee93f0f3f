package io.hashslot.bench.load;

import java.util.Locale;

/**
 * Which operations a run sends, and which keys it takes.
 *
 * @param name as given on the command line
 * @param first what {@code firstPercent} of the operations are
 * @param second what the others are
 * @param firstPercent 0 to 100
 * @param sequential whether each key is taken once, in order, and the run ends after the last one;
 *     otherwise keys are drawn uniformly until the time is over
 */
record Workload(
    String name, RequestKind first, RequestKind second, int firstPercent, boolean sequential) {

  /** The names that {@link #parse} takes, for help and error texts. */
  static final String NAMES = "get, set, incr, ping, waitset, preload, mixed:PERCENT-OF-GETS";

  /**
   * Reads a workload's name: {@value #NAMES}.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  static Workload parse(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "get" -> only(lower, RequestKind.GET);
      case "set" -> only(lower, RequestKind.SET);
      case "incr" -> only(lower, RequestKind.INCR);
      case "ping" -> only(lower, RequestKind.PING);
      case "waitset" -> only(lower, RequestKind.WAITSET);
      case "preload" -> new Workload(lower, RequestKind.SET, RequestKind.SET, 100, true);
      default -> mixed(lower);
    };
  }

  private static Workload only(String name, RequestKind kind) {
    return new Workload(name, kind, kind, 100, false);
  }

  private static Workload mixed(String name) {
    String percent = name.startsWith("mixed:") ? name.substring("mixed:".length()) : "";
    if (!percent.matches("\\d{1,3}") || Integer.parseInt(percent) > 100) {
      throw new IllegalArgumentException(
          "unknown workload '" + name + "', expected one of " + NAMES);
    }
    return new Workload(name, RequestKind.GET, RequestKind.SET, Integer.parseInt(percent), false);
  }

  /** Returns what to send for a draw of 0 to 99. */
  RequestKind pick(int percentDraw) {
    return percentDraw < firstPercent ? first : second;
  }

  /** Returns whether all operations are of one kind. */
  boolean uniform() {
    return first == second;
  }
}
