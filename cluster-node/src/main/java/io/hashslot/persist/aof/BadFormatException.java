package io.hashslot.persist.aof;

/** What stands in the file is no command and no annotation. */
final class BadFormatException extends AofException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * @param offset where the command begins that is none, in bytes from the start of the file
   */
  BadFormatException(String problem, long offset) {
    super(problem + " at offset " + offset);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
