package io.hashslot.persist.rdb;

/** The input ended in the middle. A replication link that broke during a transfer shows as this. */
public final class RdbTruncatedException extends RdbFormatException {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset where the input ended
   */
  public RdbTruncatedException(long offset) {
    super("Unexpected EOF reading RDB file", offset);
  }
}
