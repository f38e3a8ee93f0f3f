package io.hashslot.resp;

/** More was to be written to an output than its owner allows or an address range can hold. */
public final class OutputTooLargeException extends RuntimeException {
  /** Makes the exception for an output that would have to hold so many bytes. */
  public OutputTooLargeException(long bytes) {
    super("output of " + bytes + " bytes", null, false, false);
  }
}
