package io.hashslot.persist.aof;

/** When what was written is made to survive a loss of power; {@code appendfsync}. */
public enum FsyncPolicy {
  /** Before anybody is told of it. */
  ALWAYS,
  /** About once a second, by a thread of its own. */
  EVERYSEC,
  /** When the system likes. */
  NO
}
