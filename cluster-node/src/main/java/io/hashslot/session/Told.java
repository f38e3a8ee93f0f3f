package io.hashslot.session;

/**
 * What the replies that a client has not been sent yet tell of: the leadership under which the data
 * was as they say ({@link ReplyGate#era}). Confined to the session's loop.
 */
public final class Told {
  /** Nothing was written that tells of data. */
  public static final long NOTHING = 0;

  /** It tells of data, of whatever leadership. */
  public static final long DATA = -1;

  private long first = NOTHING;

  /** A reply tells of the data as it was under a leadership, or of {@link #DATA}. */
  public void of(long era) {
    if (first <= NOTHING) {
      first = era;
    }
  }

  /**
   * Returns the first leadership that is told of, {@link #DATA} or {@link #NOTHING}; forgets it.
   */
  public long take() {
    long era = first;
    first = NOTHING;
    return era;
  }
}
