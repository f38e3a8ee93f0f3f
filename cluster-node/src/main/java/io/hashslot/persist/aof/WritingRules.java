package io.hashslot.persist.aof;

/** What the writer asks for, at each turn. */
interface WritingRules {
  /** {@code appendfsync}. */
  FsyncPolicy fsync();

  /** {@code aof-timestamp-enabled}. */
  boolean stamps();

  /** Whether nothing is synced now; {@code no-appendfsync-on-rewrite}. */
  boolean putsOffSync();

  /** Whether another thread writes a lot: slow writes are recorded apart then. */
  boolean diskIsBusy();
}
