package io.hashslot.persist.snapshot;

import java.io.IOException;

/** Takes the entries of a cut, outside of all locks. Addresses are valid during the call. */
public interface CutSink {
  /** An entry of this database will follow. */
  void begin(int database) throws IOException;

  /**
   * A key with its value.
   *
   * @param type of the value, as in a snapshot file
   * @param expireAtMs wall time in milliseconds, or negative for none
   * @param value the string, if values of the type are {@linkplain
   *     io.hashslot.persist.rdb.RdbValues#isBlob one}; otherwise the value as it stands in a file
   */
  void entry(int type, long key, int keyLength, long expireAtMs, long value, int valueLength)
      throws IOException;

  /** A key whose value follows in parts. */
  void head(int type, long key, int keyLength, long expireAtMs) throws IOException;

  /** The next bytes of such a value, in the form that the cut was told to write it in. */
  void part(long address, int length) throws IOException;

  /** That was the last part. */
  void endOfParts() throws IOException;
}
