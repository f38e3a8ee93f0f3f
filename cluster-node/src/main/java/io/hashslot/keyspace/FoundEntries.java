package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;
import java.util.Arrays;

/**
 * What one step of a scan has met: kept aside, because what is then done with entries may change
 * the table.
 */
final class FoundEntries implements ScanTable.Visitor {
  private long[] entries = new long[64];
  private int count;

  @Override
  public void visit(long entry) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, count * 2);
    }
    entries[count++] = entry;
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  long get(int i) {
    return entries[i];
  }
}
