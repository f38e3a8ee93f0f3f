package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.wire.BusFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something that is always true. It throws a {@link Violation} that names whom it caught. One
 * instance watches one history; what it costs at each event is paid millions of times.
 */
public interface Invariant {
  /** What the violation is called: the name of the class. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** A client's request is about to be handled by this node. */
  default void onRequest(SimNode node, ClusterRequest request) {}

  /** An event of this node was handled. */
  default void afterEvent(SimNode node) {}

  /**
   * This node hands a frame to the network. Its view is that of the end of the event.
   *
   * @param to the machine it is for, null if it cannot be told
   */
  default void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {}

  /** A frame has arrived at this node, which may be suspended and handle it later. */
  default void onArrival(SimNode node, BusFrame frame) {}

  /** This node took the place of its primary. */
  default void onPromoted(SimNode node) {}

  /** Fails with this text unless the condition holds. */
  default void expect(boolean condition, String format, @Nullable Object... arguments) {
    if (!condition) throw new Violation(name(), format.formatted(arguments));
  }
}
