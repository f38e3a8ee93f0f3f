package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionTest {
  private final Transaction transaction = new Transaction();

  @Test
  void shouldLoseItsBetWhenAWatchedKeyChanges() {
    transaction.stake().lose();
    assertThat(transaction.touched()).isTrue();
  }

  @Test
  void shouldNotHearAfterUnwatchOfAChangeThatWasOnItsWay() {
    Transaction.Stake before = transaction.stake();
    transaction.forgetTouches();
    before.lose();
    assertThat(transaction.touched()).isFalse();
  }

  @Test
  void shouldNotHearAfterDiscardOfAChangeThatWasOnItsWay() {
    Transaction.Stake before = transaction.stake();
    transaction.begin();
    transaction.clear();
    before.lose();
    transaction.begin();
    assertThat(transaction.touched()).isFalse();
  }
}
