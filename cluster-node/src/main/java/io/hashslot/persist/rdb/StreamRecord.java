package io.hashslot.persist.rdb;

import io.hashslot.value.StreamValue;
import java.io.IOException;

/** How a stream stands in a snapshot. */
final class StreamRecord {
  private StreamRecord() {}

  static int type(StreamValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void write(RdbEncoder out, StreamValue value, int version) {
    throw new UnsupportedOperationException();
  }

  static void read(int type, RdbInput in, StreamValue target) throws IOException {
    throw new RdbFormatException(
        "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,", in.offset());
  }
}
