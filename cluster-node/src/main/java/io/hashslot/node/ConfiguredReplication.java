package io.hashslot.node;

import io.hashslot.config.ClientDirectives;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.PersistenceDirectives;
import io.hashslot.config.PrimaryAddress;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.config.TlsDirectives;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SaverSettings;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.replication.HandshakeSettings;
import io.hashslot.replication.PrimaryEndpoint;
import io.hashslot.replication.Replication;
import io.hashslot.replication.ReplicationSettings;
import io.hashslot.resp.client.ConnectOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directives of replication and snapshots, as those parts ask for them. */
final class ConfiguredReplication implements ReplicationSettings, SaverSettings {
  private final Config config;
  private final String version;
  private final Outgoing outgoing;

  /**
   * @param version the version of Redis that this server claims to be compatible with
   */
  ConfiguredReplication(Config config, String version, Outgoing outgoing) {
    this.config = config;
    this.version = version;
    this.outgoing = outgoing;
  }

  /** Lets changed directives act on replication at once, where it does not ask for them. */
  Replication followedBy(Replication replication) {
    config.afterChange(
        replication::acksConfigured,
        ClusterDirectives.CLUSTER_WRITE_ACKS,
        ClusterDirectives.CLUSTER_WRITE_ACKS_TIMEOUT);
    return replication;
  }

  /** Returns the primary that the configuration names, null if none. */
  @Nullable PrimaryEndpoint primary() {
    return config
        .get(ReplicationDirectives.REPLICAOF)
        .map(address -> new PrimaryEndpoint(address.host(), address.port()))
        .orElse(null);
  }

  @Override
  public long pingPeriodSeconds() {
    return config.get(ReplicationDirectives.REPL_PING_REPLICA_PERIOD);
  }

  @Override
  public long timeoutSeconds() {
    return config.get(ReplicationDirectives.REPL_TIMEOUT);
  }

  @Override
  public long backlogBytes() {
    return config.get(ReplicationDirectives.REPL_BACKLOG_SIZE);
  }

  @Override
  public long backlogTtlSeconds() {
    return config.get(ReplicationDirectives.REPL_BACKLOG_TTL);
  }

  @Override
  public boolean disklessSync() {
    return config.get(ReplicationDirectives.REPL_DISKLESS_SYNC);
  }

  @Override
  public long disklessDelaySeconds() {
    return config.get(ReplicationDirectives.REPL_DISKLESS_SYNC_DELAY);
  }

  @Override
  public int disklessMaxReplicas() {
    return config.intOf(ReplicationDirectives.REPL_DISKLESS_SYNC_MAX_REPLICAS);
  }

  @Override
  public DisklessLoad disklessLoad() {
    return switch (config.get(ReplicationDirectives.REPL_DISKLESS_LOAD)) {
      case DISABLED -> DisklessLoad.DISABLED;
      case ON_EMPTY_DB -> DisklessLoad.ON_EMPTY_DB;
      case SWAPDB -> DisklessLoad.SWAPDB;
    };
  }

  @Override
  public boolean deleteSyncFiles() {
    return config.get(PersistenceDirectives.RDB_DEL_SYNC_FILES)
        && savePoints().isEmpty()
        && !config.get(PersistenceDirectives.APPENDONLY);
  }

  @Override
  public boolean gathersPackets() {
    return config.get(ReplicationDirectives.REPL_DISABLE_TCP_NODELAY);
  }

  @Override
  public long maxStalenessMs() {
    return config.get(ReplicationDirectives.REPLICA_MAX_STALENESS);
  }

  @Override
  public boolean dualChannel() {
    return config.get(ReplicationDirectives.DUAL_CHANNEL_REPLICATION_ENABLED);
  }

  @Override
  public int minReplicas() {
    return config.intOf(ReplicationDirectives.MIN_REPLICAS_TO_WRITE);
  }

  @Override
  public long minReplicasMaxLagSeconds() {
    return config.get(ReplicationDirectives.MIN_REPLICAS_MAX_LAG);
  }

  @Override
  public int writeAcks(int knownReplicas) {
    return config.get(ClusterDirectives.CLUSTER_WRITE_ACKS).of(knownReplicas);
  }

  @Override
  public long writeAcksTimeoutMs() {
    return config.get(ClusterDirectives.CLUSTER_WRITE_ACKS_TIMEOUT);
  }

