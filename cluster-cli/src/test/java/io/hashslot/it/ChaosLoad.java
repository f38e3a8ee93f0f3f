package io.hashslot.it;

import io.hashslot.slot.Slots;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Clients that write to all slots of a cluster whatever happens to it, and put down what became of
 * each write: Jedis waits for all replicas after each write, Lettuce does not.
 */
@SuppressWarnings("deprecation")
final class ChaosLoad implements AutoCloseable {
  private static final int SERIES_EACH = 20;
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(1);
  private static final int WAIT_MS = 500;

  /** How often the first connection is tried, on a machine that has too much to do. */
  private static final int CONNECTS = 30;

  private final KeptWrites writes;
  private final int replicas;
  private final JedisCluster jedis;
  private final RedisClusterClient lettuce;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<Future<?>> running = new ArrayList<>();
  private volatile boolean loading = true;

  /**
   * Begins to write.
   *
   * @param replicas how many replicas each primary has
   */
  ChaosLoad(KeptWrites writes, List<ServerProcess> nodes, int replicas) {
    this.writes = writes;
    this.replicas = replicas;
    jedis = jedisOf(nodes);
    lettuce = lettuceOf(nodes);
    for (int i = 0; i < 2; i++) {
      List<KeptWrites.Series> waiting = series("jedis:" + i + ":");
      running.add(threads.submit(() -> writeAndWait(waiting)));
      List<KeptWrites.Series> hasty = series("lettuce:" + i + ":");
      running.add(threads.submit(() -> writeOnly(hasty)));
    }
  }

  private List<KeptWrites.Series> series(String prefix) {
    List<KeptWrites.Series> series = new ArrayList<>();
    for (int i = 0; i < SERIES_EACH; i++) series.add(writes.series(prefix + i));
    return series;
  }

  private static JedisCluster jedisOf(List<ServerProcess> nodes) {
    var config =
        ClusterClients.jedisConfig(nodes.getFirst())
            .timeoutMillis((int) CLIENT_TIMEOUT.toMillis())
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxWait(Duration.ofSeconds(2));
    for (int attempt = 1; ; attempt++) {
      try {
        return new JedisCluster(ClusterClients.seeds(nodes), config, 3, pool);
      } catch (JedisException busy) {
        if (attempt == CONNECTS) throw busy;
      }
    }
  }

  private static RedisClusterClient lettuceOf(List<ServerProcess> nodes) {
    RedisClusterClient client =
        RedisClusterClient.create(
            nodes.stream().map(node -> ClusterClients.lettuceUri(node, CLIENT_TIMEOUT)).toList());
    client.setOptions(ClusterClients.lettuceOptions(nodes.getFirst()).build());
    return client;
  }

  /** A write counts as kept when all replicas of its primary have it. */
  private void writeAndWait(List<KeptWrites.Series> series) {
    for (int i = 0; loading; i++) {
      KeptWrites.Series one = series.get(i % series.size());
      int slot = Slots.of(one.key().getBytes(StandardCharsets.UTF_8));
      int number = one.next();
      try (var connection = new Jedis(jedis.getConnectionFromSlot(slot))) {
        connection.sadd(one.key(), Integer.toString(number));
        if (connection.waitReplicas(replicas, WAIT_MS) >= replicas) one.keep(number);
        else one.acknowledge(number);
      } catch (JedisException _) {
        lookAround(one);
      }
    }
  }

  /** The slot may be somebody else's by now: this follows redirections, and remembers them. */
  private void lookAround(KeptWrites.Series series) {
    try {
      int number = series.next();
      jedis.sadd(series.key(), Integer.toString(number));
      series.acknowledge(number);
    } catch (JedisException _) {
      // Its node is dead, and nobody has taken its place yet.
    }
  }

  private void writeOnly(List<KeptWrites.Series> series) {
    while (loading) {
      try (var connection = lettuce.connect()) {
        for (int i = 0; loading; i++) writeOnly(connection.sync(), series.get(i % series.size()));
      } catch (RedisException _) {
        // Nobody answered in time.
      }
    }
  }

  private static void writeOnly(
      RedisAdvancedClusterCommands<String, String> commands, KeptWrites.Series one) {
    int number = one.next();
    try {
      commands.sadd(one.key(), Integer.toString(number));
      one.acknowledge(number);
    } catch (RedisException _) {
      // As above.
    }
  }

  /** Ends the writing. */
  void stop() throws Exception {
    loading = false;
    for (Future<?> writer : running) writer.get(120, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    loading = false;
    threads.shutdownNow();
    jedis.close();
    lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }
}
