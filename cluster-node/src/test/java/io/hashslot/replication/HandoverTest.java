package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.replication.Handover.Candidate;
import io.hashslot.replication.Handover.Order;
import io.hashslot.replication.Handover.State;
import io.hashslot.replication.Handover.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The primary's role goes to a replica that has everything, or stays where it is. */
class HandoverTest {
  private static final PrimaryEndpoint ONE = new PrimaryEndpoint("127.0.0.1", 1);
  private static final PrimaryEndpoint OTHER = new PrimaryEndpoint("127.0.0.1", 2);

  private final Handover handover = new Handover();

  private void begin(Order order) {
    handover.begin(order, 1000);
  }

  @Test
  void itWaitsForAReplicaThatHasEverything() {
    begin(new Order(null, 0, false));
    assertThat(handover.state()).isEqualTo(State.WAITING);
    assertThat(handover.tick(1100, 50, List.of(new Candidate(ONE, 49)))).isNull();
    assertThat(handover.tick(1200, 50, List.of(new Candidate(ONE, 49), new Candidate(OTHER, 50))))
        .isEqualTo(new Step.Follow(OTHER, false));
    assertThat(handover.state()).isEqualTo(State.WAITING);
  }

  @Test
  void onlyTheChosenOneWillDo() {
    begin(new Order(ONE, 0, false));
    assertThat(handover.tick(1100, 50, List.of(new Candidate(OTHER, 50)))).isNull();
    assertThat(handover.tick(1100, 50, List.of(new Candidate(ONE, 50))))
        .isEqualTo(new Step.Follow(ONE, false));
  }

  @Test
  void aReplicaThatIsAheadIsNotInStep() {
    begin(new Order(null, 0, false));
    assertThat(handover.tick(1100, 50, List.of(new Candidate(ONE, 51)))).isNull();
  }

  @Test
  void whoFellBehindBeforeWritesWereImpossibleIsNotFollowed() {
    begin(new Order(null, 0, false));
    var step = new Step.Follow(ONE, false);
    assertThat(handover.confirm(step, 60, List.of(new Candidate(ONE, 50)))).isFalse();
    assertThat(handover.state()).isEqualTo(State.WAITING);
    assertThat(handover.confirm(step, 60, List.of(new Candidate(ONE, 60)))).isTrue();
    assertThat(handover.state()).isEqualTo(State.IN_PROGRESS);
    assertThat(handover.tick(9999, 60, List.of(new Candidate(ONE, 60)))).isNull();
    handover.succeeded();
    assertThat(handover.state()).isEqualTo(State.NONE);
  }

  @Test
  void withoutForceTheTimeEndsIt() {
    begin(new Order(ONE, 500, false));
    assertThat(handover.timed()).isTrue();
    assertThat(handover.tick(1499, 50, List.of())).isNull();
    assertThat(handover.tick(1500, 50, List.of()))
        .isInstanceOfSatisfying(Step.GiveUp.class, step -> assertThat(step.followed()).isFalse());
    assertThat(handover.state()).isEqualTo(State.NONE);
  }

  @Test
  void withForceTheTimeBeginsIt() {
    begin(new Order(ONE, 500, true));
    assertThat(handover.tick(1500, 50, List.of())).isEqualTo(new Step.Follow(ONE, true));
    assertThat(handover.confirm(new Step.Follow(ONE, true), 50, List.of())).isTrue();
  }

  @Test
  void whoGivesUpAfterwardsHasARoleToTakeBack() {
    begin(new Order(ONE, 0, false));
    assertThat(handover.giveUp("by hand").followed()).isFalse();
    begin(new Order(ONE, 0, false));
    handover.confirm(new Step.Follow(ONE, false), 1, List.of(new Candidate(ONE, 1)));
    assertThat(handover.giveUp("refused").followed()).isTrue();
    assertThat(handover.state()).isEqualTo(State.NONE);
  }

  @Test
  void whatWasGivenUpIsNotConfirmed() {
    begin(new Order(ONE, 0, false));
    handover.giveUp("by hand");
    assertThat(handover.confirm(new Step.Follow(ONE, false), 1, List.of(new Candidate(ONE, 1))))
        .isFalse();
  }
}