  @Override
  public long lostWritesLimit() {
    return config.get(ReplicationDirectives.LOST_WRITES_LIMIT);
  }

  @Override
  public int priority() {
    return config.intOf(ReplicationDirectives.REPLICA_PRIORITY);
  }

  @Override
  public boolean readOnly() {
    return config.get(ReplicationDirectives.REPLICA_READ_ONLY);
  }

  @Override
  public boolean announced() {
    return config.get(ReplicationDirectives.REPLICA_ANNOUNCED);
  }

  @Override
  public ConnectOptions connecting() {
    return outgoing.toPrimaries();
  }

  /** Where this server says that it can be reached: by TLS, if that is how it reaches others. */
  private int ownPort() {
    int tlsPort = config.intOf(TlsDirectives.TLS_PORT);
    return config.get(TlsDirectives.TLS_REPLICATION) && tlsPort != 0
        ? tlsPort
        : config.intOf(NetworkDirectives.PORT);
  }

  @Override
  public HandshakeSettings handshake() {
    int announced = config.intOf(ReplicationDirectives.REPLICA_ANNOUNCE_PORT);
    return new HandshakeSettings(
        orNull(config.get(ReplicationDirectives.MASTERUSER)),
        orNull(config.get(ReplicationDirectives.MASTERAUTH)),
        announced != 0 ? announced : ownPort(),
        orNull(config.get(ReplicationDirectives.REPLICA_ANNOUNCE_IP)),
        dualChannel(),
        config.get(ClusterDirectives.CLUSTER_ENABLED) ? Version.REPLICATION : null);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  @Override
  public long outputHardLimitBytes() {
    long limit = config.get(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT).replica().hardBytes();
    return limit == 0 ? Long.MAX_VALUE : Math.max(limit, backlogBytes());
  }

  @Override
  public long outputSoftLimitBytes() {
    long limit = config.get(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT).replica().softBytes();
    return limit == 0 ? Long.MAX_VALUE : Math.max(limit, backlogBytes());
  }

  @Override
  public long outputSoftSeconds() {
    return config.get(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT).replica().softSeconds();
  }

  @Override
  public SnapshotCut.AccessHints accessHints() {
    return switch (config.get(MemoryDirectives.MAXMEMORY_POLICY)) {
      case VOLATILE_LRU, ALLKEYS_LRU -> SnapshotCut.AccessHints.IDLE;
      case VOLATILE_LFU, ALLKEYS_LFU -> SnapshotCut.AccessHints.FREQUENCY;
      case VOLATILE_RANDOM, VOLATILE_TTL, ALLKEYS_RANDOM, NOEVICTION ->
          SnapshotCut.AccessHints.NONE;
    };
  }

  @Override
  public Path directory() {
    return config.get(PersistenceDirectives.DIR);
  }

  @Override
  public String snapshotFileName() {
    return config.get(PersistenceDirectives.DBFILENAME);
  }

  @Override
  public String fileName() {
    return snapshotFileName();
  }

  @Override
  public int rdbVersion() {
    return config.intOf(PersistenceDirectives.RDB_VERSION_COMPAT);
  }

  @Override
  public boolean compress() {
    return config.get(PersistenceDirectives.RDBCOMPRESSION);
  }

  @Override
  public long entryDelayUs() {
    return config.get(PersistenceDirectives.RDB_KEY_SAVE_DELAY);
  }

  @Override
  public boolean forceAlong() {
    return config.get(PersistenceDirectives.RDB_SAVE_INCREMENTAL_FSYNC);
  }

  @Override
  public boolean checksum() {
    return config.get(PersistenceDirectives.RDBCHECKSUM);
  }

  @Override
  public String serverVersion() {
    return version;
  }

  @Override
  public List<Saver.SavePoint> savePoints() {
    return config.get(PersistenceDirectives.SAVE).stream()
        .map(point -> new Saver.SavePoint(point.seconds(), point.changes()))
        .toList();
  }

  @Override
  public void remember(@Nullable PrimaryEndpoint primary) {
    config.record(
        ReplicationDirectives.REPLICAOF,
        Optional.ofNullable(primary).map(one -> new PrimaryAddress(one.host(), one.port())));
  }
}
