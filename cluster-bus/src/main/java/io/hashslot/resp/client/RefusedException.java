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

  /** Whether the server only refuses until it has loaded its data. */
  public boolean isLoading() {
    return String.valueOf(getMessage()).startsWith("LOADING");
  }
}
