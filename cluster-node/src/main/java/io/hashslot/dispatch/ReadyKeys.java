package io.hashslot.dispatch;

import io.hashslot.blocking.WaitedKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one execution that somebody waits for and that may have become ready, in the order in
 * which that happened, each once. Used by one thread.
 */
final class ReadyKeys {
  private final LinkedHashMap<WaitedKey, Boolean> keys = new LinkedHashMap<>();

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
  }

  /** Takes the first key, or null. */
  Map.@Nullable Entry<WaitedKey, Boolean> poll() {
    return keys.pollFirstEntry();
  }
}
