package io.hashslot.keyspace;

import io.hashslot.value.FrozenString;
import io.hashslot.value.FrozenValue;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The big values of a shard that an open cut has frozen and not yet written out, by their handles.
 * Those that lose their keys meanwhile stay until then.
 */
final class FrozenValues {
  private final Long2ObjectOpenHashMap<FrozenValue> values = new Long2ObjectOpenHashMap<>();
  private final Long2ObjectOpenHashMap<Debris.Root> orphans = new Long2ObjectOpenHashMap<>();

  /** Bytes of those without a key; written under the lock of the shard. */
  private volatile long orphanBytes;

  /** Adds what was frozen, if anything was. */
  void add(@Nullable FrozenValue value) {
    if (value != null) {
      values.put(value.handle(), value);
    }
  }

  /** What was frozen of the value of a handle. */
  @Nullable FrozenValue find(long handle) {
    return values.isEmpty() ? null : values.get(handle);
  }

  /** Bytes of the string in a block are about to change, from one index up to another. */
  void changing(long block, int from, int to) {
    if (find(block) instanceof FrozenString string) {
      string.changing(from, to);
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** A value that is frozen has lost its key. */
  void orphan(FrozenValue value, Debris.Root root) {
    orphans.put(value.handle(), root);
    orphanBytes += value.bytesAtOnset();
  }

  /** Forgets what was frozen; returns what is left of a value without a key. */
  Debris.@Nullable Root remove(FrozenValue value) {
    values.remove(value.handle());
    Debris.Root root = orphans.remove(value.handle());
    if (root != null) {
      orphanBytes -= value.bytesAtOnset();
    }
    return root;
  }

  /** Bytes of values that have no key any more; may be read without the lock. */
  long orphanBytes() {
    return orphanBytes;
  }
}
