package io.hashslot.resp;

/**
 * The peer does not speak RESP. Its message is what Redis says after {@code -ERR Protocol error: };
 * the connection is closed after the reply.
 */
public final class ProtocolException extends RuntimeException {
  /** Makes the exception; it carries no stack, for it tells of the peer, not of us. */
  public ProtocolException(String message) {
    super(message, null, false, false);
  }
}
