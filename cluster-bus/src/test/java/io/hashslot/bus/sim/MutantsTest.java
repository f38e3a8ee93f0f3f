package io.hashslot.bus.sim;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the bus. */
class MutantsTest extends MutantFrame {
  @Override
  Set<String> quick() {
    return Set.of(
        "a voter votes twice in an epoch",
        "one vote is enough",
        "a claim wins whatever its epoch is",
        "what is said leaves before it is saved",
        "a failure is declared by one alone",
        "a minority serves",
        "a primary serves for as long as it suspects nobody",
        "a voter votes against a primary that it has just answered");
  }

  @Override
  List<Mutant> all() {
    return Stream.of(votes(), elections(), claims(), durability(), members(), service())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  List<String> firstFinding(MutantLoader core, Mutant mutant, int histories) {
    return core.firstViolation(mutant.script(), histories);
  }

  private static List<Mutant> votes() {
    return List.of(
        Mutant.that("a vote is not remembered")
            .without("Voter", "cluster.lastVoteEpoch = cluster.currentEpoch;"),
        Mutant.that("a voter votes twice in an epoch")
            .without(
                "Voter",
                "if (cluster.lastVoteEpoch == cluster.currentEpoch) return \"voted in this epoch"
                    + " already\";"),
        Mutant.that("a voter ignores how old the candidate's epoch is")
            .without(
                "Voter",
                "if (request.currentEpoch() < cluster.currentEpoch) return \"its epoch is"
                    + " old\";"),
        Mutant.that("replicas vote")
            .without(
                "Voter", "if (!cluster.self.isVotingPrimary()) return \"not a voting primary\";")
            .without("ReplicaElection", " || !voter.isVotingPrimary()")
            .without("Campaign", "if (voter.isVotingPrimary()) "),
        Mutant.that("a voter does not care whether the primary lives")
            .without("Voter", "if (!primary.failed()) return \"its primary lives\";"),
        Mutant.that("a voter votes against a primary that it has just answered")
            .without(
                "Voter",
                "if (mayServe(primary)) return \"its primary may serve since I answered it\";")
            .shownBy("suspicion-that-was-taken-back"),
        Mutant.that("a voter votes for a stale claim")
            .in("Voter", "return staleSlot(candidate.outbound, request);", "return null;"));
  }

  private static List<Mutant> elections() {
    return List.of(
        Mutant.that("one vote is enough")
            .in("Campaign", "return votes >= quorum;", "return votes >= 1;"),
        Mutant.that("no vote is needed")
            .in("Campaign", "return votes >= quorum;", "return votes >= 0;"),
        Mutant.that("half of the votes are enough")
            .in(
                "Cluster",
                "return votingPrimaries / 2 + 1;",
                "return Math.max(1, votingPrimaries / 2);"),
        Mutant.that("a candidate's own vote is free")
            .without("ReplicaElection", "cluster.lastVoteEpoch = campaign.epoch;"),
        Mutant.that("an attempt has no epoch of its own")
            .without("ReplicaElection", "cluster.currentEpoch++;"),
        Mutant.that("votes of older attempts count")
            .without("ReplicaElection", "if (voterEpoch < campaign.epoch) return;")
            .without("Campaign", "voters.clear();"),
        Mutant.that("the winner keeps its old config epoch")
            .without("ReplicaElection", "self.configEpoch = Math.max(self.configEpoch, epoch);"),
        Mutant.that("a replica with old data stands")
            .in("ReplicaElection", "if (!manual && !forsaken && dataTooOld())", "if (false)"),
        Mutant.that("a cooperative failover does not wait for the offset")
            .without("ManualFailover", " || cluster.host().replicationOffset() < targetOffset"),
        Mutant.that("the offset of a failover by hand is told before the last write is done")
            .in(
                "ManualFailover",
                "cluster.notice(\"failover requested by \" + replica);",
                "outbox.setPaused(true);")
            .shownBy("failovers-by-hand"));
  }

  private static List<Mutant> claims() {
    return List.of(
        Mutant.that("a claim wins whatever its epoch is")
            .without(
                "Claims",
                "if (owner != null && !slots.unclaimed(slot) && owner.configEpoch >= epoch) return"
                    + " false;"),
        Mutant.that("nobody is told that his claim is old")
            .without("Greetings", "claims.correct(sender, header.configEpoch(), claimed);"),
        Mutant.that("equal config epochs stay equal")
            .without("Greetings", "epochs.resolveCollision(sender, header.configEpoch());"),
        Mutant.that("the current epoch follows everybody")
            .in(
                "Cluster",
                "if (epoch <= currentEpoch) return;",
                "if (epoch == currentEpoch) return;"),
        Mutant.that("a config epoch follows every frame")
            .in(
                "FrameHandler",
                "header.configEpoch() > sender.configEpoch",
                "header.configEpoch() != sender.configEpoch"));
  }

  private static List<Mutant> durability() {
    return List.of(
        Mutant.that("what is said leaves before it is saved")
            .without(
                "ClusterCore",
                "if (saveSynced != null && !onDemand) out.add(new Effect.Persist(snapshot(),"
                    + " saveSynced));")
            .in(
                "ClusterCore",
                "asked.drainTo(out::add);",
                "asked.drainTo(out::add);\n"
                    + "if (saveSynced != null) out.add(new Effect.Persist(snapshot(),"
                    + " saveSynced));"),
        Mutant.that("a vote is saved without fsync")
            .in(
                "Voter",
                "cluster.saveSynced();\n    cluster.notice(\"voted",
                "cluster.save();\n    cluster.notice(\"voted"),
        Mutant.that("a candidacy is saved without fsync")
            .in(
                "ReplicaElection",
                "cluster.saveSynced();\n    cluster.judge();\n    cluster.notice(\"asking",
                "cluster.save();\n    cluster.judge();\n    cluster.notice(\"asking"),
        Mutant.that("a bumped epoch is saved without fsync")
            .in(
                "Epochs",
                "cluster.saveSynced();\n    cluster.notice(\"took config epoch \" + self.",
                "cluster.save();\n    cluster.notice(\"took config epoch \" + self."),
        Mutant.that("the last vote is not in the file")
            .in("Durability", "cluster.lastVoteEpoch, records)", "0, records)"));
  }

  private static List<Mutant> members() {
    return List.of(
        Mutant.that("a failure is declared by one alone")
            .without(
                "FailureDetector",
                "if (votes < cluster.quorum() || votes <= cluster.countVotingPrimaries() / 2)"
                    + " return;"),
        Mutant.that("replicas' suspicions count")
            .in(
                "FailureDetector",
                "if (!reporter.isVotingPrimary() || node.isMyself()) return;",
                "if (node.isMyself()) return;")
            .without("FailureReports", "if (reporter.isVotingPrimary()) "),
        Mutant.that("gossip brings back who was to be forgotten")
            .without("GossipReader", " || cluster.nodes.banned(entry.node(), cluster.nowMs())"));
  }

  private static List<Mutant> service() {
    return List.of(
        Mutant.that("a primary serves as soon as it can").without("Health", " && mustSettle(now)"),
        Mutant.that("a primary serves for as long as it suspects nobody")
            .in(
                "Lease",
                "untilMs = proofs[count - needed] + cluster.config.nodeTimeoutMs();",
                "untilMs = FOREVER;"),
        Mutant.that("a minority serves")
            .in(
                "Health",
                "isMinority(reachable) ? ClusterHealth.MINORITY : coverage()",
                "coverage()"),
        Mutant.that("a primary that slept serves at once")
            .without("ClusterCore", "if (overslept) health.silent();"));
  }
}
