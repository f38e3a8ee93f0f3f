package io.hashslot.bus.core;

/**
 * The settings the core decides by; named after the configuration directives (Valkey 8.0.1).
 * Immutable: a CONFIG SET hands a new one to {@link ClusterCore#onConfig}.
 *
 * @param nodeTimeoutMs {@code cluster-node-timeout}
 * @param replicaValidityFactor {@code cluster-replica-validity-factor}; 0 = data of any age
 * @param replicaNoFailover {@code cluster-replica-no-failover}
 * @param migrationBarrier {@code cluster-migration-barrier}
 * @param allowReplicaMigration {@code cluster-allow-replica-migration}
 * @param requireFullCoverage {@code cluster-require-full-coverage}
 * @param pingIntervalMs {@code cluster-ping-interval}; 0 = half the node timeout
 * @param replPingReplicaPeriodS {@code repl-ping-replica-period}, seconds
 * @param blacklistTtlS {@code cluster-blacklist-ttl}, seconds
 * @param tls {@code tls-cluster}: the default client port is the TLS one
 * @param announce what the node tells about its address
 * @param manualFailoverTimeoutMs {@code cluster-manual-failover-timeout}
 */
public record ClusterConfig(
    long nodeTimeoutMs,
    int replicaValidityFactor,
    boolean replicaNoFailover,
    int migrationBarrier,
    boolean allowReplicaMigration,
    boolean requireFullCoverage,
    long pingIntervalMs,
    int replPingReplicaPeriodS,
    int blacklistTtlS,
    boolean tls,
    Announced announce,
    long manualFailoverTimeoutMs) {

  /**
   * What a node tells about itself. Ports are final: the announced one if configured, else the
   * listening one.
   *
   * @param ip {@code cluster-announce-ip}; empty = peers see the address of the socket
   * @param port plain client port; 0 if there is none
   * @param tlsPort TLS client port; 0 if there is none
   * @param busPort port of the cluster bus
   * @param hostname {@code cluster-announce-hostname} or empty
   * @param nodename {@code cluster-announce-human-nodename} or empty
   * @param clientIpv4 {@code cluster-announce-client-ipv4} or empty
   * @param clientIpv6 {@code cluster-announce-client-ipv6} or empty
   * @param zone {@code availability-zone} or empty
   */
  public record Announced(
      String ip,
      int port,
      int tlsPort,
      int busPort,
      String hostname,
      String nodename,
      String clientIpv4,
      String clientIpv6,
      String zone) {

    /** In no zone. */
    public Announced(
        String ip,
        int port,
        int tlsPort,
        int busPort,
        String hostname,
        String nodename,
        String clientIpv4,
        String clientIpv6) {
      this(ip, port, tlsPort, busPort, hostname, nodename, clientIpv4, clientIpv6, "");
    }

    /** The same in this zone. */
    public Announced inZone(String name) {
      return new Announced(
          ip, port, tlsPort, busPort, hostname, nodename, clientIpv4, clientIpv6, name);
    }

    /** A plain port with its usual bus port, nothing else announced. */
    public static Announced port(int port) {
      return new Announced("", port, 0, port + 10_000, "", "", "", "");
    }
  }

  /** The defaults of Valkey 8.0.1 for a node that listens on {@code port}. */
  public static ClusterConfig defaults(int port) {
    return new ClusterConfig(
        15_000, 10, false, 1, true, true, 0, 10, 60, false, Announced.port(port), 5_000);
  }

  /** The same settings with another node timeout. */
  public ClusterConfig withNodeTimeoutMs(long value) {
    return new ClusterConfig(
        value,
        replicaValidityFactor,
        replicaNoFailover,
        migrationBarrier,
        allowReplicaMigration,
        requireFullCoverage,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #pingIntervalMs}. */
  public ClusterConfig withPingIntervalMs(long value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        replicaValidityFactor,
        replicaNoFailover,
        migrationBarrier,
        allowReplicaMigration,
        requireFullCoverage,
        value,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #announce}. */
  public ClusterConfig withAnnounce(Announced value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        replicaValidityFactor,
        replicaNoFailover,
        migrationBarrier,
        allowReplicaMigration,
        requireFullCoverage,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        value,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #requireFullCoverage}. */
  public ClusterConfig withRequireFullCoverage(boolean value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        replicaValidityFactor,
        replicaNoFailover,
        migrationBarrier,
        allowReplicaMigration,
        value,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #allowReplicaMigration}. */
  public ClusterConfig withAllowReplicaMigration(boolean value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        replicaValidityFactor,
        replicaNoFailover,
        migrationBarrier,
        value,
        requireFullCoverage,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #replicaValidityFactor}. */
  public ClusterConfig withReplicaValidityFactor(int value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        value,
        replicaNoFailover,
        migrationBarrier,
        allowReplicaMigration,
        requireFullCoverage,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }

  /** The same settings with another {@link #replicaNoFailover}. */
  public ClusterConfig withReplicaNoFailover(boolean value) {
    return new ClusterConfig(
        nodeTimeoutMs,
        replicaValidityFactor,
        value,
        migrationBarrier,
        allowReplicaMigration,
        requireFullCoverage,
        pingIntervalMs,
        replPingReplicaPeriodS,
        blacklistTtlS,
        tls,
        announce,
        manualFailoverTimeoutMs);
  }
}
