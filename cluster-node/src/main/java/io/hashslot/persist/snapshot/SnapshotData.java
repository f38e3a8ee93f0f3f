package io.hashslot.persist.snapshot;

import io.hashslot.persist.rdb.RdbWriter;
import java.io.IOException;

/** All entries of one moment, whichever way they are kept from changing meanwhile. */
public interface SnapshotData {
  /**
   * Writes all entries, preceded by their databases. Once.
   *
   * @throws IOException from the output, or if the snapshot was given up
   */
  void writeTo(RdbWriter out) throws IOException;
}
