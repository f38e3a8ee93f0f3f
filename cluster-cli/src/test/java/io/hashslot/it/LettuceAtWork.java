package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lettuce, at work with a cluster. */
abstract class LettuceAtWork {
  private RedisClusterClient client;

  abstract TestCluster cluster();

  @BeforeEach
  void connect() {
    ServerProcess seed = cluster().servers().getLast();
    client = ClusterClients.lettuce(seed);
    client.setOptions(options(ProtocolVersion.RESP3));
  }

  private ClusterClientOptions options(ProtocolVersion protocol) {
    ServerProcess seed = cluster().servers().getLast();
    return ClusterClients.lettuceOptions(seed).protocolVersion(protocol).build();
  }

  @AfterEach
  void shutDown() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }

  @Test
  void readsAndWritesInAllSlots() {
    for (ProtocolVersion protocol : List.of(ProtocolVersion.RESP2, ProtocolVersion.RESP3)) {
      client.setOptions(options(protocol));
      try (var connection = client.connect()) {
        var commands = connection.sync();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < 300; i++) values.put("lettuce:all:" + i, "value " + i);
        assertThat(commands.mset(values)).isEqualTo("OK");
        assertThat(commands.mget(values.keySet().toArray(String[]::new)))
            .allMatch(entry -> entry.getValue().equals(values.get(entry.getKey())))
            .hasSize(300);
        assertThat(commands.mget("{lettuce}:no", "{lettuce}:none")).noneMatch(KeyValue::hasValue);
        assertThat(commands.set("lettuce:fading", "x", SetArgs.Builder.px(200))).isEqualTo("OK");
        TestCluster.until("the key expires", () -> commands.get("lettuce:fading") == null);
        assertThat(commands.keys("lettuce:all:*")).hasSize(300);
        assertThat(commands.del(values.keySet().toArray(String[]::new))).isEqualTo(300);
        assertThat(commands.keys("lettuce:all:*")).isEmpty();
      }
    }
  }

  @Test
  void readsFromReplicas() {
    try (var connection = client.connect()) {
      connection.setReadFrom(ReadFrom.REPLICA);
      ServerProcess primary = cluster().primaryOf("lettuce:read");
      ServerProcess replica = cluster().replicasOf(primary).getFirst();
      connection.sync().set("lettuce:read", "x");
      TestCluster.until(
          "the replica has it", () -> "x".equals(connection.sync().get("lettuce:read")));
      long primaryBefore = hits(primary);
      long replicaBefore = hits(replica);
      for (int i = 0; i < 20; i++) {
        assertThat(connection.sync().get("lettuce:read")).isEqualTo("x");
      }
      assertThat(hits(replica) - replicaBefore).as("reads at %s", replica).isEqualTo(20);
      assertThat(hits(primary) - primaryBefore).as("reads at %s", primary).isZero();
    }
  }

  private static long hits(ServerProcess server) {
    return Long.parseLong(ServerProcess.field(server.call("INFO", "stats"), "keyspace_hits"));
  }

  @Test
  void learnsANewTopologyAfterAHandOver() {
    try (var connection = client.connect()) {
      assertThat(client.getPartitions()).hasSize(6);
      ServerProcess from = cluster().primaryOf("lettuce:handed");
      ServerProcess to = cluster().replicasOf(from).getFirst();
      connection.sync().set("lettuce:handed", "1");
      to.takeOver();
      TestCluster.until("the hand-over", () -> to.isPrimary() && !from.isPrimary());
      assertThat(connection.sync().incr("lettuce:handed")).isEqualTo(2);
      TestCluster.until(
          "the refreshed topology",
          () ->
              is(to, RedisClusterNode.NodeFlag.UPSTREAM)
                  && is(from, RedisClusterNode.NodeFlag.REPLICA));
      assertThat(connection.sync().get("lettuce:handed")).isEqualTo("2");
      cluster().awaitHealthy();
    }
  }

  private boolean is(ServerProcess server, RedisClusterNode.NodeFlag flag) {
    return client.getPartitions().getPartitionByNodeId(server.id()).is(flag);
  }

  @Test
  void pipelinesAndTransactsWithinANode() throws Exception {
    try (var connection = client.connect()) {
      // Lettuce connects to a node when it first needs it, and what is queued for one that is not
      // connected yet is not flushed with the rest.
      for (int i = 0; i < 100; i++) {
        connection.sync().set("lettuce:first:" + i, "" + i);
      }
      List<RedisFuture<?>> replies = new ArrayList<>();
      connection.setAutoFlushCommands(false);
      for (int i = 0; i < 1_000; i++) {
        replies.add(connection.async().set("lettuce:pipe:" + i, "" + i));
        replies.add(connection.async().append("lettuce:pipe:" + i, "!"));
      }
      connection.flushCommands();
      connection.setAutoFlushCommands(true);
      assertThat(
              LettuceFutures.awaitAll(
                  Duration.ofSeconds(60), replies.toArray(RedisFuture<?>[]::new)))
          .isTrue();
      assertThat(IntStream.range(0, 1_000).mapToObj(i -> "lettuce:pipe:" + i))
          .allMatch(
              key ->
                  connection.sync().get(key).equals(key.substring("lettuce:pipe:".length()) + "!"));

      ServerProcess node = cluster().primaryOf("{lettuce}");
      var commands = connection.getConnection(node.toldHost(), node.port()).sync();
      assertThat(commands.multi()).isEqualTo("OK");
      commands.set("{lettuce}:n", "1");
      commands.incr("{lettuce}:n");
      var results = commands.exec();
      assertThat(results.wasDiscarded()).isFalse();
      assertThat(results.stream().map(Object::toString)).containsExactly("OK", "2");
    }
  }

  @Test
  void messagesArrive() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var subscription = client.connectPubSub();
        var connection = client.connect()) {
      subscription.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(channel + "=" + message);
            }

            @Override
            public void smessage(String channel, String message) {
              heard.add(channel + "=" + message);
            }
          });
      subscription.sync().subscribe("lettuce-news");
      connection.sync().publish("lettuce-news", "hello");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("lettuce-news=hello");
      subscription.sync().ssubscribe("lettuce-shard");
      connection.sync().spublish("lettuce-shard", "hello");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("lettuce-shard=hello");
    }
  }
}
