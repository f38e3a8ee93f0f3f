package io.hashslot.cluster;

/** What the cluster asks of replication. Called on the slow lane, under the locks of all shards. */
public interface ReplicationSeat {
  /**
   * Follow a primary; nothing happens if it is the one already followed.
   *
   * @param partialAllowed whether to offer the own history and position for a partial sync
   */
  void follow(String ip, int port, boolean partialAllowed);

  /** Stop following: a new history begins, the old one stays valid up to its end for siblings. */
  void lead();

  /** Bytes of the stream: produced as a primary, applied as a replica; 0 if never synchronised. */
  long offset();

  /** Tells whether the link to the primary stands and is in step. */
  boolean linkUp();

  /** Milliseconds since the primary was heard, or since its link went down; huge if never. */
  long silenceMs();
}
