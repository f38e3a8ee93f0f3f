package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.sim.LoggedReplication.Mutant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code cluster-write-acks} under faults: clients append and read while members are cut off,
 * suspended and left behind. {@link SeedLoop} says how to run one history, or more.
 */
class WriteHistoryTest {
  private static final int HISTORIES = 15;
  private static final int MOST_FOR_A_MUTANT = 150;

  @Test
  void noAcknowledgedWriteIsLostAndNoReadTellsOfALostOne() {
    SeedLoop.forEach(
        HISTORIES,
        seed -> {
          var history = new WriteHistory(seed, seed % 4 == 0 ? 2 : 1, Mutant.NONE);
          try {
            history.live();
          } catch (Violation violation) {
            throw new AssertionError(
                "seed "
                    + seed
                    + " (replay with -Dsim.seed="
                    + seed
                    + "): "
                    + violation.getMessage()
                    + "\n"
                    + history.cluster().transcript(),
                violation);
          }
          assertThat(history.acknowledged).as("acknowledged, seed %d", seed).isPositive();
        });
  }

  @Test
  void withoutTheConsentOfSiblingsAWriteIsLost() {
    assertThat(firstLoss(Mutant.NO_CONSENT)).isNotNull();
  }

  private static @Nullable String firstLoss(Mutant mutant) {
    for (long seed = 1; seed <= MOST_FOR_A_MUTANT; seed++) {
      try {
        new WriteHistory(seed, 1, mutant).live();
      } catch (Violation violation) {
        if (violation.rule().matches("AcknowledgedWriteIsKept|ReadTellsOfNothingLost")) {
          return violation.getMessage();
        }
      }
    }
    return null;
  }
}
