package io.hashslot.it;

import io.hashslot.peer.TestCertificate;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.io.File;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/**
 * Clients of a cluster as docs/clients.md has them, patient enough for a busy machine, and
 * encrypted where servers want it.
 */
final class ClusterClients {
  /** How long a client waits for a reply. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private ClusterClients() {}

  /** Where Jedis finds nodes to begin with. */
  static Set<HostAndPort> seeds(Collection<ServerProcess> nodes) {
    return nodes.stream()
        .map(node -> new HostAndPort(node.toldHost(), node.port()))
        .collect(Collectors.toSet());
  }

  /** How Jedis talks to such nodes. */
  static DefaultJedisClientConfig.Builder jedisConfig(ServerProcess node) {
    var config = DefaultJedisClientConfig.builder().timeoutMillis((int) PATIENCE.toMillis());
    TestCertificate certificate = node.reach().certificate();
    if (certificate == null) return config;
    File store = TestCertificate.copy("ec.p12", certificate.key().getParent()).toFile();
    char[] password = "secret".toCharArray();
    return config.sslOptions(
        redis.clients.jedis.SslOptions.builder()
            .keystore(store, password)
            .truststore(store, password)
            .sslVerifyMode(
                hasCertifiedName(node)
                    ? redis.clients.jedis.SslVerifyMode.FULL
                    : redis.clients.jedis.SslVerifyMode.CA)
            .build());
  }

  /** The certificate names this machine, and not those of a {@link TestNetwork}. */
  private static boolean hasCertifiedName(ServerProcess node) {
    return node.place().entry().isEmpty();
  }

  /** A client of Jedis that knows one node to begin with. */
  static redis.clients.jedis.RedisClusterClient jedis(ServerProcess seed) {
    return jedis(List.of(seed), jedisConfig(seed));
  }

  /** A client of Jedis that knows some nodes to begin with. */
  static redis.clients.jedis.RedisClusterClient jedis(
      Collection<ServerProcess> nodes, DefaultJedisClientConfig.Builder config) {
    return redis.clients.jedis.RedisClusterClient.builder()
        .nodes(seeds(nodes))
        .clientConfig(config.build())
        .build();
  }

  /** Where Lettuce finds a node, and how it talks to it. */
  static RedisURI lettuceUri(ServerProcess node, Duration timeout) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(node.toldHost())
            .withPort(node.port())
            .withSsl(node.reach().tls())
            .withTimeout(timeout);
    if (node.reach().tls()) {
      uri.withVerifyPeer(hasCertifiedName(node) ? SslVerifyMode.FULL : SslVerifyMode.CA);
    }
    return uri.build();
  }

  /** What else a client of Lettuce is to know. */
  static ClusterClientOptions.Builder lettuceOptions(ServerProcess node) {
    ClusterClientOptions.Builder options =
        ClusterClientOptions.builder().topologyRefreshOptions(refreshes());
    TestCertificate certificate = node.reach().certificate();
    if (certificate == null) return options;
    File file = certificate.certificate().toFile();
    return options.sslOptions(
        SslOptions.builder()
            .jdkSslProvider()
            .keyManager(file, certificate.key().toFile(), null)
            .trustManager(file)
            .build());
  }

  /** A client of Lettuce that knows one node to begin with. */
  static RedisClusterClient lettuce(ServerProcess seed) {
    RedisClusterClient client = RedisClusterClient.create(lettuceUri(seed, PATIENCE));
    client.setOptions(lettuceOptions(seed).build());
    return client;
  }

  /** When Lettuce asks who has which slots: every second, and whenever something hints at it. */
  private static ClusterTopologyRefreshOptions refreshes() {
    return ClusterTopologyRefreshOptions.builder()
        .enableAllAdaptiveRefreshTriggers()
        .enablePeriodicRefresh(Duration.ofSeconds(1))
        .build();
  }
}
