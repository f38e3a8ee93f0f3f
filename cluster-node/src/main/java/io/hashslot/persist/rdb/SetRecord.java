package io.hashslot.persist.rdb;

import io.hashslot.value.SetValue;
import java.io.IOException;

/** How a set stands in a snapshot. */
final class SetRecord {
  private SetRecord() {}

  static int type(SetValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void write(RdbEncoder out, SetValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void read(int type, RdbInput in, SetValue target) throws IOException {
    throw new RdbFormatException(
        "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", in.offset());
  }
}
