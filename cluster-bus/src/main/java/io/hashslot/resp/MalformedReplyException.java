package io.hashslot.resp;

import java.io.IOException;

/**
 * The bytes that came are no RESP reply, or one beyond the reader's limits. The connection cannot
 * be used any more: its position in the stream is lost.
 */
public final class MalformedReplyException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, in words fit for a person at a prompt. */
  public MalformedReplyException(String message) {
    super(message);
  }
}
