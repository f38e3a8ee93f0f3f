package io.hashslot.node;

import io.hashslot.cluster.Messages;
import io.hashslot.slot.SlotSet;

/** Publish/subscribe of a server that has none. */
final class NoMessages implements Messages {
  @Override
  public void deliver(byte[] channel, byte[] message, boolean sharded) {}

  @Override
  public void dropShardChannels(SlotSet slots) {}
}
