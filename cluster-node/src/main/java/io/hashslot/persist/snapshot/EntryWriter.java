package io.hashslot.persist.snapshot;

import java.io.IOException;

/** Where copies of entries, and their parts, go; outside of all locks. */
abstract sealed class EntryWriter implements EntryCopies.Visitor, BlockChain.Visitor
    permits EntryRecords, SinkEntries {
  /** An entry whose value follows in blocks. */
  abstract void head(PartedEntry entry) throws IOException;

  /** That was the last block. */
  abstract void endOfParts() throws IOException;
}
