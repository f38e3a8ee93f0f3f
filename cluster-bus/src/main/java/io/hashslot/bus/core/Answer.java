package io.hashslot.bus.core;

/** The result of a {@link ClusterRequest}, to be written as a RESP reply. */
public sealed interface Answer {
  /** {@code +OK}. */
  Answer OK = new Ok();

  /** {@code +OK}. */
  record Ok() implements Answer {}

  /** Another simple string. */
  record Simple(String text) implements Answer {}

  /** An integer. */
  record Number(long value) implements Answer {}

  /**
   * An error.
   *
   * @param text the line without the leading {@code -}, for example {@code ERR Unknown node x}
   */
  record Failure(String text) implements Answer {}

  /** An {@code ERR} error with this text. */
  static Answer error(String text) {
    return new Failure("ERR " + text);
  }
}
