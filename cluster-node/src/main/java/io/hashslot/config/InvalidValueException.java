package io.hashslot.config;

/** A value that a directive does not take. The message is the one clients and operators see. */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates it with the text that follows "CONFIG SET failed (possibly related to …) - ". */
  public InvalidValueException(String message) {
    super(message, null, false, false);
  }
}
