package io.hashslot.resp.client;

import java.io.IOException;

/** The server ended the connection where a reply, or the rest of one, was expected. */
public final class ServerClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the words redis-cli uses. */
  public ServerClosedException() {
    super("Server closed the connection");
  }
}
