package io.hashslot.persist.rdb;

import io.hashslot.value.SortedSetValue;
import java.io.IOException;

/** How a sorted set stands in a snapshot. */
final class SortedSetRecord {
  private SortedSetRecord() {}

  static int type(SortedSetValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void write(RdbEncoder out, SortedSetValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void read(int type, RdbInput in, SortedSetValue target) throws IOException {
    throw new RdbFormatException(
        "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", in.offset());
  }
}
