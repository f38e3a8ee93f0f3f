package io.hashslot.bench.load;

/** A run that cannot go on: no connection, a closed one, or bytes that are no reply. */
public final class LoadFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says what happened. */
  public LoadFailure(String message) {
    super(message);
  }

  /** Says what happened and what it came from. */
  public LoadFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
