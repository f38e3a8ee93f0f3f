package io.hashslot.node;

import io.hashslot.cluster.Messages;
import io.hashslot.pubsub.PubSub;
import io.hashslot.slot.SlotSet;

/** Hands messages of the bus to local subscribers. */
final class BusMessages implements Messages {
  private final PubSub pubSub;

  BusMessages(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public void deliver(byte[] channel, byte[] message, boolean sharded) {
    var unused =
        sharded ? pubSub.publishToShard(channel, message) : pubSub.publish(channel, message);
  }

  @Override
  public void dropShardChannels(SlotSet slots) {
    pubSub.dropShardChannels(slots);
  }
}
