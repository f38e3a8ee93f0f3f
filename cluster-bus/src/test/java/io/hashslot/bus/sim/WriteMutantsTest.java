package io.hashslot.bus.sim;

import java.util.List;
import java.util.Set;

/** The rules that keep acknowledged writes: without one some {@link WriteHistory} loses a write. */
class WriteMutantsTest extends MutantFrame {
  private static final String FORGETFUL = "replica-forgets-while-its-primary-is-cut-off";

  @Override
  Set<String> quick() {
    return Set.of("nobody has to consent");
  }

  @Override
  List<String> firstFinding(MutantLoader core, Mutant mutant, int histories) {
    return core.firstLoss(mutant.script(), histories);
  }

  @Override
  List<Mutant> all() {
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
                    + " start\";")
            .shownBy(FORGETFUL),
        Mutant.that("a replica that has forgotten consents")
            .in("Consents", "boolean whole = mine.sound() && ", "boolean whole = ")
            .shownBy(FORGETFUL),
        Mutant.that("nobody stands against a primary that has forgotten")
            .in("Consents", "return rule.forsaken() && ", "return false && "));
  }
}
