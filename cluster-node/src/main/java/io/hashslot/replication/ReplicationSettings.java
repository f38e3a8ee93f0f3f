package io.hashslot.replication;

import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.resp.client.ConnectOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directives that replication asks for, each at the moment it needs them. */
public interface ReplicationSettings {
  /** {@code repl-ping-replica-period}, seconds. */
  long pingPeriodSeconds();

  /** {@code repl-timeout}, seconds. */
  long timeoutSeconds();

  /** {@code repl-backlog-size}, bytes. */
  long backlogBytes();

  /** {@code repl-backlog-ttl}, seconds; 0: for ever. */
  long backlogTtlSeconds();

  /** {@code repl-diskless-sync}. */
  boolean disklessSync();

  /** {@code repl-diskless-sync-delay}, seconds. */
  long disklessDelaySeconds();

  /** {@code repl-diskless-sync-max-replicas}; 0: does not matter. */
  int disklessMaxReplicas();

  /** How a replica takes a full copy in; {@code repl-diskless-load}. */
  enum DisklessLoad {
    /** By way of a file. */
    DISABLED,
    /** From the socket if there is nothing to lose. */
    ON_EMPTY_DB,
    /** From the socket, beside the present data. */
    SWAPDB
  }

  /** {@code dual-channel-replication-enabled}. */
  boolean dualChannel();

  /** {@code repl-diskless-load}. */
  DisklessLoad disklessLoad();

  /**
   * Whether files that were only needed to synchronise are deleted: {@code rdb-del-sync-files}, if
   * nothing else makes this server keep its data on disk.
   */
  boolean deleteSyncFiles();

  /** {@code repl-disable-tcp-nodelay}. */
  boolean gathersPackets();

  /** {@code replica-max-staleness}, milliseconds; 0: any age will do. */
  long maxStalenessMs();

  /** {@code min-replicas-to-write}. */
  int minReplicas();

  /** {@code min-replicas-max-lag}, seconds. */
  long minReplicasMaxLagSeconds();

  /**
   * {@code cluster-write-acks}: how many replicas must have a write before its client is told, in a
   * shard with so many replicas.
   */
  int writeAcks(int knownReplicas);

  /** {@code cluster-write-acks-timeout}, milliseconds. */
  long writeAcksTimeoutMs();

  /** {@code lost-writes-limit}, bytes; 0: none are kept. */
  long lostWritesLimit();

  /** {@code replica-priority}. */
  int priority();

  /** {@code replica-read-only}. */
  boolean readOnly();

  /** {@code replica-announced}. */
  boolean announced();

  /**
   * How a new connection to a primary is made, and as whom: {@code tls-replication}, {@code
   * bind-source-addr}, {@code masteruser}, {@code masterauth}. Without timeouts.
   */
  ConnectOptions connecting();

  /** What to tell the primary of ourselves. */
  HandshakeSettings handshake();

  /**
   * How far a replica may be behind in bytes before it is disconnected; {@link Long#MAX_VALUE}:
   * any.
   */
  long outputHardLimitBytes();

  /**
   * How many bytes a replica may be behind for {@link #outputSoftSeconds}; {@link Long#MAX_VALUE}:
   * any.
   */
  long outputSoftLimitBytes();

  /** How long a replica may be beyond the soft limit, seconds. */
  long outputSoftSeconds();

  /** What snapshots tell of accesses; follows {@code maxmemory-policy}. */
  SnapshotCut.AccessHints accessHints();

  /** {@code dir}. */
  Path directory();

  /** {@code dbfilename}. */
  String snapshotFileName();

  /** {@code rdb-version-compat}: the version in which snapshots for replicas are written. */
  int rdbVersion();

  /** {@code rdb-key-save-delay}, microseconds. */
  long entryDelayUs();

  /** {@code rdbcompression}. */
  boolean compress();

  /** {@code rdbchecksum}. */
  boolean checksum();

  /** The version this server claims, for snapshots. */
  String serverVersion();

  /** {@code replicaof} was changed by a command; null: no primary. */
  void remember(@Nullable PrimaryEndpoint primary);
}
