package io.hashslot.persist.rdb;

import io.hashslot.value.CollectionValue;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.io.IOException;

/** How values stand in snapshots and payloads of DUMP: one class for each kind does it. */
public final class RdbValues {
  private RdbValues() {}

  /**
   * The type byte that a value gets, which says how {@link #write} writes it.
   *
   * @param version of the format that the reader understands
   */
  public static int type(Value value, int version) {
    return switch (value) {
      case StringValue _ -> Rdb.TYPE_STRING;
      case ListValue list -> ListRecord.type(list, version);
      case SetValue set -> SetRecord.type(set, version);
      case SortedSetValue sorted -> SortedSetRecord.type(sorted, version);
      case HashValue hash -> HashRecord.type(hash, version);
      case StreamValue _ -> StreamRecord.type(version);
    };
  }

  /** Writes a value, its type byte apart. */
  public static void write(RdbEncoder out, Value value, int version) {
    switch (value) {
      case StringValue string -> out.string(string.address(), string.length());
      case ListValue list -> ListRecord.write(out, list, version);
      case SetValue set -> SetRecord.write(out, set, version);
      case SortedSetValue sorted -> SortedSetRecord.write(out, sorted, version);
      case HashValue hash -> HashRecord.write(out, hash, version);
      case StreamValue stream -> StreamRecord.write(out, stream, version);
    }
  }

  /**
   * Whether a value of this type is written as one string, which is just what stands in its cell: a
   * string, an intset or a listpack.
   */
  public static boolean isBlob(int type) {
    return switch (type) {
      case Rdb.TYPE_STRING, 11, 16, 17, 20 -> true;
      default -> false;
    };
  }

  /** The kind of the values of a type, which must be {@linkplain Rdb#isValueType one}. */
  static Kind kindOf(int type) {
    return switch (type) {
      case 0 -> Kind.STRING;
      case 1, 10, 14, 18 -> Kind.LIST;
      case 2, 11, 20 -> Kind.SET;
      case 3, 5, 12, 17 -> Kind.SORTED_SET;
      case 4, 9, 13, 16 -> Kind.HASH;
      case 15, 19, 21 -> Kind.STREAM;
      default -> throw new IllegalArgumentException("no type of values: " + type);
    };
  }

  /**
   * Reads a collection into an empty one of its kind. What has been read before an exception stays
   * there.
   *
   * @throws RdbFormatException if it is malformed or of a type that cannot be read
   */
  static void read(int type, RdbInput in, CollectionValue target) throws IOException {
    switch (target) {
      case ListValue list -> ListRecord.read(type, in, list);
      case SetValue set -> SetRecord.read(type, in, set);
      case SortedSetValue sorted -> SortedSetRecord.read(type, in, sorted);
      case HashValue hash -> HashRecord.read(type, in, hash);
      case StreamValue stream -> StreamRecord.read(type, in, stream);
    }
  }
}
