package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hashslot.slot.Slots;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisShardedPubSub;

/** Subscribers of a shard's messages, by Jedis and Lettuce, while the slot changes its owner. */
abstract class ShardMessagesAtWork {
  private static final String CHANNEL = "{shard-news}";
  private static final String SLOT = "" + Slots.of(CHANNEL.getBytes(StandardCharsets.UTF_8));

  private final Queue<String> jedisHeard = new ConcurrentLinkedQueue<>();
  private final Queue<String> lettuceHeard = new ConcurrentLinkedQueue<>();
  private redis.clients.jedis.RedisClusterClient jedis;
  private RedisClusterClient lettuceClient;
  private StatefulRedisClusterPubSubConnection<String, String> lettuce;

  abstract TestCluster cluster();

  @BeforeEach
  void subscribe() {
    ServerProcess seed = cluster().servers().getFirst();
    jedis = ClusterClients.jedis(seed);
    Thread.ofPlatform().daemon().start(this::subscribeByJedis);
    lettuceClient = ClusterClients.lettuce(seed);
    lettuce = lettuceClient.connectPubSub();
    lettuce.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void ssubscribed(String channel, long count) {
            lettuceHeard.add("subscribed");
          }

          @Override
          public void sunsubscribed(String channel, long count) {
            lettuceHeard.add("unsubscribed");
          }

          @Override
          public void smessage(String channel, String message) {
            lettuceHeard.add(message);
          }
        });
    lettuce.sync().ssubscribe(CHANNEL);
    TestCluster.until("both listen", () -> !jedisHeard.isEmpty() && !lettuceHeard.isEmpty());
  }

  private void subscribeByJedis() {
    jedis.ssubscribe(
        new JedisShardedPubSub() {
          @Override
          public void onSSubscribe(String channel, int count) {
            jedisHeard.add("subscribed");
          }

          @Override
          public void onSUnsubscribe(String channel, int count) {
            jedisHeard.add("unsubscribed");
          }

          @Override
          public void onSMessage(String channel, String message) {
            jedisHeard.add(message);
          }
        },
        CHANNEL);
    jedisHeard.add("ended");
  }

  @AfterEach
  void leave() {
    lettuce.close();
    lettuceClient.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    jedis.close();
  }

  /** Neither client subscribes anew by itself, and Jedis needs the new table for it. */
  @Test
  void subscribersOfASlotThatLeavesAreSentAwayAndFindItsNewOwner() throws Exception {
    ServerProcess from = cluster().primaryOf(CHANNEL);
    ServerProcess to =
        cluster()
            .running()
            .filter(server -> server != from && server.isPrimary())
            .findFirst()
            .orElseThrow();
    to.setSlot(SLOT, "NODE", to);
    from.setSlot(SLOT, "NODE", to);
    TestCluster.until("Jedis' call has ended", () -> jedisHeard.contains("ended"));
    TestCluster.until("Lettuce is told", () -> lettuceHeard.contains("unsubscribed"));
    assertThat(jedisHeard).containsExactly("subscribed", "unsubscribed", "ended");
    cluster().awaitHealthy();
    jedisHeard.clear();
    jedis.refreshClusterTopology();
    Thread.ofPlatform().daemon().start(this::subscribeByJedis);
    TestCluster.until("Jedis listens again", () -> jedisHeard.contains("subscribed"));
    TestCluster.until("Lettuce has the new table", () -> lettuceKnows(to));
    lettuce.sync().ssubscribe(CHANNEL);
    to.call("SPUBLISH", CHANNEL, "hello");
    bothHear("hello");
  }

  private boolean lettuceKnows(ServerProcess owner) {
    var node = lettuceClient.getPartitions().getPartitionBySlot(Integer.parseInt(SLOT));
    return node != null && node.getNodeId().equals(owner.id());
  }

  private void bothHear(String message) {
    TestCluster.until(
        "both hear " + message,
        () -> jedisHeard.contains(message) && lettuceHeard.contains(message));
  }

  /**
   * A replica hears all messages of its shard, so whoever listened to the primary that it was goes
   * on. Redis and Valkey send such subscribers away.
   */
  @Test
  void subscribersStayWhenTheirPrimaryHandsOver() {
    ServerProcess from = cluster().primaryOf(CHANNEL);
    assumeTrue(from.program() == Program.HASHSLOT);
    ServerProcess to = cluster().replicasOf(from).getFirst();
    to.takeOver();
    cluster().awaitHealthy();
    to.call("SPUBLISH", CHANNEL, "still here");
    bothHear("still here");
    assertThat(lettuceHeard).doesNotContain("unsubscribed");
    assertThat(jedisHeard).doesNotContain("unsubscribed");
  }
}
