package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

import java.util.List;

/** The cluster: its bus, its rules, and how nodes are announced. */
public final class ClusterDirectives {
  static final Row.Group ROWS = new Row.Group("Cluster");

  /** Whether this server is a node of a cluster. */
  public static final Toggle CLUSTER_ENABLED =
      ROWS.row("cluster-enabled").immutable().toggle(false);

  /** How many databases a node of a cluster has. */
  public static final Quantity CLUSTER_DATABASES =
      ROWS.row("cluster-databases")
          .immutable()
          .remark(
              "As in Valkey 9: with more than one, SELECT, MOVE and COPY ... DB work in a cluster.")
          .number(1, 1, INT);

  /** The file of the cluster state in {@code dir}. */
  public static final Text CLUSTER_CONFIG_FILE =
      ROWS.row("cluster-config-file")
          .immutable()
          .text(
              "nodes.conf",
              Names.file("cluster-config-file can't be a path, just a filename", null));

  /** The port of the bus; 0 for the client port + 10000. */
  public static final Quantity CLUSTER_PORT =
      ROWS.row("cluster-port").immutable().number(0, 0, 65535);

  /** Milliseconds of silence after which a node may have failed. */
  public static final Quantity CLUSTER_NODE_TIMEOUT =
      ROWS.row("cluster-node-timeout").number(15000, 0, LONG);

  /** Milliseconds between pings; 0 for the built-in rhythm. */
  public static final Quantity CLUSTER_PING_INTERVAL =
      ROWS.row("cluster-ping-interval").hidden().number(0, 0, LONG);

  /**
   * Node timeouts of lost contact after which a replica does not stand for election; 0 for no
   * limit.
   */
  public static final Quantity CLUSTER_REPLICA_VALIDITY_FACTOR =
      ROWS.row("cluster-replica-validity-factor")
          .alias("cluster-slave-validity-factor")
          .number(10, 0, INT);

  /** Whether this replica never starts a failover by itself. */
  public static final Toggle CLUSTER_REPLICA_NO_FAILOVER =
      ROWS.row("cluster-replica-no-failover").alias("cluster-slave-no-failover").toggle(false);

  /** Replicas that must stay with a primary before one may leave for another. */
  public static final Quantity CLUSTER_MIGRATION_BARRIER =
      ROWS.row("cluster-migration-barrier").number(1, 0, INT);

  /** Whether replicas move to primaries without any. */
  public static final Toggle CLUSTER_ALLOW_REPLICA_MIGRATION =
      ROWS.row("cluster-allow-replica-migration").toggle(true);

  /** Whether the cluster stops when slots have no owner. */
  public static final Toggle CLUSTER_REQUIRE_FULL_COVERAGE =
      ROWS.row("cluster-require-full-coverage").toggle(true);

  /** Whether reads are served while the cluster is down. */
  public static final Toggle CLUSTER_ALLOW_READS_WHEN_DOWN =
      ROWS.row("cluster-allow-reads-when-down").toggle(false);

  /** Whether sharded pub/sub works while the cluster is down. */
  public static final Toggle CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN =
      ROWS.row("cluster-allow-pubsubshard-when-down").toggle(true);

  /** Bytes that may wait on a link of the bus; 0 for no limit. */
  public static final Quantity CLUSTER_LINK_SENDBUF_LIMIT =
      ROWS.row("cluster-link-sendbuf-limit").memory(0, 0, LONG);

  /** How many replicas must have a write before its client is told of it. */
  public static final Structured<AckCount> CLUSTER_WRITE_ACKS =
      ROWS.row("cluster-write-acks")
          .remark(
              "Ours alone: replies wait until so many replicas have what they tell of; see"
                  + " docs/write-acks.md.")
          .structured(AckCount.NONE, new AckCount.Form());

  /** Milliseconds after which a write that waits for replicas is answered with an error. */
  public static final Quantity CLUSTER_WRITE_ACKS_TIMEOUT =
      ROWS.row("cluster-write-acks-timeout")
          .remark("Ours alone, in milliseconds: then an error stands in place of the reply.")
          .number(2000, 1, INT);

  /** Seconds for which a forgotten node is not let in again. */
  public static final Quantity CLUSTER_BLACKLIST_TTL =
      ROWS.row("cluster-blacklist-ttl").number(60, 0, LONG);

  /** Whether use is counted by slot. */
  public static final Toggle CLUSTER_SLOT_STATS_ENABLED =
      ROWS.row("cluster-slot-stats-enabled").toggle(false);

  /** How many slot migrations are remembered once they have ended. */
  public static final Quantity CLUSTER_SLOT_MIGRATION_LOG_MAX_LEN =
      ROWS.row("cluster-slot-migration-log-max-len").number(1000, 0, INT);

  /**
   * Bytes that may still be unsent when a slot migration pauses writes to the slots; negative for
   * any amount.
   */
  public static final Quantity SLOT_MIGRATION_MAX_FAILOVER_REPL_BYTES =
      ROWS.row("slot-migration-max-failover-repl-bytes").number(0, -1, LONG);

  /** Milliseconds that a failover by hand may take; writes are paused for up to twice as long. */
  public static final Quantity CLUSTER_MANUAL_FAILOVER_TIMEOUT =
      ROWS.row("cluster-manual-failover-timeout").number(5000, 1, INT);

  /** The address told to others instead of the seen one. */
  public static final Text CLUSTER_ANNOUNCE_IP = ROWS.row("cluster-announce-ip").text("");

  /** The client port told to others; 0 for the real one. */
  public static final Quantity CLUSTER_ANNOUNCE_PORT =
      ROWS.row("cluster-announce-port").number(0, 0, 65535);

  /** The TLS port told to others; 0 for the real one. */
  public static final Quantity CLUSTER_ANNOUNCE_TLS_PORT =
      ROWS.row("cluster-announce-tls-port").number(0, 0, 65535);

  /** The bus port told to others; 0 for the real one. */
  public static final Quantity CLUSTER_ANNOUNCE_BUS_PORT =
      ROWS.row("cluster-announce-bus-port").number(0, 0, 65535);

  /** The host name told to others. */
  public static final Text CLUSTER_ANNOUNCE_HOSTNAME =
      ROWS.row("cluster-announce-hostname").text("", Names::hostname);

  /** A name for people, used in logs. */
  public static final Text CLUSTER_ANNOUNCE_HUMAN_NODENAME =
      ROWS.row("cluster-announce-human-nodename").text("", Names::nodename);

  /** The IPv4 address told to clients. */
  public static final Text CLUSTER_ANNOUNCE_CLIENT_IPV4 =
      ROWS.row("cluster-announce-client-ipv4").text("", Names::ipv4);

  /** The IPv6 address told to clients. */
  public static final Text CLUSTER_ANNOUNCE_CLIENT_IPV6 =
      ROWS.row("cluster-announce-client-ipv6").text("", Names::ipv6);

  /** How redirects name a node. */
  public static final Choice<Choices.EndpointType> CLUSTER_PREFERRED_ENDPOINT_TYPE =
      ROWS.row("cluster-preferred-endpoint-type").choice(Choices.EndpointType.IP);

  private ClusterDirectives() {}

  /** All of them. */
  public static List<Directive<?>> all() {
    return ROWS.directives();
  }
}
