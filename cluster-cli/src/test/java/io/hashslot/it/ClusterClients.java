package io.hashslot.it;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** Clients of a cluster as docs/clients.md has them, and patient enough for a busy machine. */
final class ClusterClients {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ClusterClients() {}

  /** A client of Jedis that knows one node to begin with. */
  static redis.clients.jedis.RedisClusterClient jedis(ServerProcess seed) {
    return redis.clients.jedis.RedisClusterClient.builder()
        .nodes(Set.of(new HostAndPort("127.0.0.1", seed.port())))
        .clientConfig(
            DefaultJedisClientConfig.builder().timeoutMillis((int) PATIENCE.toMillis()).build())
        .build();
  }

  /** A client of Lettuce that knows one node to begin with. */
  static RedisClusterClient lettuce(ServerProcess seed) {
    RedisClusterClient client =
        RedisClusterClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(seed.port())
                .withTimeout(PATIENCE)
                .build());
    client.setOptions(ClusterClientOptions.builder().topologyRefreshOptions(refreshes()).build());
    return client;
  }

  /** When Lettuce asks who has which slots: every second, and whenever something hints at it. */
  static ClusterTopologyRefreshOptions refreshes() {
    return ClusterTopologyRefreshOptions.builder()
        .enableAllAdaptiveRefreshTriggers()
        .enablePeriodicRefresh(Duration.ofSeconds(1))
        .build();
  }
}
