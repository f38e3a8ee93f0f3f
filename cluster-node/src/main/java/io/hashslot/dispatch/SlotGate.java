package io.hashslot.dispatch;

import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node may serve a request's slot, in cluster mode. Asked twice: before the locks, to
 * redirect, and within, by what is known then. Each answer is of its own moment: a slot may change
 * hands between two of them.
 */
public interface SlotGate {
  /** The keys of a request are of several slots. */
  String CROSS = "CROSSSLOT Keys in request don't hash to the same slot";

  /**
   * Judges a request that names keys.
   *
   * @param slot the slot of all its keys
   * @return null if this node serves it, else the error to reply, such as {@code MOVED 12 ip:port}
   */
  @Nullable String refuse(Session session, CommandSpec command, int slot, boolean anyWrite);

  /**
   * Judges as {@link #refuse(Session, CommandSpec, int, boolean)} does, before the locks, at a
   * moment that the caller knows: after all of the process has stood still the loops go on before
   * anybody can tell them that this node may have been replaced.
   *
   * @param nowNs monotonic time
   */
  default @Nullable String refuse(
      Session session, CommandSpec command, int slot, boolean anyWrite, long nowNs) {
    return refuse(session, command, slot, anyWrite);
  }

  /**
   * Returns the error for a request whose keys are of several slots.
   *
   * @param first the slot of the first key
   */
  default String refuseSeveral(int first) {
    return CROSS;
  }

  /** Returns the error that sends a client to the primary of a slot, or null if that is unknown. */
  default @Nullable String redirect(Session session, int slot) {
    return null;
  }

  /**
   * Tells whether the cluster as a whole is down: what clients wait for can come from nobody then.
   */
  default boolean down() {
    return false;
  }

  /** Returns where use is counted by slot, or null. */
  default @Nullable SlotUse use() {
    return null;
  }

  /**
   * Tells, under the locks, whether the answer for a slot depends on which keys are here: it is
   * being moved. Then {@link #refuseOpen} decides.
   */
  boolean open(int slot);

  /**
   * What was found of the keys of a request to a slot that is being moved.
   *
   * @param present how many of its keys are here
   * @param absent how many are not
   * @param several whether it names more than one key; the same one twice is one
   * @param acrossDatabases whether it moves or copies a key to another database
   */
  record Found(int present, int absent, boolean several, boolean acrossDatabases) {}

  /**
   * Judges, under the locks, a request to a slot that is being moved.
   *
   * @return null to serve it, else {@code ASK …} or {@code TRYAGAIN …}
   */
  @Nullable String refuseOpen(Session session, CommandSpec command, int slot, Found found);
}
