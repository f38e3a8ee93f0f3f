package io.hashslot.peer;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * How long tests wait that do not say so themselves: long enough for a machine that does a lot
 * beside, and looking often enough to lose no time on one that does not. JUnit finds this by
 * itself.
 */
public final class Patience implements TestExecutionListener {
  /** Bound of any wait for what should come at once; it only matters to a test that fails. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(20);

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Awaitility.setDefaultTimeout(LIMIT);
    Awaitility.setDefaultPollInterval(POLL);
  }
}
