package io.hashslot.resp.client;

import java.io.IOException;

/**
 * The server answered a command, on which more depends, with an error. The connection stays usable.
 */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the server's own words. */
  public RefusedException(String message) {
    super(message);
  }
}
