package io.hashslot.bus.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects effects in order. Reused by its owner: {@link #drainTo} empties it. Single-threaded. */
public final class Effects {
  private final ArrayList<Effect> pending = new ArrayList<>();

  /** Appends one effect. */
  public void add(Effect effect) {
    pending.add(effect);
  }

  /** Whether nothing is to be done. */
  public boolean isEmpty() {
    return pending.isEmpty();
  }

  /** What is collected, in order; a live view, invalid after {@link #drainTo} or {@link #clear}. */
  public List<Effect> list() {
    return pending;
  }

  /** Hands over everything in order and forgets it; effects added meanwhile are handed over too. */
  public void drainTo(Consumer<Effect> consumer) {
    for (int i = 0; i < pending.size(); i++) consumer.accept(pending.get(i));
    pending.clear();
  }

  /** Forgets everything. */
  public void clear() {
    pending.clear();
  }
}
