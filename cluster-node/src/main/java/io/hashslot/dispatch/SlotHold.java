package io.hashslot.dispatch;

import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots whose writers wait, because the slots are about to change hands. Asked under the locks of
 * the shards: whoever begins to hold and has then entered and left every shard knows that nobody
 * writes any more. What would delete all data waits as well.
 */
public final class SlotHold {
  private final Runnable changed;
  private final List<SlotSet> holds = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private volatile @Nullable SlotSet held;

  /**
   * Makes it with nothing held.
   *
   * @param changed runs when something is held, or nothing any more
   */
  SlotHold(Runnable changed) {
    this.changed = changed;
  }

  /** Begins to hold these slots, which must not change. */
  public void begin(SlotSet slots) {
    synchronized (holds) {
      holds.add(slots);
      gather();
    }
    changed.run();
  }

  /** Lets go of slots, the same object as at {@link #begin}; those who waited try again. */
  public void end(SlotSet slots) {
    List<Runnable> free;
    synchronized (holds) {
      if (!holds.removeIf(hold -> hold == slots)) {
        return;
      }
      gather();
      free = List.copyOf(waiting);
      waiting.clear();
    }
    changed.run();
    free.forEach(Runnable::run);
  }

  private void gather() {
    SlotSet all = new SlotSet();
    holds.forEach(all::addAll);
    held = holds.isEmpty() ? null : all;
  }

  /** Tells whether anything is held. */
  boolean any() {
    return held != null;
  }

  /** Tells whether a command on one slot has to wait. */
  boolean covers(long flags, int slot) {
    SlotSet now = held;
    return now != null && Gates.writes(flags) && now.contains(slot);
  }

  /** Tells whether a planned request has to wait. */
  boolean covers(long flags, Planner planner) {
    SlotSet now = held;
    return now != null
        && Gates.writes(flags)
        && (planner.slot() >= 0 ? now.contains(planner.slot()) : planner.everywhere());
  }

  /** Tells whether a planned request has to wait; its session is resumed when it may go on. */
  boolean holdsBack(Session session, long flags, Planner planner) {
    if (!covers(flags, planner)) {
      return false;
    }
    whenReleased(() -> session.loop().execute(session.link()::resume));
    return true;
  }

  /** Runs an action once something was let go of; now, if nothing is held. */
  void whenReleased(Runnable action) {
    synchronized (holds) {
      if (held != null) {
        waiting.add(action);
        return;
      }
    }
    action.run();
  }
}
