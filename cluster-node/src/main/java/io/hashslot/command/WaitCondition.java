package io.hashslot.command;

import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.Request;
import io.hashslot.value.Kind;
import io.hashslot.value.Value;

/** What a client waits for, asked of one of its keys whenever that may have become ready. */
@FunctionalInterface
public interface WaitCondition {
  /**
   * Tells whether the command, run again now, would be answered because of this key, be it with an
   * error; it must not wait once more then. Under the lock of the key's shard; changes nothing and
   * leaves no trace in clocks and counters.
   *
   * @param request the command's own copy of the request
   */
  boolean holds(Keys keys, Key key, Request request);

  /**
   * Tells whether the condition may hold because a key was deleted, or became of another kind.
   * Others are not asked then.
   */
  default boolean endsWithKey() {
    return false;
  }

  /** Returns the condition that a key has a value of a kind. */
  static WaitCondition has(Kind kind) {
    return (keys, key, _) -> {
      Value value = keys.peek(key);
      return value != null && value.kind() == kind;
    };
  }
}
