package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

/** Up to which size values keep their compact forms. */
public final class EncodingDirectives {
  static final Row.Group ROWS = new Row.Group("Encodings");

  /** Fields of a compact hash. */
  public static final Quantity HASH_MAX_LISTPACK_ENTRIES =
      ROWS.row("hash-max-listpack-entries").alias("hash-max-ziplist-entries").number(512, 0, LONG);

  /** Bytes of a field or value in a compact hash. */
  public static final Quantity HASH_MAX_LISTPACK_VALUE =
      ROWS.row("hash-max-listpack-value").alias("hash-max-ziplist-value").memory(64, 0, LONG);

  /** Elements of one chunk of a list, or -1 to -5 for 4 to 64 KB. */
  public static final Quantity LIST_MAX_LISTPACK_SIZE =
      ROWS.row("list-max-listpack-size")
          .alias("list-max-ziplist-size")
          .number(-2, Integer.MIN_VALUE, INT);

  /** Chunks at both ends of a list that stay uncompressed; 0 compresses none. */
  public static final Quantity LIST_COMPRESS_DEPTH =
      ROWS.row("list-compress-depth").number(0, 0, INT);

  /** Members of a set of numbers. */
  public static final Quantity SET_MAX_INTSET_ENTRIES =
      ROWS.row("set-max-intset-entries").number(512, 0, LONG);

  /** Members of a compact set. */
  public static final Quantity SET_MAX_LISTPACK_ENTRIES =
      ROWS.row("set-max-listpack-entries").number(128, 0, LONG);

  /** Bytes of a member of a compact set. */
  public static final Quantity SET_MAX_LISTPACK_VALUE =
      ROWS.row("set-max-listpack-value").number(64, 0, LONG);

  /** Members of a compact sorted set. */
  public static final Quantity ZSET_MAX_LISTPACK_ENTRIES =
      ROWS.row("zset-max-listpack-entries").alias("zset-max-ziplist-entries").number(128, 0, LONG);

  /** Bytes of a member of a compact sorted set. */
  public static final Quantity ZSET_MAX_LISTPACK_VALUE =
      ROWS.row("zset-max-listpack-value").alias("zset-max-ziplist-value").memory(64, 0, LONG);

  /** Bytes of a sparse HyperLogLog. */
  public static final Quantity HLL_SPARSE_MAX_BYTES =
      ROWS.row("hll-sparse-max-bytes").memory(3000, 0, LONG);

  /** Bytes of one node of a stream; 0 for no limit. */
  public static final Quantity STREAM_NODE_MAX_BYTES =
      ROWS.row("stream-node-max-bytes").memory(4096, 0, LONG);

  /** Entries of one node of a stream; 0 for no limit. */
  public static final Quantity STREAM_NODE_MAX_ENTRIES =
      ROWS.row("stream-node-max-entries").number(100, 0, LONG);

  private EncodingDirectives() {}
}
