package io.hashslot.cli;

/** The command line makes no sense: the message goes to standard error and the exit status is 1. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the whole text to print, without a line end. */
  public UsageException(String message) {
    super(message);
  }
}
