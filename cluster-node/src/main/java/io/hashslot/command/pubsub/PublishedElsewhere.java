package io.hashslot.command.pubsub;

/** How messages reach subscribers of other nodes: over the bus of a cluster. */
@FunctionalInterface
public interface PublishedElsewhere {
  /**
   * Tells the other nodes of a message.
   *
   * @return false if there is no cluster: replicas are told by the replication stream
   */
  boolean publish(byte[] channel, byte[] message, boolean sharded);
}
