package io.hashslot.replication;

import io.hashslot.resp.Request;

/**
 * Executes the primary's commands on this server, in order and without replies: errors, unknown
 * commands and wrong arity change nothing and do not end the link.
 */
public interface Applier {
  /**
   * Executes one command; MULTI, EXEC and SELECT included.
   *
   * @return false if its shards are busy and nothing has happened: it has to be given again,
   *     unchanged, when the applier's owner is told to resume
   */
  boolean apply(Request command);

  /** Some commands were applied, and there are no more for now. */
  void batchEnd();

  /** True after MULTI until EXEC or DISCARD ran. */
  boolean inTransaction();

  /** Database that is selected. */
  int database();

  /** Selects a database, discards a transaction that was begun: the stream starts afresh. */
  void restart(int database);
}
