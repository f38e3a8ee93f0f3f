package io.hashslot.command.server;

/** Ends the server in good order; known to {@code SHUTDOWN} and to the process that wires it. */
public interface Ending {
  /** Whether a snapshot is written before the end. */
  enum Saving {
    /** If save points are set. */
    AS_CONFIGURED,
    ALWAYS,
    NEVER
  }

  /**
   * Begins to end the server. Any thread; returns at once.
   *
   * @param now do not wait for replicas that lag behind
   * @param force go even if saving fails
   * @param refused runs if it has to go on, because saving failed or {@link #abort} was called
   */
  void begin(Saving saving, boolean now, boolean force, Runnable refused);

  /** Takes an end back that waits for replicas; tells whether there was one. */
  boolean abort();
}
