package io.hashslot.persist.rdb;

import java.io.IOException;

/**
 * The input is not RDB, is damaged, or holds what this server cannot. The message names the offset
 * of the first bad byte's element.
 */
public class RdbFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String problem;

  /**
   * @param offset bytes from the start of the input, 0 = first
   */
  public RdbFormatException(String problem, long offset) {
    super(problem + " at offset " + offset);
    this.offset = offset;
    this.problem = problem;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** Where, in bytes from the start of the input. */
  public long offset() {
    return offset;
  }
}
