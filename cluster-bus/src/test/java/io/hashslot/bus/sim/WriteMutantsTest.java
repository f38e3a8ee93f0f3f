package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the rules away that keep acknowledged writes, one at a time: some {@link WriteHistory} must
 * lose one. Each build tries the first; {@code -Dsim.mutants=400} tries all, with up to so many
 * histories for each.
 */
class WriteMutantsTest {
  private static final Logger LOG = LoggerFactory.getLogger(WriteMutantsTest.class);
  private static final int HISTORIES = Integer.getInteger("sim.mutants", 0);
  private static final int QUICK_HISTORIES = 60;

  static List<Mutant> all() {
    return List.of(
        Mutant.that("nobody has to consent")
            .in("ReplicaElection", "agreed ? null : consents.obstacle(evenIfAlive)", "null"),
        Mutant.that("one consent is enough")
            .in(
                "Consents",
                "int needed = Math.max(1, size(rule, primary) - rule.acks() + 1);",
                "int needed = 1;"),
        Mutant.that("a sibling that has more does not matter")
            .without(
                "Consents",
                "if (has > cluster.host().replicationOffset()) return \"sibling \" + member + \""
                    + " has more\";"),
        Mutant.that("a replica that has forgotten stands")
            .without(
                "Consents",
                "if (!rule.sound()) return \"was not in step with the failed primary since the"
                    + " start\";"),
        Mutant.that("a replica that has forgotten consents")
            .in("Consents", "boolean whole = mine.sound() && ", "boolean whole = "),
        Mutant.that("nobody stands against a primary that has forgotten")
            .in("Consents", "return rule.forsaken() && ", "return false && "));
  }

  static Stream<Mutant> mutants() {
    return HISTORIES > 0 ? all().stream() : all().stream().limit(1);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void someHistoryNoticesThat(Mutant mutant) {
    int histories = HISTORIES > 0 ? HISTORIES : QUICK_HISTORIES;
    List<String> found = new MutantLoader(mutant).firstLoss(1, histories);
    LOG.info("{}: {}", mutant, found);
    assertThat(found).as("nobody noticed in %d histories that %s", histories, mutant).isNotEmpty();
  }

  @Test
  void everyRuleStandsWhereItsMutantTakesItAway() {
    for (Mutant mutant : all()) {
      assertThat(MutantLoader.changedSources(mutant)).as(mutant.name()).isNotEmpty();
    }
  }
}
