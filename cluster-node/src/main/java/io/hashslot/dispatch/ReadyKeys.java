package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one execution that somebody waits for and that may have become ready, in the order in
 * which that happened, each once. Used by one thread.
 */
final class ReadyKeys {
  private final LinkedHashMap<WaitedKey, Boolean> keys = new LinkedHashMap<>();
  private final Set<WaitedKey> all = new HashSet<>();

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Adds a key.
   *
   * @param grown whether it is new or a stream with something new; if not, it was just changed
   */
  void add(WaitedKey key, boolean grown) {
    keys.merge(key, grown, Boolean::logicalOr);
    all.add(key);
  }

  /** Tells whether a key was added, taken since or not. */
  boolean contains(WaitedKey key) {
    return all.contains(key);
  }

  /** Forgets everything: the execution is over, and so is the serving. */
  void clear() {
    keys.clear();
    all.clear();
  }

  /** Takes the first key, or null. */
  Map.@Nullable Entry<WaitedKey, Boolean> poll() {
    return keys.pollFirstEntry();
  }
}
