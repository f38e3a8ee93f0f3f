package io.hashslot.persist.rdb;

import io.hashslot.value.HashValue;
import java.io.IOException;

/** How a hash stands in a snapshot. */
final class HashRecord {
  private HashRecord() {}

  static int type(HashValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void write(RdbEncoder out, HashValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void read(int type, RdbInput in, HashValue target) throws IOException {
    throw new RdbFormatException(
        "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", in.offset());
  }
}
