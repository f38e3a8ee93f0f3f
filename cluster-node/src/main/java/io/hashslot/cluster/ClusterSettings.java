package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.wire.PingExtension;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.Directive;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.Quantity;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.config.TlsDirectives;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The directives that the cluster core decides by, as the core takes them. */
final class ClusterSettings {
  /** Distance of the bus port from the client port, unless {@code cluster-port} says otherwise. */
  private static final int BUS_PORT_DISTANCE = 10_000;

  private static final int MAX_PORT = 65_535;

  private ClusterSettings() {}

  /**
   * Checks that there is such a port.
   *
   * @throws IOException if there is not
   */
  static void checkBusPort(Config config) throws IOException {
    int port = busPort(config);
    if (port > MAX_PORT) {
      throw new IOException(
          "The bus of the cluster would need port "
              + port
              + ", and there is none above "
              + MAX_PORT
              + ": choose a port up to "
              + (MAX_PORT - BUS_PORT_DISTANCE)
              + ", or name another one with cluster-port");
    }
  }

  static int busPort(Config config) {
    int port = config.intOf(ClusterDirectives.CLUSTER_PORT);
    return port != 0 ? port : config.intOf(clientPort(config)) + BUS_PORT_DISTANCE;
  }

  /** The port by which nodes know each other: that of TLS if the bus speaks it. */
  private static Quantity clientPort(Config config) {
    return config.get(TlsDirectives.TLS_CLUSTER) ? TlsDirectives.TLS_PORT : NetworkDirectives.PORT;
  }

  static ClusterConfig of(Config config) {
    return new ClusterConfig(
        config.get(ClusterDirectives.CLUSTER_NODE_TIMEOUT),
        config.intOf(ClusterDirectives.CLUSTER_REPLICA_VALIDITY_FACTOR),
        config.get(ClusterDirectives.CLUSTER_REPLICA_NO_FAILOVER),
        config.intOf(ClusterDirectives.CLUSTER_MIGRATION_BARRIER),
        config.get(ClusterDirectives.CLUSTER_ALLOW_REPLICA_MIGRATION),
        config.get(ClusterDirectives.CLUSTER_REQUIRE_FULL_COVERAGE),
        config.get(ClusterDirectives.CLUSTER_PING_INTERVAL),
        config.intOf(ReplicationDirectives.REPL_PING_REPLICA_PERIOD),
        config.intOf(ClusterDirectives.CLUSTER_BLACKLIST_TTL),
        config.get(TlsDirectives.TLS_CLUSTER),
        new ClusterConfig.Announced(
            config.get(ClusterDirectives.CLUSTER_ANNOUNCE_IP),
            or(
                config,
                ClusterDirectives.CLUSTER_ANNOUNCE_PORT,
                config.intOf(NetworkDirectives.PORT)),
            or(
                config,
                ClusterDirectives.CLUSTER_ANNOUNCE_TLS_PORT,
                config.intOf(TlsDirectives.TLS_PORT)),
            or(config, ClusterDirectives.CLUSTER_ANNOUNCE_BUS_PORT, busPort(config)),
            config.get(ClusterDirectives.CLUSTER_ANNOUNCE_HOSTNAME),
            config.get(ClusterDirectives.CLUSTER_ANNOUNCE_HUMAN_NODENAME),
            config.get(ClusterDirectives.CLUSTER_ANNOUNCE_CLIENT_IPV4),
            config.get(ClusterDirectives.CLUSTER_ANNOUNCE_CLIENT_IPV6),
            zone(config)),
        config.get(ClusterDirectives.CLUSTER_MANUAL_FAILOVER_TIMEOUT));
  }

  /** The zone, if it can be told on the bus: any text may be configured. */
  private static String zone(Config config) {
    String zone = config.get(ProcessDirectives.AVAILABILITY_ZONE);
    return PingExtension.isText(zone) ? zone : "";
  }

  /** Returns the directives that are read here. */
  static Directive<?>[] directives() {
    List<Directive<?>> all = new ArrayList<>(ClusterDirectives.all());
    all.add(ProcessDirectives.AVAILABILITY_ZONE);
    all.add(ReplicationDirectives.REPL_PING_REPLICA_PERIOD);
    all.add(TlsDirectives.TLS_PORT);
    all.add(TlsDirectives.TLS_CLUSTER);
    return all.toArray(Directive<?>[]::new);
  }

  private static int or(Config config, Quantity announced, int listening) {
    int port = config.intOf(announced);
    return port != 0 ? port : listening;
  }
}
