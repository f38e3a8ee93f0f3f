package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;

/**
 * One bus connection that belongs to a node, for CLUSTER LINKS. How full its buffer is only the
 * driver knows.
 *
 * @param number the core's number of the link
 * @param outbound true: opened by this node; false: accepted
 * @param node the node at the other end
 * @param createdWallMs unix ms
 */
public record LinkView(int number, boolean outbound, NodeId node, long createdWallMs) {}
