package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

import java.util.Optional;

/** Being a primary, being a replica. */
public final class ReplicationDirectives {
  static final Row.Group ROWS = new Row.Group("Replication");

  /** The primary whose copy this server is. */
  public static final Structured<Optional<PrimaryAddress>> REPLICAOF =
      ROWS.row("replicaof")
          .immutable()
          .alias("slaveof")
          .structured(Optional.empty(), new PrimaryAddress.Form());

  /** The user as which a replica logs in at its primary. */
  public static final Text MASTERUSER =
      ROWS.row("masteruser").alias("primaryuser").secret().text("");

  /** The password with which a replica logs in at its primary. */
  public static final Text MASTERAUTH =
      ROWS.row("masterauth").alias("primaryauth").secret().text("");

  /** Whether a replica refuses writes of clients. */
  public static final Toggle REPLICA_READ_ONLY =
      ROWS.row("replica-read-only").alias("slave-read-only").toggle(true);

  /** Whether a replica serves reads while its primary is away. */
  public static final Toggle REPLICA_SERVE_STALE_DATA =
      ROWS.row("replica-serve-stale-data").alias("slave-serve-stale-data").toggle(true);

  /** How eagerly Sentinel should promote it, the smaller the rather; 0 never. */
  public static final Quantity REPLICA_PRIORITY =
      ROWS.row("replica-priority").alias("slave-priority").number(100, 0, INT);

  /** Whether Sentinel tells clients of it. */
  public static final Toggle REPLICA_ANNOUNCED = ROWS.row("replica-announced").toggle(true);

  /** The address a replica tells its primary. */
  public static final Text REPLICA_ANNOUNCE_IP =
      ROWS.row("replica-announce-ip").alias("slave-announce-ip").text("");

  /** The port a replica tells its primary; 0 for the real one. */
  public static final Quantity REPLICA_ANNOUNCE_PORT =
      ROWS.row("replica-announce-port").alias("slave-announce-port").number(0, 0, 65535);

  /** Whether a replica leaves evicting to its primary. */
  public static final Toggle REPLICA_IGNORE_MAXMEMORY =
      ROWS.row("replica-ignore-maxmemory").alias("slave-ignore-maxmemory").toggle(true);

  /** Whether a replica goes on when it cannot write to disk. */
  public static final Toggle REPLICA_IGNORE_DISK_WRITE_ERRORS =
      ROWS.row("replica-ignore-disk-write-errors").toggle(false);

  /** How old the data of a replica may be that it shows, in milliseconds; 0 for any age. */
  public static final Quantity REPLICA_MAX_STALENESS =
      ROWS.row("replica-max-staleness")
          .remark(
              "Ours alone, in milliseconds, 0 for any age: a replica refuses reads (STALE), or"
                  + " redirects them in a cluster, when what it has may be older than this.")
          .number(0, 0, LONG);

  /** Seconds between pings to replicas. */
  public static final Quantity REPL_PING_REPLICA_PERIOD =
      ROWS.row("repl-ping-replica-period").alias("repl-ping-slave-period").number(10, 1, INT);

  /** Seconds of silence after which a replication link is given up. */
  public static final Quantity REPL_TIMEOUT = ROWS.row("repl-timeout").number(60, 1, INT);

  /** Bytes kept for replicas that come back. */
  public static final Quantity REPL_BACKLOG_SIZE =
      ROWS.row("repl-backlog-size").clamp(16 << 10, LONG).memory(10 << 20, 1, LONG);

  /** Seconds without replicas after which the backlog is freed; 0 never. */
  public static final Quantity REPL_BACKLOG_TTL =
      ROWS.row("repl-backlog-ttl").number(3600, 0, LONG);

  /** Whether a full copy goes to the socket without a file. */
  public static final Toggle REPL_DISKLESS_SYNC = ROWS.row("repl-diskless-sync").toggle(true);

  /** Seconds to wait for more replicas before a full copy starts. */
  public static final Quantity REPL_DISKLESS_SYNC_DELAY =
      ROWS.row("repl-diskless-sync-delay").number(5, 0, INT);

  /** So many replicas end the wait; 0 for no limit. */
  public static final Quantity REPL_DISKLESS_SYNC_MAX_REPLICAS =
      ROWS.row("repl-diskless-sync-max-replicas").number(0, 0, INT);

  /** Whether a full copy may travel on a connection of its own, beside the stream. */
  public static final Toggle DUAL_CHANNEL_REPLICATION_ENABLED =
      ROWS.row("dual-channel-replication-enabled").toggle(false);

  /** How a replica loads a full copy. */
  public static final Choice<Choices.DisklessLoad> REPL_DISKLESS_LOAD =
      ROWS.row("repl-diskless-load").refusedWhileLoading().choice(Choices.DisklessLoad.DISABLED);

  /** Whether replication links collect small packets. */
  public static final Toggle REPL_DISABLE_TCP_NODELAY =
      ROWS.row("repl-disable-tcp-nodelay").toggle(false);

  /** Without so many good replicas, writes are refused; 0 for off. */
  public static final Quantity MIN_REPLICAS_TO_WRITE =
      ROWS.row("min-replicas-to-write").alias("min-slaves-to-write").number(0, 0, INT);

  /** Seconds of lag up to which a replica counts as good. */
  public static final Quantity MIN_REPLICAS_MAX_LAG =
      ROWS.row("min-replicas-max-lag").alias("min-slaves-max-lag").number(10, 0, INT);

  /** Most bytes of writes that the new primary never had which are kept in a file; 0 for none. */
  public static final Quantity LOST_WRITES_LIMIT =
      ROWS.row("lost-writes-limit")
          .remark(
              "Ours alone: a primary that is demoted keeps the writes that its successor never had"
                  + " in lost-writes-*.aof, up to this size each; 0 keeps none.")
          .memory(256 << 20, 0, LONG);

  /** What happens when a replicated command fails. */
  public static final Choice<Choices.PropagationError> PROPAGATION_ERROR_BEHAVIOR =
      ROWS.row("propagation-error-behavior").choice(Choices.PropagationError.IGNORE);

  private ReplicationDirectives() {}
}
