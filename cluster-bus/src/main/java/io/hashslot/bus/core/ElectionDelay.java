package io.hashslot.bus.core;

/**
 * How long a replica waits between hearing that its primary failed and asking for votes.
 *
 * <p>The wait has two purposes: the freshest sibling should ask first, and replicas of several
 * failed primaries should not ask in the same epoch and take each other's votes. As long as some
 * sibling has not said that it sees the failure, what it has is only known from its last frame, and
 * it may be a C server that waits as long as those of Redis 7.0 and Valkey 8.0 do; so the steps are
 * theirs. Once all have said so, the ranks are certain, and steps of a thirtieth of the node
 * timeout keep them apart, as in later Valkeys. The one that is certain to be the best does not
 * wait.
 */
final class ElectionDelay {
  private static final long CLASSIC_STEP_MS = 500;
  private static final long SMALLEST_STEP_MS = 20;
  private static final int STEPS_PER_TIMEOUT = 30;
  private static final int AGAIN_PER_STEP = 10;

  private ElectionDelay() {}

  /**
   * The wait in milliseconds.
   *
   * @param chance drawn once for an attempt, from 0 to below 1
   */
  static long ms(Standing standing, long nodeTimeoutMs, double chance) {
    if (standing.isCertainlyBest()) return 0;
    long step = standing.agreed() ? stepMs(nodeTimeoutMs) : CLASSIC_STEP_MS;
    return step
        + (long) (chance * step)
        + 2 * step * standing.rank()
        + step * standing.failedBefore();
  }

  /** What keeps ranks apart that are certain; enough for an election among healthy nodes. */
  static long stepMs(long nodeTimeoutMs) {
    return Math.clamp(nodeTimeoutMs / STEPS_PER_TIMEOUT, SMALLEST_STEP_MS, CLASSIC_STEP_MS);
  }

  /**
   * How soon a candidate does for the first time what is done again if too few have voted, with
   * twice the wait each time. Voters that were behind the news have it a message later, and one who
   * was overtaken keeps those who go after him from asking: so this is shorter than a step.
   */
  static long againMs(long nodeTimeoutMs) {
    return Math.max(SMALLEST_STEP_MS, stepMs(nodeTimeoutMs) / AGAIN_PER_STEP);
  }
}
