package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.bus.core.ClusterRequest.Failover;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one way in which an epoch gets two winners: a seat changes hands at the moment of a cut, and
 * votes on both sides of it. See {@link Ballots}.
 */
class TwoWinnersTest {
  private static final class CountedVotes implements Invariant {
    private int sent;

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() == MessageType.AUTH_ACK) sent++;
    }
  }

  /** A replica replaces the third primary; votes for it still arrive, but not that it has won. */
  private static SimCluster cut(long seed) {
    var c = SimCluster.started(3, 2, seed);
    var votes = new CountedVotes();
    c.check(votes);
    SimCluster.expectOk(c.request("r3a", new Failover(FailoverMode.FORCE)));
    while (votes.sent < 2) c.queue().runFor(1);
    c.isolate("p1", "r2b", "r3a");
    return c;
  }

  /** On one side the second primary is replaced, on the other side the first one. */
  private static void elect(SimCluster c) {
    c.waitUntil("one side has elected", 60_000, () -> c.node("r2b").isPrimary());
    c.waitUntil(
        "so has the other", 60_000, () -> c.node("r1a").isPrimary() || c.node("r1b").isPrimary());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSeatThatVotedTwiceGivesAnEpochTwoWinnersWhoDoNotKeepIt(long seed) {
    SimCluster c = cut(seed);
    elect(c);
    assertThat(c.ballots().epochsWonTwice()).isEqualTo(1);
    c.heal().passesTimeouts(2).converges();
  }

  @Test
  void twoWinnersAreAViolationUnlessASeatVotedTwice() {
    SimCluster c = cut(1);
    c.check(new EpochRules.OneWinnerPerEpoch(new Ballots()));
    assertThatThrownBy(() -> elect(c))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("OneWinnerPerEpoch");
  }
}
