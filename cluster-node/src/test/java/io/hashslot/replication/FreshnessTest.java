package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The age of a replica's data is bounded by a question to the primary and its answer. */
class FreshnessTest {
  private static final long MS = 1_000_000;
  private final Freshness freshness = new Freshness();

  private long ageMs(long nowNs) {
    return (nowNs - freshness.freshAtNs()) / MS;
  }

  @Test
  void nothingIsKnownBeforeAnAnswer() {
    assertThat(freshness.known()).isFalse();
    freshness.applied(1000);
    assertThat(freshness.known()).isFalse();
  }

  @Test
  void theDataIsAsFreshAsTheQuestionOnceItsOffsetIsApplied() {
    freshness.answered(100 * MS, 500, 0, 499);
    assertThat(freshness.known()).isFalse();
    freshness.applied(500);
    assertThat(ageMs(130 * MS)).isEqualTo(30);
  }

  @Test
  void aLaterAnswerThatIsNotReachedLeavesTheEarlierOne() {
    freshness.answered(100 * MS, 500, 0, 500);
    freshness.answered(200 * MS, 600, 0, 500);
    assertThat(ageMs(250 * MS)).isEqualTo(150);
    freshness.applied(600);
    assertThat(ageMs(250 * MS)).isEqualTo(50);
  }

  @Test
  void theAgeOfThePrimarysOwnDataComesOnTop() {
    freshness.answered(100 * MS, 500, 40, 500);
    assertThat(ageMs(110 * MS)).isEqualTo(50);
  }

  @Test
  void anOlderUpstreamDoesNotMakeTheDataOlder() {
    freshness.answered(100 * MS, 500, 0, 500);
    freshness.answered(150 * MS, 500, 90, 500);
    assertThat(ageMs(160 * MS)).isEqualTo(60);
  }

  @Test
  void otherDataHasNoKnownAge() {
    freshness.answered(100 * MS, 500, 0, 500);
    freshness.answered(110 * MS, 900, 0, 500);
    freshness.forget();
    freshness.applied(900);
    assertThat(freshness.known()).isFalse();
  }

  @Test
  void manyAnswersAheadOfTheStreamTakeNoMoreRoom() {
    for (int i = 0; i < 10_000; i++) {
      freshness.answered(i * MS, 1000 + i, 0, 0);
    }
    freshness.applied(1000);
    assertThat(ageMs(0)).isZero();
    freshness.applied(20_000);
    assertThat(ageMs(63 * MS)).isZero();
  }
}
