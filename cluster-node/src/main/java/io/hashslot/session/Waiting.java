package io.hashslot.session;

/**
 * What a session waits for. While it waits, its further input is held back. Ends in exactly one of
 * three ways: {@link Session#wake} by whom it waited for, its time runs out, or somebody unblocks
 * it. All run on the session's loop.
 */
public interface Waiting {
  /** The time has run out: writes the reply for that. Comes after {@link #tryEnd}. */
  void onTimeout(Session session);

  /**
   * {@code CLIENT UNBLOCK id ERROR}, or a role change: writes the given error. Comes after {@link
   * #tryEnd}.
   */
  default void onUnblocked(Session session, String error) {
    session.reply().error(error);
  }

  /** Called once when the waiting ends, however it ends, also when the link closes. */
  default void onEnd() {}

  /**
   * Ends the waiting for everybody else before its session ends it: whoever has something for the
   * session must not come any more. Any thread.
   *
   * @return false if that is too late: the reply is on its way
   */
  default boolean tryEnd() {
    return true;
  }

  /** Tells whether {@code CLIENT UNBLOCK} may end it. */
  default boolean canBeUnblocked() {
    return true;
  }
}
