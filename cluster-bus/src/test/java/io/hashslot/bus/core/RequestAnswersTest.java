package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.ClusterRequest.AddSlots;
import io.hashslot.bus.core.ClusterRequest.BumpEpoch;
import io.hashslot.bus.core.ClusterRequest.CountFailureReports;
import io.hashslot.bus.core.ClusterRequest.DelSlots;
import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.core.ClusterRequest.FlushSlots;
import io.hashslot.bus.core.ClusterRequest.Forget;
import io.hashslot.bus.core.ClusterRequest.Meet;
import io.hashslot.bus.core.ClusterRequest.Replicate;
import io.hashslot.bus.core.ClusterRequest.Reset;
import io.hashslot.bus.core.ClusterRequest.SaveConfig;
import io.hashslot.bus.core.ClusterRequest.SetConfigEpoch;
import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The texts are those of valkey-server 8.0.1, asked in the same situations. */
class RequestAnswersTest {
  private static final NodeId ME = new NodeId("a".repeat(40));
  private static final NodeId OTHER = new NodeId("b".repeat(40));
  private static final NodeId REPLICA = new NodeId("c".repeat(40));
  private static final String NOBODY = "d".repeat(40);
  private static final HostFacts WITH_KEYS = new HostFacts(10, false, 0, true);

  /** I own 0-9, the other 10-19; it has a replica. */
  private final Core primary = new Core(NodeFlags.PRIMARY, null);

  /** I am a replica of the other one. */
  private final Core replica = new Core(NodeFlags.REPLICA, OTHER);

  private static final class Core {
    private final ClusterCore core;

    Core(int role, @Nullable NodeId itsPrimary) {
      boolean isPrimary = role == NodeFlags.PRIMARY;
      SlotSet mine = isPrimary ? SlotSet.range(0, 9) : new SlotSet();
      var nodes =
          List.of(
              record(ME, role | NodeFlags.MYSELF, itsPrimary, mine, 1),
              record(OTHER, NodeFlags.PRIMARY, null, SlotSet.range(10, 19), 2),
              record(REPLICA, NodeFlags.REPLICA, OTHER, new SlotSet(), 2));
      core =
          ClusterCore.create(
              ClusterConfig.defaults(7000),
              new SplittableRandom(1),
              new DurableState(2, 0, nodes),
              moment(HostFacts.NONE));
      core.onStart(moment(HostFacts.NONE), new Effects());
    }

    Answer ask(ClusterRequest request) {
      return ask(request, HostFacts.NONE);
    }

    Answer ask(ClusterRequest request, HostFacts facts) {
      var out = new Effects();
      core.onRequest(7, request, moment(facts), out);
      for (Effect effect : out.list()) {
        if (effect instanceof Effect.Reply reply) {
          assertThat(reply.token()).isEqualTo(7);
          return reply.answer();
        }
      }
      throw new AssertionError("no answer");
    }

    private static Moment moment(HostFacts facts) {
      return new Moment(1_000_000, 1_795_000_000_000L, facts);
    }
  }

  private static NodeRecord record(
      NodeId id, int flags, @Nullable NodeId primary, SlotSet slots, long epoch) {
    return new NodeRecord(
        id,
        "127.0.0.1",
        7000,
        0,
        17000,
        "",
        "",
        "",
        "",
        null,
        flags,
        primary,
        0,
        0,
        epoch,
        true,
        slots,
        Map.of(),
        Map.of());
  }

  private static Answer err(String text) {
    return new Answer.Failure("ERR " + text);
  }

  private static AddSlots add(int... slots) {
    return new AddSlots(slots);
  }

  private static DelSlots del(int... slots) {
    return new DelSlots(slots);
  }

  private static SetSlot set(int slot, SlotChange change, @Nullable String node) {
    return new SetSlot(slot, change, node, false, false);
  }

  @Test
  void slotsAreAddedOnceAndOnlyIfFree() {
    assertThat(primary.ask(add(20, 10))).isEqualTo(err("Slot 10 is already busy"));
    assertThat(primary.ask(add(20, 20))).isEqualTo(err("Slot 20 specified multiple times"));
    assertThat(primary.core.view().owner(20)).isNull();
    assertThat(primary.ask(add(20, 21))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().mine(21)).isTrue();
  }

