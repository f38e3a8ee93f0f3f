package io.hashslot.cluster;

import io.hashslot.bus.core.Succession;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What the cluster asks of replication. Whatever changes the role is called on the slow lane, under
 * the locks of all shards.
 */
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

  /** How many replicas understand commands of the cluster in the stream. Any thread. */
  int confirming();

  /**
   * Tells these replicas a command. Any thread.
   *
   * @param timeoutMs how long to wait; 0 for as long as it takes
   * @param told whether all of them have acknowledged it in time; on any thread
   */
  void confirm(String[] words, long timeoutMs, Consumer<Boolean> told);

  /** Milliseconds since the primary was heard, or since its link went down; huge if never. */
  long silenceMs();

  /**
   * Tells who we are, and which replicas the cluster knows of us; on the bus thread, often.
   *
   * @param replicas their ids, in order; empty on a replica
   * @param mayBeReplaced whether the cluster may have gone on without us
   */
  void shard(String self, List<String> replicas, boolean mayBeReplaced);

  /**
   * What is known, on a replica, of the writes that its primary has acknowledged.
   *
   * @param siblings tells how many replicas the primary has; asked only if it matters
   */
  Succession succession(IntSupplier siblings);

  /** Acknowledge nothing to the primary for so long, or until another one is followed. */
  void fence(long forMs);

  /** Follow the primary even if it has started anew without what this node has of it. */
  void acceptHistory();
}
