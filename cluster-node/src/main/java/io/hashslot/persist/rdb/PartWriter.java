package io.hashslot.persist.rdb;

import io.hashslot.resp.Output;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.Value;

/**
 * Writes a big value part by part, in whatever form its reader wants. Used under the lock of the
 * value's shard, except for {@link #close}.
 */
public interface PartWriter extends FrozenValue.Parts, AutoCloseable {
  /** All parts have come. */
  void end();

  /** Gives memory back. */
  @Override
  void close();

  /** A form of values. */
  interface Form {
    /**
     * Begins with a value that is about to be frozen.
     *
     * @param key in native memory that stays where it is until the writer is closed
     * @param expireAtMs wall time in milliseconds, or negative for none
     * @param out gets what is written
     */
    PartWriter begin(Value value, long key, int keyLength, long expireAtMs, Output out);
  }
}
