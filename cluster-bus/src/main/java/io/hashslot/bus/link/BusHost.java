package io.hashslot.bus.link;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.slot.SlotSet;

/**
 * The server around the bus. All methods are called on the bus thread, in the order in which the
 * core decided, and must neither block nor throw: work that takes time is handed on. What one event
 * wants to be written to nodes.conf is on the disk before the host hears of anything that follows
 * from it.
 */
public interface BusHost {
  /** What the core must know, sampled for each event. */
  HostFacts facts();

  /**
   * For how many milliseconds the most stalled of the server's event loops has not moved; 0 if all
   * is well. Past half the node timeout the bus falls silent as a hung single-threaded server
   * would, so that the others take over from a node that can no longer serve.
   */
  long stalledForMs();

  /**
   * Whether peers may connect. False while a primary loads its data: claims of others could then
   * touch data that is not there yet.
   */
  boolean acceptsPeers();

  /** A new picture of the cluster is to be published to everybody. */
  void publish(ClusterView view);

  /** See {@link Effect.Promote}. */
  void promote(long viewVersion);

  /** See {@link Effect.Demote}. */
  void demote(long viewVersion);

  /** See {@link Effect.Follow}. */
  void follow(Effect.Follow follow);

  /** See {@link Effect.Unfollow}. */
  void unfollow();

  /** See {@link Effect.FlushData}. */
  void flushData();

  /** See {@link Effect.DeleteSlotKeys}. */
  void deleteSlotKeys(SlotSet slots, boolean propagate);

  /** See {@link Effect.DropShardChannels}. */
  void dropShardChannels(SlotSet slots);

  /** See {@link Effect.Deliver}. */
  void deliver(byte[] channel, byte[] message, boolean sharded);

  /**
   * See {@link Effect.PauseWrites}.
   *
   * @param whenStill to be run once no write is under way any more; on any thread
   */
  void pauseWrites(long untilMonotonicMs, Runnable whenStill);

  /** See {@link Effect.ResumeWrites}. */
  void resumeWrites();

  /** See {@link Effect.Fence}; stands when the call returns. */
  void fence(long forMs);

  /** See {@link Effect.AcceptHistory}. */
  void acceptHistory();

  /**
   * nodes.conf could not be written. The bus has stopped: nothing that depended on it has been
   * sent. The process should end, as one that cannot remember its votes must not vote. To close the
   * bus is for another thread.
   */
  void fatal(Exception cause);
}