  @Test
  void slotsAreDeletedWhoeverOwnsThem() {
    assertThat(primary.ask(del(5, 30))).isEqualTo(err("Slot 30 is already unassigned"));
    assertThat(primary.ask(del(5, 5))).isEqualTo(err("Slot 5 specified multiple times"));
    assertThat(primary.ask(del(5, 15))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().owner(15)).isNull();
  }

  @Test
  void flushingSlotsNeedsAnEmptyNode() {
    assertThat(primary.ask(new FlushSlots(), WITH_KEYS))
        .isEqualTo(err("DB must be empty to perform CLUSTER FLUSHSLOTS."));
    assertThat(primary.ask(new FlushSlots())).isEqualTo(Answer.OK);
    assertThat(primary.core.view().self().slots().isEmpty()).isTrue();
  }

  @Test
  void meetingNeedsALiteralAddressAndPorts() {
    assertThat(primary.ask(new Meet("300.1.1.1", 22, 0)))
        .isEqualTo(err("Invalid node address specified: 300.1.1.1:22"));
    assertThat(primary.ask(new Meet("localhost", 22, 0)))
        .isEqualTo(err("Invalid node address specified: localhost:22"));
    assertThat(primary.ask(new Meet("127.0.0.1", 60_000, 0)))
        .isEqualTo(err("Invalid node address specified: 127.0.0.1:60000"));
    assertThat(primary.ask(new Meet("127.0.0.1", 60_000, 60_001))).isEqualTo(Answer.OK);
    assertThat(primary.ask(new Meet("127.0.0.1", 60_000, 60_001))).isEqualTo(Answer.OK);
    assertThat(primary.ask(new Meet("::1", 7, 8))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().nodes()).filteredOn(NodeView::inHandshake).hasSize(2);
  }

  @Test
  void forgettingHasItsLimits() {
    assertThat(primary.ask(new Forget("abc"))).isEqualTo(err("Unknown node abc"));
    assertThat(primary.ask(new Forget(NOBODY))).isEqualTo(err("Unknown node " + NOBODY));
    assertThat(primary.ask(new Forget(ME.text())))
        .isEqualTo(err("I tried hard but I can't forget myself..."));
    assertThat(replica.ask(new Forget(OTHER.text()))).isEqualTo(err("Can't forget my master!"));
    assertThat(primary.ask(new Forget(REPLICA.text()))).isEqualTo(Answer.OK);
    assertThat(primary.ask(new Forget(REPLICA.text()))).isEqualTo(Answer.OK);
  }

  @Test
  void replicatingNeedsAPrimaryAndNothingOfOnesOwn() {
    assertThat(primary.ask(new Replicate(NOBODY))).isEqualTo(err("Unknown node " + NOBODY));
    assertThat(primary.ask(new Replicate(ME.text()))).isEqualTo(err("Can't replicate myself"));
    assertThat(primary.ask(new Replicate(REPLICA.text())))
        .isEqualTo(err("I can only replicate a master, not a replica."));
    assertThat(primary.ask(new Replicate(OTHER.text())))
        .isEqualTo(err("To set a master the node must be empty and without assigned slots."));
    primary.ask(new FlushSlots());
    assertThat(primary.ask(new Replicate(OTHER.text()), WITH_KEYS))
        .isEqualTo(err("To set a master the node must be empty and without assigned slots."));
    assertThat(primary.ask(new Replicate(OTHER.text()))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().self().primary()).isEqualTo(OTHER);
    assertThat(replica.ask(new Replicate(OTHER.text()))).isEqualTo(Answer.OK);
  }

  @Test
  void failoverIsForReplicasWithALivingPrimary() {
    assertThat(primary.ask(new Failover(FailoverMode.COOPERATIVE)))
        .isEqualTo(err("You should send CLUSTER FAILOVER to a replica"));
    assertThat(replica.ask(new Failover(FailoverMode.COOPERATIVE)))
        .isEqualTo(err("Master is down or failed, please use CLUSTER FAILOVER FORCE"));
    var orphan = new Core(NodeFlags.REPLICA, null);
    assertThat(orphan.ask(new Failover(FailoverMode.FORCE)))
        .isEqualTo(err("I'm a replica but my master is unknown to me"));
    assertThat(replica.ask(new Failover(FailoverMode.TAKEOVER))).isEqualTo(Answer.OK);
    assertThat(replica.core.view().mine(10)).isTrue();
    assertThat(replica.core.view().self().configEpoch()).isEqualTo(3);
  }

