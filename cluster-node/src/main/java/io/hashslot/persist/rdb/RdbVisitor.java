package io.hashslot.persist.rdb;

import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hears what stands in a snapshot, in the file's order. Whatever it throws ends the reading. */
public interface RdbVisitor {
  /** An auxiliary field; most are only worth a log line. */
  default void aux(String name, String value) throws IOException {}

  /**
   * The source of a function library, its first line included. Comes before all entries.
   *
   * @param offset where in the input, for messages
   */
  default void function(byte[] source, long offset) throws IOException {}

  /**
   * Data of a module, which cannot be held here: a value, or what a module has saved beside the
   * keys. Whoever does not throw has it skipped.
   *
   * @param what "value" or "data"
   * @param module nine characters
   * @param offset where in the input, for messages
   * @throws RdbFormatException unless it may be skipped
   */
  default void module(String what, String module, long offset) throws IOException {
    throw new RdbFormatException(what + " of module '" + module + "', which is not here,", offset);
  }

  /**
   * The entries that follow belong to database {@code db}; not called before entries of database 0
   * in files that leave it out.
   *
   * @param offset where in the input, for messages
   */
  void selectDb(int db, long offset) throws IOException;

  /**
   * How many entries of this database will follow, and how many of them expire: a hint that may be
   * wrong.
   */
  default void sizeHint(long keys, long expiring) throws IOException {}

  /**
   * Asked before each entry: a batch to put it into as it stands, so that somebody else decodes it,
   * or null to be shown it at once. What is too large for a batch is shown at once all the same.
   */
  default @Nullable RecordBatch batch(RdbEntry entry) throws IOException {
    return null;
  }

  /**
   * Whoever knows what will be shown next may say so before, at most {@link #AHEAD} keys together
   * and {@link #prepare} behind them; the addresses are valid until then.
   */
  default void comes(long key, int keyLength) {}

  /** The keys that were announced are shown now. */
  default void prepare() {}

  /** How many keys are announced together, at most. */
  int AHEAD = 16;

  /**
   * A key with a string value. Addresses in the entry and of the value are native memory, valid
   * during the call.
   */
  void string(RdbEntry entry, long value, int valueLength) throws IOException;

  /** A collection that stands in the input and is still to be read. */
  interface Reading {
    /**
     * Reads the value into an empty one of its kind.
     *
     * @throws RdbFormatException if it is malformed; what has been read until then stays there
     */
    void into(CollectionValue target) throws IOException;
  }

  /** A key with a collection, which has to be read during the call. */
  void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException;
}
