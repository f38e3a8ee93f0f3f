package io.hashslot.persist.aof;

import java.io.IOException;

/**
 * Append-only files cannot be used as they are. The message is meant for the operator: it names the
 * file, what is wrong with it, and what can be done.
 */
public class AofException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public AofException(String message) {
    super(message);
  }

  /** Says what is wrong, and because of what. */
  public AofException(String message, Throwable cause) {
    super(message, cause);
  }
}
