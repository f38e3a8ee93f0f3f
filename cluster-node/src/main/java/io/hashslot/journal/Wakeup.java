package io.hashslot.journal;

import java.util.concurrent.Executor;

/** What a reader does when there is more to take. Outside of all locks, on any thread. */
@FunctionalInterface
public interface Wakeup {
  /** There is more. */
  void more();

  /**
   * There is more, and whoever appended it is a loop that could take it by itself.
   *
   * @param near runs something on that loop when it is done with its batch of input
   */
  default void more(Executor near) {
    more();
  }
}
