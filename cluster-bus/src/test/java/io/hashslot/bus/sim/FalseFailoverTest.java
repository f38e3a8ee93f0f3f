package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.sim.FalseFailoverTrial.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nobody is replaced who is only slow: every pause ends before the node timeout is over.
 *
 * <p>{@code -Dsim.hours=200} lives through so many simulated hours of each kind of trouble, under
 * our rules and under those of Redis 7.0, and tells what was counted.
 */
class FalseFailoverTest {
  private static final Logger LOG = LoggerFactory.getLogger(FalseFailoverTest.class);
  private static final int HISTORIES = 40;
  private static final long LIFE_MS = 60_000;
  private static final long HOUR_MS = 3_600_000;
  private static final int HOURS = Integer.getInteger("sim.hours", 0);
  private static final long FIRST = Long.getLong("sim.first", 1);

  /** Suspicions travel with the pings only, and nobody is elected before the classic delay. */
  private static final Mutant CLASSIC =
      Mutant.that("fails over as Redis 7.0 does")
          .in("Alarm", "if (cluster.self.isVotingPrimary()) {", "if (false) {")
          .without("ElectionDelay", "if (standing.isCertainlyBest()) return 0;")
          .in("ElectionDelay", "standing.agreed() ? stepMs(nodeTimeoutMs) : ", "");

  @Test
  void pausesBelowTheNodeTimeoutReplaceNobody() {
    SeedLoop.forEach(
        HISTORIES,
        seed ->
            assertThat(FalseFailoverTrial.replaced(Trouble.PAUSES, seed, LIFE_MS))
                .as("replaced, seed %d", seed)
                .isZero());
  }

  @Test
  @EnabledIfSystemProperty(named = "sim.hours", matches = "[1-9][0-9]*")
  void theRulesThatReactFasterReplaceHardlyMoreThanTheClassicOnes() {
    var classicRules = new MutantLoader(CLASSIC);
    for (Trouble trouble : Trouble.values()) {
      int ours = 0;
      int classic = 0;
      for (long seed = FIRST; seed < FIRST + HOURS; seed++) {
        ours += FalseFailoverTrial.replaced(trouble, seed, HOUR_MS);
        classic += classicRules.replaced(trouble, seed, HOUR_MS);
      }
      LOG.info("{}: {} replaced in {} h, classic {}", trouble, ours, HOURS, classic);
      assertThat(ours).as("%s", trouble).isLessThanOrEqualTo(classic + classic / 2 + HOURS);
    }
  }
}
