package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** Clients that read from replicas. */
abstract class ReplicaReadsAtWork {
  private static final String KEY = "read-from-replicas";

  private RedisClusterClient lettuceClient;
  private StatefulRedisClusterConnection<String, String> lettuce;
  private ServerProcess primary;
  private ServerProcess replica;

  abstract TestCluster cluster();

  @BeforeEach
  void write() {
    primary = cluster().primaryOf(KEY);
    replica = cluster().replicasOf(primary).getFirst();
    primary.call("SET", KEY, "x");
    TestCluster.until("the replica has it", () -> primary.call("WAIT", "1", "1000").equals("1"));
    lettuceClient = ClusterClients.lettuce(primary);
    lettuce = lettuceClient.connect();
  }

  @AfterEach
  void disconnect() {
    lettuce.close();
    lettuceClient.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }

  private static long hits(ServerProcess server) {
    return Long.parseLong(ServerProcess.field(server.call("INFO", "stats"), "keyspace_hits"));
  }

  @Test
  void lettuceReadsWhereItIsTold() {
    for (ReadFrom where : List.of(ReadFrom.REPLICA_PREFERRED, ReadFrom.ANY_REPLICA)) {
      lettuce.setReadFrom(where);
      long before = hits(replica);
      for (int i = 0; i < 10; i++) assertThat(lettuce.sync().get(KEY)).isEqualTo("x");
      assertThat(hits(replica) - before).isEqualTo(10);
    }
    lettuce.setReadFrom(ReadFrom.ANY);
    long atPrimary = hits(primary);
    long atReplica = hits(replica);
    TestCluster.until(
        "both are read from",
        () ->
            lettuce.sync().get(KEY).equals("x")
                && hits(primary) > atPrimary
                && hits(replica) > atReplica);
  }

  @Test
  void jedisReadsFromReplicasWhenAsked() {
    try (var jedis =
        ClusterClients.jedis(
            List.of(primary),
            ClusterClients.jedisConfig(primary).readOnlyForRedisClusterReplicas())) {
      long before = hits(replica);
      for (int i = 0; i < 10; i++) {
        assertThat(jedis.executeCommandToReplica(new CommandObjects(RedisProtocol.RESP3).get(KEY)))
            .isEqualTo("x");
      }
      assertThat(hits(replica) - before).isEqualTo(10);
      assertThat(jedis.set(KEY, "y")).isEqualTo("OK");
    }
  }

  /** Ours alone bound the age of what replicas show. */
  @Test
  void readsOfWhatMayBeTooOldGoToThePrimary() {
    assumeTrue(replica.program() == Program.HASHSLOT);
    lettuce.setReadFrom(ReadFrom.REPLICA);
    // Sooner or later a replica that must ask its primary every millisecond is late.
    replica.call("CONFIG", "SET", "replica-max-staleness", "1");
    try {
      long before = hits(primary);
      TestCluster.until(
          "a read is redirected",
          () -> lettuce.sync().get(KEY).equals("x") && hits(primary) > before);
    } finally {
      replica.call("CONFIG", "SET", "replica-max-staleness", "0");
    }
  }
}
