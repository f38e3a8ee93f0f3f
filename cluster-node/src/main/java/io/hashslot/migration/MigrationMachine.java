package io.hashslot.migration;

import java.util.function.Consumer;

/**
 * What both sides of a migration know of it: how far it is, when each side has last said something,
 * why it has failed. Events come one at a time; any thread may ask how far it is.
 *
 * @param <S> the steps that the host of this side does
 */
abstract class MigrationMachine<S extends Enum<S>> {
  private static final long ACK_EVERY_MS = 1000;

  private final String peer;
  private final long silenceMs;
  private final Consumer<S> host;
  private volatile MigrationState state;
  private volatile String message = "";
  private volatile long updatedMs;
  private volatile long heardMs;
  private boolean heard;
  private long saidMs;

  /**
   * A migration that begins now.
   *
   * @param peer what the other side is called in messages
   * @param silenceMs silence of the other side after which it counts as gone
   * @param host does the steps
   */
  MigrationMachine(
      MigrationState state, String peer, long silenceMs, Consumer<S> host, long nowMs) {
    this.state = state;
    this.peer = peer;
    this.silenceMs = silenceMs;
    this.host = host;
    updatedMs = nowMs;
    saidMs = nowMs;
  }

  final MigrationState state() {
    return state;
  }

  /** Why it has failed, or "". */
  final String message() {
    return message;
  }

  /** When the state last changed. */
  final long updatedMs() {
    return updatedMs;
  }

  /** When the other side was last heard; 0 if never. */
  final long heardMs() {
    return heardMs;
  }

  /** The connection is gone, or something went wrong here. */
  abstract void failed(String reason, long nowMs);

  // For the two sides

  final void enter(MigrationState next, long nowMs) {
    state = next;
    updatedMs = nowMs;
  }

  /** The same, to a state that is to be explained. */
  final void enter(MigrationState next, String why, long nowMs) {
    message = why;
    enter(next, nowMs);
  }

  final void perform(S step) {
    host.accept(step);
  }

  /** Performs a step that sends something. */
  final void say(S step, long nowMs) {
    saidMs = nowMs;
    perform(step);
  }

  /** Whether nothing was said for so long that the other side may wonder. */
  final boolean acknowledgementIsDue(long nowMs) {
    return nowMs - saidMs >= ACK_EVERY_MS;
  }

  /** The other side is there. */
  final void peerIsThere(long nowMs) {
    heard = true;
    heardMs = nowMs;
  }

  /** Fails if the other side has been silent for too long; then {@code true}. */
  final boolean failedBySilence(long nowMs) {
    boolean silent = heard && nowMs - heardMs > silenceMs;
    if (silent) {
      failed("The " + peer + " has been silent for too long", nowMs);
    }
    return silent;
  }

  /** Whether the state is the one in which this may be said; fails if not. */
  final boolean expect(MigrationState wanted, Message said, long nowMs) {
    boolean expected = state == wanted;
    if (!expected) {
      unexpected(said, nowMs);
    }
    return expected;
  }

  final void unexpected(Message said, long nowMs) {
    failed("Unexpected " + said.word() + " from the " + peer + " while " + state.text(), nowMs);
  }
}
