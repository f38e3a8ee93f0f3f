package io.hashslot.persist.rdb;

import io.hashslot.structure.HashLoad;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;
import java.io.IOException;
import java.lang.ref.Reference;

/**
 * How a hash stands in a snapshot: in compact form as one string, which is its listpack, else as
 * the number of its fields, and each with its value. Compact forms of older servers are read, too.
 */
final class HashRecord {
  private static final int TYPE_PAIRS = 4;
  private static final int TYPE_ZIPMAP = 9;
  private static final int TYPE_ZIPLIST = 13;
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
    value.forEach((field, text) -> pair(out, field, text));
  }

  static void pair(RdbEncoder out, Slice field, Slice text) {
    out.string(field.address(), field.length());
    out.string(text.address(), text.length());
  }

  static void read(int type, RdbInput in, HashValue target) throws IOException {
    switch (type) {
      case TYPE_PAIRS -> readPairs(in, target);
      case TYPE_ZIPMAP -> readZipmap(in, target);
      case TYPE_ZIPLIST -> readZiplist(in, target);
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
      int count = in.smallLength("number of fields");
      boolean sound = true;
      if (count > target.cell().limits().hashMaxListpackEntries) {
        sound = readMany(in, target, count, field, value);
      } else {
        for (int left = count; left > 0 && sound; left--) {
          in.string(field);
          in.string(value);
          sound = target.put(field.address(), field.length, value.address(), value.length);
        }
      }
      if (!sound) {
        throw new RdbFormatException("a field that was there before", in.offset());
      }
    }
  }

  private static boolean readMany(
      RdbInput in, HashValue target, int count, NativeBlock field, NativeBlock value)
      throws IOException {
    boolean sound = true;
    try (HashLoad load = target.load(Math.min(count, Rdb.MOST_EXPECTED))) {
      for (int left = count; left > 0 && sound; left--) {
        in.string(field);
        in.string(value);
        sound = load.add(field.address(), field.length, value.address(), value.length);
      }
      return sound && load.flush();
    }
  }

  private static void readZiplist(RdbInput in, HashValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock ziplist = new NativeBlock();
        NativeBlock listpack = new NativeBlock()) {
      in.string(ziplist);
      if (!Ziplist.toListpack(ziplist, listpack)
          || !target.takeCompact(listpack.address(), listpack.length)) {
        throw new RdbFormatException("a hash in a damaged ziplist", at);
      }
    }
  }

  /** A zipmap holds values of any length, so it is taken pair by pair. */
  private static void readZipmap(RdbInput in, HashValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock zipmap = new NativeBlock();
        NativeBlock listpack = new NativeBlock()) {
      in.string(zipmap);
      boolean sound = Zipmap.toListpack(zipmap, listpack);
      Slice field = new Slice();
      Slice value = new Slice();
      long p = sound ? Listpack.first(listpack.address()) : 0;
      while (p != 0 && sound) {
        Listpack.get(p, field);
        p = Listpack.next(p);
        Listpack.get(p, value);
        p = Listpack.next(p);
        sound = target.put(field.address(), field.length(), value.address(), value.length());
      }
      Reference.reachabilityFence(field);
      Reference.reachabilityFence(value);
      if (!sound) {
        throw new RdbFormatException("a hash in a damaged zipmap", at);
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
