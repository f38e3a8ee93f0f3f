package io.hashslot.bus.sim;

import io.hashslot.bus.wire.BusFrame;

/** Something that is always true. It throws an {@link AssertionError} that names whom it caught. */
interface Invariant {
  /** An event of this node was handled. */
  default void afterEvent(SimNode node) {}

  /** This node hands a frame to the network. */
  default void onSend(SimNode node, BusFrame frame) {}

  /** This node took the place of its primary. */
  default void onPromoted(SimNode node) {}

  /** Fails with this text unless the condition holds. */
  static void expect(boolean condition, String format, Object... arguments) {
    if (!condition) throw new AssertionError(format.formatted(arguments));
  }
}
