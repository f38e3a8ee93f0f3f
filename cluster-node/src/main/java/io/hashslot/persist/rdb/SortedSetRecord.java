package io.hashslot.persist.rdb;

import io.hashslot.resp.DoubleText;
import io.hashslot.structure.DistinctElements;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.ScoredListpack;
import io.hashslot.structure.Slice;
import io.hashslot.structure.SortedSetLoad;
import io.hashslot.value.SortedSetValue;
import java.io.IOException;

/**
 * How a sorted set stands in a snapshot: in compact form as the bytes of its listpack, else as its
 * number of elements and then, from the highest down, each member as a string and its score as
 * eight bytes. Older files have scores as text behind a byte of length.
 */
final class SortedSetRecord {
  private static final int TEXT_SCORES = 3;
  private static final int BINARY_SCORES = 5;
  private static final int ZIPLIST = 12;
  private static final int LISTPACK = 17;

  /** In place of the length of a score's text. */
  private static final int NAN = 253;

  private static final int PLUS_INFINITY = 254;
  private static final int MINUS_INFINITY = 255;

  private SortedSetRecord() {}

  static int type(SortedSetValue value, int version) {
    return value.isFull() ? BINARY_SCORES : LISTPACK;
  }

  static void write(RdbEncoder out, SortedSetValue value, int version) {
    if (!value.isFull()) {
      out.string(value.cell().address(), value.cell().length());
      return;
    }
    long size = value.size();
    out.length(size);
    if (size == 0) {
      return;
    }
    value.select(size - 1);
    do {
      element(out, value.member(), value.score());
    } while (value.previous());
  }

  static void element(RdbEncoder out, Slice member, double score) {
    out.string(member.address(), member.length());
    out.i64(Double.doubleToRawLongBits(score));
  }

  static void read(int type, RdbInput in, SortedSetValue target) throws IOException {
    switch (type) {
      case TEXT_SCORES, BINARY_SCORES -> elements(type, in, target);
      case LISTPACK -> listpack(in, target);
      case ZIPLIST -> ziplist(in, target);
      default ->
          throw new RdbFormatException(
              "value type " + type + " (" + Rdb.typeName(type) + ") cannot be read", in.offset());
    }
  }

  private static void elements(int type, RdbInput in, SortedSetValue target) throws IOException {
    long at = in.offset();
    long size = in.length();
    if (size < 0) {
      throw new RdbFormatException("impossible number of elements", at);
    }
    // Full from the start, as in Redis: a listpack knows no -0, and would not give it to the full
    // form.
    boolean sound = true;
    try (NativeBlock member = new NativeBlock();
        SortedSetLoad load = target.load(Math.min(size, Rdb.MOST_EXPECTED))) {
      for (long i = 0; i < size && sound; i++) {
        at = in.offset();
        in.string(member);
        double score =
            type == BINARY_SCORES ? Double.longBitsToDouble(in.i64()) : textScore(in, at);
        requireNumber(score, at);
        sound = load.add(score, member.address(), member.length);
      }
      sound = sound && load.flush();
    }
    requireDistinct(sound, at);
    target.compactIfSmall();
  }

  private static void requireNumber(double score, long at) throws RdbFormatException {
    if (Double.isNaN(score)) {
      throw new RdbFormatException("a score that is no number", at);
    }
  }

  private static void requireDistinct(boolean distinct, long at) throws RdbFormatException {
    if (!distinct) {
      throw new RdbFormatException("a member that comes twice", at);
    }
  }

  private static double textScore(RdbInput in, long at) throws IOException {
    int length = in.u8();
    switch (length) {
      case NAN:
        return Double.NaN;
      case PLUS_INFINITY:
        return Double.POSITIVE_INFINITY;
      case MINUS_INFINITY:
        return Double.NEGATIVE_INFINITY;
      default:
        try (NativeBlock text = new NativeBlock()) {
          in.bytes(text, length);
          return DoubleText.parse(text.address(), length);
        }
    }
  }

  private static void listpack(RdbInput in, SortedSetValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock blob = new NativeBlock()) {
      in.string(blob);
      if (!Listpack.valid(blob.address(), blob.length, true)) {
        throw new RdbFormatException("damaged listpack of a sorted set", at);
      }
      take(blob, target, at);
    }
  }

  private static void ziplist(RdbInput in, SortedSetValue target) throws IOException {
    long at = in.offset();
    try (NativeBlock blob = new NativeBlock();
        NativeBlock listpack = new NativeBlock()) {
      in.string(blob);
      if (!Ziplist.toListpack(blob, listpack)) {
        throw new RdbFormatException("damaged ziplist of a sorted set", at);
      }
      take(listpack, target, at);
    }
  }

  /**
   * Takes the elements of a sound listpack, if they are those of a sorted set. Other servers load
   * them in whatever order they stand; those out of order are put in order here.
   */
  private static void take(NativeBlock blob, SortedSetValue target, long at)
      throws RdbFormatException {
    if (Listpack.count(blob.address()) % 2 != 0) {
      throw new RdbFormatException("a member without a score", at);
    }
    boolean inOrder = new ScoredListpack().inOrder(blob.address());
    requireDistinct(
        !inOrder || DistinctElements.in(blob.address(), 1, target.cell().hashSeed()), at);
    target.expect(ScoredListpack.size(blob.address()), 0);
    if (inOrder && !target.isFull()) {
      target.load(blob.address(), blob.length);
      return;
    }
    Slice member = new Slice();
    for (long p = Listpack.first(blob.address()); p != 0; p = ScoredListpack.next(p)) {
      Listpack.get(p, member);
      double score = ScoredListpack.score(p);
      requireNumber(score, at);
      requireDistinct(Double.isNaN(target.find(member.address(), member.length())), at);
      target.add(score, member.address(), member.length());
    }
  }
}
