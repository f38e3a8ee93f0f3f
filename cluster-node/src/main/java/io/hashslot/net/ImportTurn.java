package io.hashslot.net;

import java.util.function.LongSupplier;

/**
 * How a primary that sends slots shares a loop with clients, though all it has to send lies there
 * already. Its turns are short, however many windows of input one takes: transports may hand over
 * what one connection has, piece after piece, for tens of milliseconds before they look at others,
 * if it is never told to stop. And while there are clients it pauses after each turn as long as
 * that took. So the loop of an import is not busy all the time, for whoever is, is the last to get
 * a processor when there are too few of them.
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
  private int commands;

  /** What earlier windows of this turn have taken. */
  private int bytesBefore;

  private long nsBefore;

  /** Where and when this window began. */
  private int beganAt;

  private long beganNs;
  private boolean over;

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
   * A window of input is about to be executed, in a new turn if the last one was over.
   *
   * @param consumed bytes of it executed before
   */
  void begin(int consumed) {
    if (over) {
      over = false;
      commands = 0;
      bytesBefore = 0;
      nsBefore = 0;
    }
    beganAt = consumed;
    beganNs = nowNs.getAsLong();
  }

  /** A command was executed; returns whether the turn is over. */
  boolean over(int consumed) {
    commands++;
    over = commands == MOST_COMMANDS || bytes(consumed) >= MOST_BYTES || ns() >= MOST_NS;
    return over;
  }

  /** The window has ended; the turn may go on with the next one. */
  void end(int consumed) {
    bytesBefore = bytes(consumed);
    nsBefore = ns();
  }

  private int bytes(int consumed) {
    return bytesBefore + consumed - beganAt;
  }

  private long ns() {
    return nsBefore + nowNs.getAsLong() - beganNs;
  }

  /** How long the next turn shall wait after this one, which is over. */
  long pauseNs() {
    long turns = clientTurns.getAsLong();
    boolean clients = turns != clientTurnsBefore;
    clientTurnsBefore = turns;
    return clients ? Math.min(ns(), LONGEST_PAUSE_NS) : 0;
  }
}
