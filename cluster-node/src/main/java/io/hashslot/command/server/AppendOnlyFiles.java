package io.hashslot.command.server;

import java.io.IOException;

/** The append-only files as DEBUG LOADAOF needs them. */
public interface AppendOnlyFiles {
  /** Writes and syncs what has not come to them yet. Waits; all shards are held. */
  void complete();

  /**
   * Loads what they hold into the keyspace, which is empty.
   *
   * @throws IOException if they are damaged; what was loaded until then stays
   */
  void load() throws IOException;

  /** The data could not be loaded: ends the server, as the C servers do. */
  void unreadable();
}
