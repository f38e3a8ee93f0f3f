package io.hashslot.replication;

import io.hashslot.journal.ReplicationHistory;
import org.jspecify.annotations.Nullable;

/** The server around {@link Upstream}, as far as the link to the primary changes it. */
interface UpstreamServer {
  ReplicationHistory history();

  void history(ReplicationHistory next);

  /** The name under which primaries are asked to continue our history. */
  String offeredId();

  /**
   * A primary continues the history of that name.
   *
   * @param newId what it is called from now on, null: the same
   */
  void continued(@Nullable String newId);

  /** Other data comes: whoever copies ours must start anew. */
  void dropReplicas(String reason);

  /** The data is being replaced; whether what was there may be read meanwhile. */
  void loading(boolean yes, boolean readable);

  /** Other data is about to take the place of what is there; all shards are held. */
  void dataReplaced();

  /** The link stands and is in step, or no longer. */
  void linkUp(boolean yes);

  /** Up to where everything is on disk; -1 without append-only file. */
  long durableOffset();

  /** What was written here alone. */
  LostWrites lostWrites();

  /** Our id in the cluster; null outside of one. */
  @Nullable String node();
}
