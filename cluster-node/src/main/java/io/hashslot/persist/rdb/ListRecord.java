package io.hashslot.persist.rdb;

import io.hashslot.value.ListValue;
import java.io.IOException;

/** How a list stands in a snapshot. */
final class ListRecord {
  private ListRecord() {}

  static int type(ListValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void write(RdbEncoder out, ListValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void read(int type, RdbInput in, ListValue target) throws IOException {
    throw new RdbFormatException(
        "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", in.offset());
  }
}
