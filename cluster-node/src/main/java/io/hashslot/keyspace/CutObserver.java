package io.hashslot.keyspace;

import io.hashslot.value.FrozenValue;
import org.jspecify.annotations.Nullable;

/**
 * Who takes a cut: a picture of all entries at one moment, while writes go on. Called under the
 * lock of the entry's shard, once for each entry: either by {@link Sweep}, or before the entry
 * changes or goes. Must not call the keyspace.
 */
public interface CutObserver {
  /**
   * An entry as it was at the moment of the cut: copy what is needed now.
   *
   * @param shard number of the shard whose lock is held
   * @return the value, if it is a big collection that has been frozen rather than copied: it hears
   *     of changes until {@link Keyspace#thaw} is called; null for all others
   */
  @Nullable FrozenValue take(int shard, int database, Entry entry);
}
