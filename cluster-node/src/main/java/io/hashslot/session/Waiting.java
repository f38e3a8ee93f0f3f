package io.hashslot.session;

/**
 * What a session waits for. While it waits, its further input is held back. Ends in exactly one of
 * three ways: {@link Session#wake} by whom it waited for, its time runs out, or somebody unblocks
 * it. All run on the session's loop.
 */
public interface Waiting {
  /** The time has run out: writes the reply for that. */
  void onTimeout(Session session);

  /**
   * {@code CLIENT UNBLOCK id ERROR}, or a role change: writes the given error if it can be ended.
   */
  default void onUnblocked(Session session, String error) {
    session.reply().error(error);
  }

  /** Called once when the waiting ends, however it ends, also when the link closes. */
  default void onEnd() {}

  /** Tells whether {@code CLIENT UNBLOCK} may end it. */
  default boolean canBeUnblocked() {
    return true;
  }
}
