package io.hashslot.replication;

/** Who hears what comes over a connection to the primary; all on the replication loop. */
interface UpstreamListener {
  /** Bytes came, in native memory that is valid during the call. */
  void received(long address, int length, long nowNs);

  /** The connection has ended, and not because we closed it. */
  void closed(String reason);
}
