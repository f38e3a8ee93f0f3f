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
 */
public record SnapshotInfo(
    int version,
    String serverVersion,
    boolean compress,
    boolean checksum,
    @Nullable String replicationId,
    long replicationOffset,
    int streamDb,
    boolean aofBase) {}
