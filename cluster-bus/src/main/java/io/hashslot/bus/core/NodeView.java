package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node as this node sees it. Immutable by agreement: nobody changes the slots.
 *
 * @param id name; a random one while in handshake
 * @param shard shard id
 * @param ip address as text; empty for myself before the first meeting
 * @param port plain client port, 0 if none
 * @param tlsPort TLS client port, 0 if none
 * @param busPort bus port
 * @param hostname announced name or empty
 * @param nodename human name or empty
 * @param clientIpv4 address for IPv4 clients or empty
 * @param clientIpv6 address for IPv6 clients or empty
 * @param zone the zone it says it runs in, or empty
 * @param flags node flags as on the bus
 * @param primary the primary of a replica; null for primaries and if unknown
 * @param replicas names of the replicas of a primary, by id
 * @param configEpoch own epoch of a primary, the primary's for a replica
 * @param pingSentWallMs unix ms of the outstanding ping, 0 if none
 * @param pongReceivedWallMs unix ms of the last pong, 0 if none
 * @param linkUp whether the outbound link exists; true for myself
 * @param replicationOffset last offset heard
 * @param slots slots owned
 */
public record NodeView(
    NodeId id,
    NodeId shard,
    String ip,
    int port,
    int tlsPort,
    int busPort,
    String hostname,
    String nodename,
    String clientIpv4,
    String clientIpv6,
    String zone,
    int flags,
    @Nullable NodeId primary,
    List<NodeId> replicas,
    long configEpoch,
    long pingSentWallMs,
    long pongReceivedWallMs,
    boolean linkUp,
    long replicationOffset,
    SlotSet slots) {

  /** Whether it is this very node. */
  public boolean myself() {
    return (flags & NodeFlags.MYSELF) != 0;
  }

  /** Whether it is a primary. */
  public boolean isPrimary() {
    return (flags & NodeFlags.PRIMARY) != 0;
  }

  /** Whether it is a replica. */
  public boolean isReplica() {
    return (flags & NodeFlags.REPLICA) != 0;
  }

  /** Whether this node alone suspects it. */
  public boolean suspected() {
    return (flags & NodeFlags.PFAIL) != 0;
  }

  /** Whether the cluster agreed that it failed. */
  public boolean failed() {
    return (flags & NodeFlags.FAIL) != 0;
  }

  /** Whether its real name is not known yet. */
  public boolean inHandshake() {
    return (flags & NodeFlags.HANDSHAKE) != 0;
  }
}
