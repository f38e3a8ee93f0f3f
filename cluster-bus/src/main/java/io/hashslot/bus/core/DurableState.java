package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the core survives a restart: the contents of nodes.conf as values. Immutable by
 * agreement: nobody changes the slot sets.
 *
 * @param currentEpoch highest epoch seen
 * @param lastVoteEpoch epoch of the last vote granted
 * @param nodes all nodes out of handshake; exactly one carries the MYSELF flag
 */
public record DurableState(long currentEpoch, long lastVoteEpoch, List<NodeRecord> nodes) {

  /**
   * One node.
   *
   * @param id name
   * @param ip address as text, empty if unknown
   * @param port plain client port, 0 if none
   * @param tlsPort TLS client port, 0 if none
   * @param busPort bus port
   * @param hostname announced name or empty
   * @param nodename human name or empty
   * @param clientIpv4 address for IPv4 clients or empty
   * @param clientIpv6 address for IPv6 clients or empty
   * @param shard shard id; null if the file does not tell
   * @param flags node flags as in {@code bus.wire}
   * @param primary the primary of a replica, else null
   * @param pingSentWallMs unix ms of an outstanding ping, 0 if none
   * @param pongReceivedWallMs unix ms of the last pong, 0 if none
   * @param configEpoch version of the node's slot claim
   * @param linkUp whether the outbound link existed
   * @param slots slots owned
   * @param migrating only for myself: slot to the node it goes to
   * @param importing only for myself: slot to the node it comes from
   */
  public record NodeRecord(
      NodeId id,
      String ip,
      int port,
      int tlsPort,
      int busPort,
      String hostname,
      String nodename,
      String clientIpv4,
      String clientIpv6,
      @Nullable NodeId shard,
      int flags,
      @Nullable NodeId primary,
      long pingSentWallMs,
      long pongReceivedWallMs,
      long configEpoch,
      boolean linkUp,
      SlotSet slots,
      Map<Integer, NodeId> migrating,
      Map<Integer, NodeId> importing) {}
}
