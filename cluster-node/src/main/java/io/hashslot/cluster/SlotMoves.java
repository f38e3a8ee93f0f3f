package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterView;

/** What slots on their way from one node to another must hear of the cluster. */
public interface SlotMoves {
  /** The picture of the cluster is new. On the bus thread. */
  void seen(ClusterView view);

  /** This replica leads now. On the slow lane. */
  void promoted();
}
