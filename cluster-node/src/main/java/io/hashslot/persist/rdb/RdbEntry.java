package io.hashslot.persist.rdb;

/**
 * The key of the record that is being read, and what stands before it. Reused for the next record.
 */
public final class RdbEntry {
  private long key;
  private int keyLength;
  long offset;
  long expireAtMs;
  long idleSeconds;
  int frequency;

  RdbEntry() {
    forgetAttributes();
  }

  /** Says where the key is. */
  void over(long address, int length) {
    key = address;
    keyLength = length;
  }

  /** Native address of the key. */
  public long key() {
    return key;
  }

  /** Length of the key in bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** Wall time in milliseconds at which the key expires, or -1 if it does not. */
  public long expireAtMs() {
    return expireAtMs;
  }

  /** Seconds since the last access, or -1 if unknown. */
  public long idleSeconds() {
    return idleSeconds;
  }

  /** Logarithmic access counter 0-255, or -1 if unknown. */
  public int frequency() {
    return frequency;
  }

  /** Where the value's type byte stands in the input. */
  public long offset() {
    return offset;
  }

  void forgetAttributes() {
    expireAtMs = -1;
    idleSeconds = -1;
    frequency = -1;
  }
}
