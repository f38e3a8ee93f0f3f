package io.hashslot.persist.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * What a snapshot says of itself and how it is written.
 *
 * @param version RDB version to write
 * @param serverVersion the version this server claims
 * @param compress directive {@code rdbcompression}
 * @param checksum directive {@code rdbchecksum}
 * @param replicationId history that the data belongs to, null if there is none
 * @param replicationOffset offset of the data in it
 * @param streamDb database the replication stream stands in at that offset
 * @param aofBase whether it is the base of an append-only file
 * @param slotStates what a replica in a cluster must know of slots that are being moved; null if
 *     there is nothing to know
 */
public record SnapshotInfo(
    int version,
    String serverVersion,
    boolean compress,
    boolean checksum,
    @Nullable String replicationId,
    long replicationOffset,
    int streamDb,
    boolean aofBase,
    @Nullable String slotStates) {
  /** Says nothing of slots. */
  public SnapshotInfo(
      int version,
      String serverVersion,
      boolean compress,
      boolean checksum,
      @Nullable String replicationId,
      long replicationOffset,
      int streamDb,
      boolean aofBase) {
    this(
        version,
        serverVersion,
        compress,
        checksum,
        replicationId,
        replicationOffset,
        streamDb,
        aofBase,
        null);
  }
}
