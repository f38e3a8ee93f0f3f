package io.hashslot.structure;

/**
 * A range of bytes in arena memory that can be given another length. It may move when it is; its
 * owner follows.
 */
public interface Room {
  /** Where the bytes begin, until the next {@link #resize}. */
  long address();

  /** How many bytes there are. */
  int length();

  /**
   * Gives the range another length. It keeps as many of its bytes as fit; new bytes are undefined.
   *
   * @return where the bytes begin now
   */
  long resize(int length);
}