  @Test
  void epochIsSetOnlyOnALonelyFreshNode() {
    assertThat(primary.ask(new SetConfigEpoch(-4)))
        .isEqualTo(err("Invalid config epoch specified: -4"));
    assertThat(primary.ask(new SetConfigEpoch(4)))
        .isEqualTo(
            err(
                "The user can assign a config epoch only when the node does not know any other"
                    + " node."));
    primary.ask(new Reset(false));
    assertThat(primary.ask(new SetConfigEpoch(4)))
        .isEqualTo(err("Node config epoch is already non-zero"));
    primary.ask(new Reset(true));
    assertThat(primary.ask(new SetConfigEpoch(4))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().self().configEpoch()).isEqualTo(4);
  }

  @Test
  void resetOfAPrimaryNeedsAnEmptyNode() {
    assertThat(primary.ask(new Reset(false), WITH_KEYS))
        .isEqualTo(err("CLUSTER RESET can't be called with master nodes containing keys"));
    assertThat(replica.ask(new Reset(false), WITH_KEYS)).isEqualTo(Answer.OK);
  }

  @Test
  void slotsAreOpenedOnlyBetweenOwnersAndPrimaries() {
    assertThat(primary.ask(set(10, SlotChange.MIGRATING, OTHER.text())))
        .isEqualTo(err("I'm not the owner of hash slot 10"));
    assertThat(primary.ask(set(1, SlotChange.IMPORTING, OTHER.text())))
        .isEqualTo(err("I'm already the owner of hash slot 1"));
    assertThat(primary.ask(set(1, SlotChange.MIGRATING, NOBODY)))
        .isEqualTo(err("I don't know about node " + NOBODY));
    assertThat(primary.ask(set(10, SlotChange.IMPORTING, "x")))
        .isEqualTo(err("I don't know about node x"));
    assertThat(primary.ask(set(1, SlotChange.MIGRATING, REPLICA.text())))
        .isEqualTo(err("Target node is not a master"));
    assertThat(primary.ask(set(1, SlotChange.NODE, NOBODY)))
        .isEqualTo(err("Unknown node " + NOBODY));
    assertThat(primary.ask(set(1, SlotChange.NODE, REPLICA.text())))
        .isEqualTo(err("Target node is not a master"));
    assertThat(primary.ask(set(1, SlotChange.MIGRATING, OTHER.text()))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().anyOpenSlot()).isTrue();
    assertThat(primary.ask(set(1, SlotChange.STABLE, null))).isEqualTo(Answer.OK);
    assertThat(primary.core.view().anyOpenSlot()).isFalse();
  }

  @Test
  void slotWithKeysIsNotGivenAway() {
    var give = new SetSlot(1, SlotChange.NODE, OTHER.text(), true, false);
    assertThat(primary.ask(give))
        .isEqualTo(
            err(
                "Can't assign hashslot 1 to a different node while I still hold keys for this hash"
                    + " slot."));
    assertThat(primary.ask(set(1, SlotChange.NODE, OTHER.text()))).isEqualTo(Answer.OK);
  }

  @Test
  void replicaTakesSetslotFromItsPrimaryOnly() {
    assertThat(replica.ask(set(10, SlotChange.STABLE, null)))
        .isEqualTo(err("Please use SETSLOT only with masters."));
    var fromPrimary = new SetSlot(10, SlotChange.MIGRATING, OTHER.text(), false, true);
    assertThat(replica.ask(fromPrimary)).isEqualTo(Answer.OK);
    assertThat(replica.core.view().migratingTo(10)).isNotNull();
  }

  @Test
  void reportsAreCountedForKnownNodes() {
    assertThat(primary.ask(new CountFailureReports(OTHER.text()))).isEqualTo(new Answer.Number(0));
    assertThat(primary.ask(new CountFailureReports(NOBODY)))
        .isEqualTo(err("Unknown node " + NOBODY));
  }

  @Test
  void epochIsBumpedUnlessItIsTheHighest() {
    assertThat(primary.ask(new BumpEpoch())).isEqualTo(new Answer.Simple("BUMPED 3"));
    assertThat(primary.ask(new BumpEpoch())).isEqualTo(new Answer.Simple("STILL 3"));
  }

  @Test
  void savingIsAnsweredByWhoSaves() {
    var out = new Effects();
    primary.core.onRequest(9, new SaveConfig(), Core.moment(HostFacts.NONE), out);
    assertThat(out.list())
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.SaveConfig.class, save -> assertThat(save.token()).isEqualTo(9));
  }
}
