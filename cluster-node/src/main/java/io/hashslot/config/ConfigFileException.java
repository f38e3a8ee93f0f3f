package io.hashslot.config;

/**
 * A configuration with which the server cannot start. The message is complete: what operators see
 * on standard error before the process ends with status 1.
 */
public final class ConfigFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates it with the whole text for standard error, which may have several lines. */
  public ConfigFileException(String message) {
    super(message);
  }
}
