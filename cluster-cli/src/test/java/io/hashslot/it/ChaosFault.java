package io.hashslot.it;

import java.util.Arrays;

/** What may happen to a cluster. */
enum ChaosFault {
  /** A primary dies and comes back, without its data, when another one has its place. */
  KILL_PRIMARY(false),
  /** A primary stands still until another one has its place. */
  HANG_PRIMARY(false),
  /** A replica dies and comes back at once, without its data. */
  KILL_REPLICA(false),
  /** A node stands still for less than the node timeout. */
  HANG_BRIEFLY(false),
  /** A failover by hand. */
  HAND_OVER(false),
  /** The cable of a primary is pulled out until another one has its place. */
  UNPLUG_PRIMARY(true),
  /** A primary loses all other nodes, but not its clients, until another one has its place. */
  CUT_OFF_PRIMARY(true),
  /** A node does not hear the others for a while, or they do not hear it. */
  CUT_ONE_WAY(true),
  /** A zone loses the others for a while; clients reach all of them. */
  CUT_OFF_ZONE(true);

  private final boolean needsNetwork;

  ChaosFault(boolean needsNetwork) {
    this.needsNetwork = needsNetwork;
  }

  /** Those that may happen where there is a network to cut, or none. */
  static ChaosFault[] all(boolean network) {
    return Arrays.stream(values())
        .filter(fault -> network || !fault.needsNetwork)
        .toArray(ChaosFault[]::new);
  }
}
