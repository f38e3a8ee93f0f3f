package io.hashslot.persist.backup;

import java.io.IOException;

/** A server cannot be started from a backup; the message is for the operator. */
public final class RestoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what speaks against it. */
  public RestoreException(String message) {
    super(message);
  }

  /** The same, and what has led to it. */
  public RestoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
