package io.hashslot.persist.aof;

import io.hashslot.journal.Journal;
import org.jspecify.annotations.Nullable;

/** Who hears what the writer does; on its thread, or a loop that writes in its place. */
interface WritingObserver {
  /** So much of what was executed, as {@link Journal#written} counts it, is in the file. */
  void written(long position);

  /**
   * Clients may be told of so much of what was executed, as {@link Journal#written} counts it: it
   * is synced, as the policy wants.
   */
  void safe(long position);

  /** Everything before the position of the stream survives a loss of power. */
  void durable(long position);

  /** Why nothing can be written or synced at the moment; null: all is well again. */
  void broken(@Nullable String problem);

  /** The journal goes on somewhere else, and not from the data that the files hold. */
  void lost();

  /** Nobody can be told anything any more: the process has to end. */
  void fatal(String problem);

  /** Something took so long. */
  void took(String event, long ms);

  /** A write took so long, beside a sync, or beside another thread that writes a lot. */
  default void wrote(long ms, boolean besideSync, boolean diskIsBusy) {
    took("aof-write", ms);
    if (ms > 0) {
      took(
          besideSync
              ? "aof-write-pending-fsync"
              : diskIsBusy ? "aof-write-active-child" : "aof-write-alone",
          ms);
    }
  }
}
