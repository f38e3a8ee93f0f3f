package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rules of the core away, one at a time: some history must notice each. A rule that nobody
 * misses is none.
 *
 * <p>Each build tries those that show at once; {@code -Dsim.mutants=400} tries all of them, with up
 * to so many histories for each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MutantFrame {
  private static final Logger LOG = LoggerFactory.getLogger(MutantFrame.class);
  private static final int HISTORIES = Integer.getInteger("sim.mutants", 0);
  private static final int QUICK_HISTORIES = 60;

  /** All of them. */
  abstract List<Mutant> all();

  /** The names of those that each build tries. */
  abstract Set<String> quick();

  /** What the first of so many histories says that goes wrong; empty if none does. */
  abstract List<String> firstFinding(MutantLoader core, Mutant mutant, int histories);

  List<Mutant> mutants() {
    if (HISTORIES > 0) return all();
    return all().stream().filter(mutant -> quick().contains(mutant.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void someHistoryNoticesThat(Mutant mutant) {
    int histories = HISTORIES > 0 ? HISTORIES : QUICK_HISTORIES;
    List<String> found = firstFinding(new MutantLoader(mutant), mutant, histories);
    LOG.info("{}: {}", mutant, found);
    assertThat(found).as("nobody noticed in %d histories that %s", histories, mutant).isNotEmpty();
  }

  @Test
  void everyRuleStandsWhereItsMutantTakesItAway() {
    for (Mutant mutant : all()) {
      assertThat(MutantLoader.changedSources(mutant)).as(mutant.name()).isNotEmpty();
    }
    assertThat(all()).extracting(Mutant::name).containsAll(quick()).doesNotHaveDuplicates();
  }
}
