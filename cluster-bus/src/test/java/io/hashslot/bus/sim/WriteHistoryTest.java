package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.sim.LoggedReplication.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code cluster-write-acks} under faults: clients append and read while members are cut off,
 * suspended, left behind, and forget what they had. {@link SeedLoop} says how to run one history,
 * or more.
 */
class WriteHistoryTest {
  private static final int HISTORIES = 15;
  private static final int MOST_FOR_A_MUTANT = 150;

  @Test
  void noAcknowledgedWriteIsLostAndNoReadTellsOfALostOne() {
    SeedLoop.forEachHistory(HISTORIES, WriteHistoryTest::live);
  }

  /**
   * Late frames sent replicas back to the primary that was replaced (813, 2818, 3563), a primary in
   * the minority answered what it still held when a consent ended (3149), and two members that had
   * both forgotten agreed on a failover by hand (212). In two histories an epoch has two winners
   * (1829, 2117, see {@link TwoWinnersTest}). A primary took the last rule for the one in force
   * while a replica that was cut off stood by the one before (2182). A primary believed nobody that
   * it was replaced since a replica had told it of its successor's epoch before (2233). In 7002 the
   * network is cut when a primary is replaced by hand. A replica stood for a primary before it had
   * heard of its slots, and won none (1052); consents against a primary that had been replaced
   * counted against its successor (1634).
   */
  @ParameterizedTest
  @ValueSource(longs = {212, 813, 1052, 1634, 1829, 2117, 2182, 2233, 2818, 3149, 3563, 7002})
  void noWriteIsLostWhereOnceOneWas(long seed) {
    live(seed);
  }

  private static int live(long seed) {
    var history = new WriteHistory(seed, WriteHistory.acks(seed), Mutant.NONE);
    try {
      history.live();
    } catch (Violation violation) {
      throw new AssertionError(
          "seed %d (replay with -Dsim.seed=%d): %s%n%s"
              .formatted(seed, seed, violation.getMessage(), history.cluster().transcript()),
          violation);
    }
    assertThat(history.acknowledged).as("acknowledged, seed %d", seed).isPositive();
    return history.cluster().ballots().epochsWonTwice();
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aHostThatDoesNotKeepToTheRulesLosesAWrite(Mutant mutant) {
    for (long seed = 1; seed <= MOST_FOR_A_MUTANT; seed++) {
      Violation violation = WriteHistory.violation(seed, mutant);
      if (violation != null) {
        assertThat(violation.rule()).matches("AcknowledgedWriteIsKept|ReadTellsOfNothingLost");
        return;
      }
    }
    throw new AssertionError("nobody noticed: " + mutant);
  }
}
