package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest.ReclaimSlots;
import io.hashslot.bus.core.ClusterRequest.TakeSlots;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Slots that were moved atomically change hands, and somebody dies or cannot be heard at one of the
 * steps: in the end all agree on one owner, who is the source or the target, or whoever succeeded
 * them.
 */
class HandoverScenarioTest {
  private static final SlotSet SLOTS = SlotSet.range(100, 200);
  private static final int SLOT = 150;
  private static final long NO_LIMIT = Long.MAX_VALUE / 2;

  /** Where the trouble comes. */
  private enum Step {
    GRANTED,
    TAKEN,
    TOLD
  }

  private static Stream<Arguments> deaths() {
    return Stream.of("p1", "p2", "r1a", "r2a", "p1 p2")
        .flatMap(
            who ->
                Stream.of(Step.values())
                    .flatMap(
                        step ->
                            LongStream.rangeClosed(1, 2)
                                .mapToObj(seed -> Arguments.of(who, step, seed))));
  }

  /** The second primary takes the slots of the first one, who may be dead by now. */
  private static Answer take(SimCluster c, NodeId source) {
    return c.request("p2", new TakeSlots(SLOTS, source, NO_LIMIT));
  }

  private static void take(SimCluster c) {
    SimCluster.expectOk(take(c, c.node("p1").id()));
  }

  /** The owner by the account of all that run, once they agree. */
  private static String owner(SimCluster c) {
    c.converges();
    SimNode any = c.nodes().stream().filter(SimNode::running).findFirst().orElseThrow();
    NodeView owner = Objects.requireNonNull(any.view().owner(SLOT));
    SLOTS.forEach(slot -> assertThat(any.view().owner(slot)).isEqualTo(owner));
    return Objects.requireNonNull(c.find(owner.id())).name();
  }

  @ParameterizedTest(name = "{0} dies when the slots are {1}, seed {2}")
  @MethodSource("deaths")
  void whoeverDiesOnTheWayThereIsOneOwner(String who, Step step, long seed) {
    var c = SimCluster.started(5, 1, seed);
    if (step != Step.GRANTED) take(c);
    if (step == Step.TOLD) c.passesMs(200);
    List<String> victims = List.of(who.split(" "));
    NodeId source = c.node("p1").id();
    victims.forEach(c::powerOff);
    boolean taken = step != Step.GRANTED || !victims.contains("p2");
    if (taken && step == Step.GRANTED) SimCluster.expectOk(take(c, source));
    c.passesTimeouts(4);
    String first = owner(c);
    victims.forEach(c::restart);
    c.passesTimeouts(2);
    assertThat(owner(c)).as("the owner stays").isEqualTo(first);
    assertThat(first)
        .isIn(taken && !who.contains("p2") ? List.of("p2") : List.of("p1", "r1a", "p2", "r2a"));
    if (step == Step.TOLD) assertThat(first).isIn("p2", "r2a");
    if (!taken) assertThat(first).isIn("p1", "r1a");
  }

  @ParameterizedTest(name = "{0} dies after the slots were {1}, seed {2}, and is back soon")
  @MethodSource("deaths")
  void whoIsBackSoonStillKnowsWhatItHadTaken(String who, Step step, long seed) {
    var c = SimCluster.started(5, 1, seed);
    if (step != Step.GRANTED) take(c);
    if (step == Step.TOLD) c.passesMs(200);
    List<String> victims = List.of(who.split(" "));
    victims.forEach(c::powerOff);
    c.passesMs(300);
    victims.forEach(c::restart);
    c.passesTimeouts(2);
    assertThat(owner(c)).isEqualTo(step == Step.GRANTED ? "p1" : "p2");
  }

  @Test
  void aTargetThatCouldTellNobodyHasLostTheSlotsOnceTheyAreReclaimed() {
    for (long seed = 1; seed <= 3; seed++) {
      var c = SimCluster.started(3, 1, seed);
      c.isolate("p2");
      take(c);
      c.passesTimeouts(1);
      SimCluster.expectOk(c.request("p1", new ReclaimSlots(SLOTS)));
      c.passesTimeouts(2).heal().passesTimeouts(2);
      assertThat(owner(c)).isEqualTo("p1");
    }
  }

  @Test
  void aTargetThatCouldTellNobodyAndDiesHasLostThemWithOrWithoutASuccessor() {
    for (long seed = 1; seed <= 3; seed++) {
      var c = SimCluster.started(3, 1, seed);
      c.isolate("p2");
      take(c);
      c.powerOff("p2").heal().passesTimeouts(1);
      SimCluster.expectOk(c.request("p1", new ReclaimSlots(SLOTS)));
      c.passesTimeouts(4);
      assertThat(owner(c)).isEqualTo("p1");
      c.restart("p2").passesTimeouts(2);
      assertThat(owner(c)).isEqualTo("p1");
    }
  }

  @Test
  void slotsThatASuccessorOfTheSourceHasByNowAreNotTaken() {
    var c = SimCluster.started(3, 1, 1);
    NodeId source = c.node("p1").id();
    c.powerOff("p1").waitUntil("r1a leads", 60_000, () -> c.node("r1a").isPrimary());
    c.converges();
    assertThat(take(c, source)).isEqualTo(Answer.error("Slot 100 has another owner by now"));
    assertThat(owner(c)).isEqualTo("r1a");
  }

  @Test
  void handoverOfAScriptGoesThroughOrIsTakenBack() {
    String steps = "cluster 3 1\nzones a\ntimeout 2000\nseed 5\nformed\nlasts 20000\n";
    assertThat(story(steps + "100 handover 100 200 p1 p2 50\n"))
        .contains("is granted slots 100-200 of p1")
        .doesNotContain("takes slots back");
    assertThat(story(steps + "100 split p2\n200 handover 100 200 p1 p2 50\n"))
        .contains("takes slots back that it had granted");
  }

  private static String story(String script) {
    History.Outcome outcome = History.scripted(Script.parse(script), null);
    assertThat(outcome.violation()).isNull();
    return outcome.story();
  }

  @Test
  void theSourceOfSlotsThatItsSuccessorsVotersKnowToBeGoneDoesNotComeBackWithThem() {
    for (long seed = 1; seed <= 3; seed++) {
      var c = SimCluster.started(5, 1, seed);
      // The replica of the source hears nothing of the target, the others do.
      c.cut(c.node("p2"), c.node("r1a"), true);
      c.cut(c.node("p2"), c.node("p1"), true);
      take(c);
      c.passesMs(500).powerOff("p1").passesTimeouts(4).heal().passesTimeouts(2);
      assertThat(owner(c)).isEqualTo("p2");
    }
  }
}
