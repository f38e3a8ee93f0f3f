package io.hashslot.keyspace;

/** What an execution does with keys whose time has come. */
public enum ExpiryMode {
  /**
   * Primary, command of a client: they are deleted on sight, and {@link KeyspaceEvents#expired} is
   * told.
   */
  DELETE,
  /**
   * Replica, command of a client: reads take them as missing and leave them to the primary; a write
   * deletes them without a word.
   */
  HIDE,
  /** Loading, or the stream of the primary: they are keys like any other. */
  IGNORE
}
