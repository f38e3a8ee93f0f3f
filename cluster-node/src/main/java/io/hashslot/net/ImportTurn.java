package io.hashslot.net;

import java.util.function.LongSupplier;

/**
 * How a primary that sends slots shares a loop with clients, though all it has to send lies there
 * already. Its turns are short; and while there are clients it pauses after each as long as that
 * took. So the loop of an import is not busy all the time, for whoever is, is the last to get a
 * processor when there are too few of them.
 */
final class ImportTurn {
  private static final int MOST_COMMANDS = 64;

  /** A command may hold a large value. */
  private static final int MOST_BYTES = 32 * 1024;

  /** What is executed for the first time may be slow. */
  private static final long MOST_NS = 500_000;

  /** If a turn took longer than it may, it was not the import that was at work. */
  private static final long LONGEST_PAUSE_NS = 2 * MOST_NS;

  private final LongSupplier nowNs;
  private final LongSupplier clientTurns;
  private long clientTurnsBefore;
  private long beganNs;
  private int commands;
  private int bytesEnd;

  /**
   * The turns of one primary.
   *
   * @param nowNs a monotonic clock
   * @param clientTurns tells how many turns clients have had on the loop
   */
  ImportTurn(LongSupplier nowNs, LongSupplier clientTurns) {
    this.nowNs = nowNs;
    this.clientTurns = clientTurns;
  }

  /**
   * Begins a turn.
   *
   * @param consumed bytes of input executed before
   */
  void begin(int consumed) {
    beganNs = nowNs.getAsLong();
    commands = 0;
    bytesEnd = consumed + MOST_BYTES;
  }

  /** A command was executed; returns whether the turn is over. */
  boolean over(int consumed) {
    return ++commands == MOST_COMMANDS
        || consumed >= bytesEnd
        || nowNs.getAsLong() - beganNs >= MOST_NS;
  }

  /** How long the next turn shall wait after this one. */
  long pauseNs() {
    long turns = clientTurns.getAsLong();
    boolean clients = turns != clientTurnsBefore;
    clientTurnsBefore = turns;
    return clients ? Math.min(nowNs.getAsLong() - beganNs, LONGEST_PAUSE_NS) : 0;
  }
}
