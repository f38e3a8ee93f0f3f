package io.hashslot.persist.rdb;

import io.hashslot.value.HashValue;
import java.io.IOException;

/**
 * How a hash stands in a snapshot: in compact form as one string, which is its listpack, else as
 * the number of its fields, and each with its value.
 */
final class HashRecord {
  private static final int TYPE_PAIRS = 4;
  private static final int TYPE_LISTPACK = 16;

  private HashRecord() {}

  static int type(HashValue value, int version) {
    return value.isCompact() ? TYPE_LISTPACK : TYPE_PAIRS;
  }

  static void write(RdbEncoder out, HashValue value, int version) {
    if (value.isCompact()) {
      out.string(value.cell().address(), value.cell().length());
      return;
    }
    out.length(value.size());
    value.forEach(
        (field, text) -> {
          out.string(field.address(), field.length());
          out.string(text.address(), text.length());
        });
  }

  static void read(int type, RdbInput in, HashValue target) throws IOException {
    switch (type) {
      case TYPE_PAIRS -> readPairs(in, target);
      case TYPE_LISTPACK -> readListpack(in, target);
      default ->
          throw new RdbFormatException(
              "value type " + type + " (" + Rdb.typeName(type) + ") cannot be held yet,",
              in.offset());
    }
  }

  private static void readPairs(RdbInput in, HashValue target) throws IOException {
    try (NativeBlock field = new NativeBlock();
        NativeBlock value = new NativeBlock()) {
      for (long left = in.smallLength("number of fields"); left > 0; left--) {
        long at = in.offset();
        in.string(field);
        in.string(value);
        if (!target.put(field.address(), field.length, value.address(), value.length)) {
          throw new RdbFormatException("a field that was there before", at);
        }
      }
    }
  }

  private static void readListpack(RdbInput in, HashValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock listpack = new NativeBlock()) {
      in.string(listpack);
      if (!target.takeCompact(listpack.address(), listpack.length)) {
        throw new RdbFormatException("a hash in a damaged listpack", at);
      }
    }
  }
}
