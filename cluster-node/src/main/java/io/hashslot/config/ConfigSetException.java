package io.hashslot.config;

/** A CONFIG SET or REWRITE that changed nothing; the message is the error reply. */
public final class ConfigSetException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates it with the text of the error reply, its code included: {@code ERR CONFIG SET …}. */
  public ConfigSetException(String reply) {
    super(reply, null, false, false);
  }
}
