package io.hashslot.bus.sim;

/** Something happened in a simulation that must never happen, or did not that must. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * Accuses.
   *
   * @param rule the name of what was broken
   */
  public Violation(String rule, String message) {
    super(rule + ": " + message);
    this.rule = rule;
  }

  /** The name of what was broken: two histories that break the same rule show the same bug. */
  public String rule() {
    return rule;
  }
}
