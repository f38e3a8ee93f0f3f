package io.hashslot.value;

/**
 * Where compact forms end: the directives of the same names. Changed at run time by one thread and
 * read by others without order: a new limit holds for values that change from then on.
 */
public final class EncodingLimits {
  /** {@code hash-max-listpack-entries}: fields of a hash in compact form. */
  public long hashMaxListpackEntries = 512;

  /** {@code hash-max-listpack-value}: bytes of a field or value of a hash in compact form. */
  public long hashMaxListpackValue = 64;

  /**
   * {@code list-max-listpack-size}: elements of a chunk of a list, or -1 to -5 for 4, 8, 16, 32 or
   * 64 KB.
   */
  public int listMaxListpackSize = -2;

  /** {@code list-compress-depth}: chunks at each end of a list that stay uncompressed; 0: all. */
  public int listCompressDepth = 0;

  /** {@code set-max-intset-entries}: members of a set of numbers in compact form. */
  public long setMaxIntsetEntries = 512;

  /** {@code set-max-listpack-entries}: members of a set in compact form. */
  public long setMaxListpackEntries = 128;

  /** {@code set-max-listpack-value}: bytes of a member of a set in compact form. */
  public long setMaxListpackValue = 64;

  /** {@code zset-max-listpack-entries}: members of a sorted set in compact form. */
  public long zsetMaxListpackEntries = 128;

  /** {@code zset-max-listpack-value}: bytes of a member of a sorted set in compact form. */
  public long zsetMaxListpackValue = 64;

  /** {@code stream-node-max-bytes}: bytes of a chunk of a stream; 0: no limit. */
  public long streamNodeMaxBytes = 4096;

  /** {@code stream-node-max-entries}: entries of a chunk of a stream; 0: no limit. */
  public long streamNodeMaxEntries = 100;

  /** {@code hll-sparse-max-bytes}: bytes of a HyperLogLog in its sparse form. */
  public long hllSparseMaxBytes = 3000;
}
