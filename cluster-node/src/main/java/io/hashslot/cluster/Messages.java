package io.hashslot.cluster;

import io.hashslot.slot.SlotSet;

/** What the cluster asks of publish/subscribe. Any thread. */
public interface Messages {
  /** A message published on another node, for local subscribers. */
  void deliver(byte[] channel, byte[] message, boolean sharded);

  /** These slots are served elsewhere now: their shard subscribers are sent away. */
  void dropShardChannels(SlotSet slots);
}
