package io.hashslot.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One file that is always replaced as a whole. What was written but not synced may or may not be
 * there after a crash of the machine; what is there is one of the versions written since the last
 * sync, never a mixture.
 *
 * @param <T> the contents
 */
public final class SimDisk<T> {
  /** The synced version, if there is one, and all that were written after it. */
  private final List<T> versions = new ArrayList<>();

  private int synced;

  /** Replaces the contents; readable at once, but not safe yet. */
  public void write(T contents) {
    versions.add(contents);
  }

  /** Makes the last version safe. */
  public void sync() {
    if (versions.isEmpty()) return;
    T last = versions.getLast();
    versions.clear();
    versions.add(last);
    synced = 1;
  }

  /** What a reader sees now; null if nothing was ever written. */
  public @Nullable T read() {
    return versions.isEmpty() ? null : versions.getLast();
  }

  /** What certainly survives; null if nothing does. */
  public @Nullable T readSynced() {
    return synced == 0 ? null : versions.getFirst();
  }

  /** The machine crashes: chance decides how many of the unsynced versions are lost. */
  public void crash(RandomGenerator random) {
    int kept = synced + random.nextInt(versions.size() - synced + 1);
    while (versions.size() > kept) versions.removeLast();
    sync();
  }
}
