package io.hashslot.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Slots that come share their loop with clients. */
class ImportTurnTest {
  private long nowNs = 1_000;
  private long clientTurns = 5;
  private final ImportTurn turn = new ImportTurn(() -> nowNs, () -> clientTurns);

  private int commandsUntilOver(int bytesOfEach, long nsOfEach) {
    int consumed = 100;
    turn.begin(consumed);
    for (int commands = 1; ; commands++) {
      consumed += bytesOfEach;
      nowNs += nsOfEach;
      if (turn.over(consumed)) {
        return commands;
      }
    }
  }

  @Test
  void shouldEndAfterSomeCommandsBytesOrTime() {
    assertThat(commandsUntilOver(1, 1)).isEqualTo(64);
    assertThat(commandsUntilOver(8 * 1024, 1)).isEqualTo(4);
    assertThat(commandsUntilOver(1, 100_000)).isEqualTo(5);
    assertThat(commandsUntilOver(1_000_000, 9_000_000)).isEqualTo(1);
  }

  /**
   * Bytes of each window, one command in it that takes some time, and nothing left but the wait for
   * the next one; returns in which window the turn was over.
   */
  private int windowsUntilOver(int bytesOfEach, long nsOfEach) {
    for (int windows = 1; ; windows++) {
      turn.begin(0);
      nowNs += nsOfEach;
      if (turn.over(bytesOfEach)) {
        return windows;
      }
      turn.end(bytesOfEach);
      nowNs += 1_000_000;
    }
  }

  /** Else a transport that hands over one window after the other looks at nobody else. */
  @Test
  void shouldGoOnWithTheNextWindowUntilItIsOver() {
    assertThat(windowsUntilOver(1, 1)).isEqualTo(64);
    assertThat(windowsUntilOver(8 * 1024, 1)).isEqualTo(4);
    assertThat(windowsUntilOver(1, 100_000)).isEqualTo(5);
    assertThat(turn.pauseNs()).as("work, and not the wait between windows").isEqualTo(500_000);
    assertThat(windowsUntilOver(1, 100_000)).as("a new turn").isEqualTo(5);
  }

  @Test
  void shouldPauseAsLongAsItTookWhileThereAreClients() {
    commandsUntilOver(1, 1_000);
    assertThat(turn.pauseNs()).isEqualTo(64_000);
    commandsUntilOver(1, 1_000);
    assertThat(turn.pauseNs()).as("no client has come since").isZero();
    commandsUntilOver(1, 1_000);
    clientTurns++;
    assertThat(turn.pauseNs()).isEqualTo(64_000);
  }

  @Test
  void shouldNotPauseForLongerThanItMayTake() {
    commandsUntilOver(1, 30_000_000_000L);
    assertThat(turn.pauseNs()).isEqualTo(1_000_000);
  }
}
