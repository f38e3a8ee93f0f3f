package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/** Jedis, at work with a cluster. */
abstract class JedisAtWork {
  abstract TestCluster cluster();

  private RedisClusterClient client(RedisProtocol protocol) {
    List<ServerProcess> nodes = cluster().servers();
    return ClusterClients.jedis(
        nodes, ClusterClients.jedisConfig(nodes.getFirst()).protocol(protocol));
  }

  private static Jedis connection(ServerProcess node, RedisProtocol protocol) {
    return new Jedis(
        new HostAndPort(node.toldHost(), node.port()),
        ClusterClients.jedisConfig(node).protocol(protocol).build());
  }

  private static int slotOf(String key) {
    return Slots.of(key.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void readsAndWritesInAllSlots(RedisProtocol protocol) {
    try (var client = client(protocol)) {
      for (int i = 0; i < 300; i++) {
        assertThat(client.set("jedis:" + i, "value " + i)).isEqualTo("OK");
        assertThat(client.get("jedis:" + i)).isEqualTo("value " + i);
      }
      assertThat(client.get("jedis:missing")).isNull();
      assertThat(client.set("jedis:0", "no", new SetParams().nx())).isNull();
      assertThat(client.mset("{jedis}:a", "1", "{jedis}:b", "2")).isEqualTo("OK");
      assertThat(client.mget("{jedis}:a", "{jedis}:none", "{jedis}:b"))
          .containsExactly("1", null, "2");
      assertThat(client.incrByFloat("{jedis}:a", 0.5)).isEqualTo(1.5);
      // Several slots: the client cuts the command to pieces.
      assertThat(client.mget("jedis:1", "jedis:2", "jedis:3"))
          .containsExactly("value 1", "value 2", "value 3");
      assertThat(client.del("jedis:1", "jedis:2", "jedis:3")).isEqualTo(3);
      assertThat(client.exists("jedis:1")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void keysExpire(RedisProtocol protocol) {
    try (var client = client(protocol)) {
      client.set("jedis:fading", "x", new SetParams().px(300));
      client.setex("jedis:lasting", 1_000, "x");
      assertThat(client.ttl("jedis:lasting")).isBetween(900L, 1_000L);
      assertThat(client.expire("jedis:lasting", 5_000)).isEqualTo(1);
      assertThat(client.persist("jedis:lasting")).isEqualTo(1);
      assertThat(client.ttl("jedis:lasting")).isEqualTo(-1);
      TestCluster.until("the key expires", () -> client.get("jedis:fading") == null);
      assertThat(client.ttl("jedis:fading")).isEqualTo(-2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void pipelinesSpreadOverAllNodes(RedisProtocol protocol) {
    try (var client = client(protocol);
        var pipeline = client.pipelined()) {
      List<Response<Long>> counts = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) pipeline.set("jedis:pipe:" + i, "" + i);
      for (int i = 0; i < 2_000; i++) counts.add(pipeline.incr("jedis:pipe:" + i));
      pipeline.sync();
      assertThat(counts.stream().map(Response::get))
          .isEqualTo(IntStream.rangeClosed(1, 2_000).mapToObj(i -> (long) i).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void transactionsAndWatchesWorkWithinASlot(RedisProtocol protocol) {
    try (var client = client(protocol);
        var jedis = new Jedis(client.getConnectionFromSlot(slotOf("{tx}")))) {
      client.del("{tx}:n");
      try (var transaction = jedis.multi()) {
        transaction.set("{tx}:n", "1");
        transaction.incrBy("{tx}:n", 41);
        assertThat(transaction.exec()).isEqualTo(List.of("OK", 42L));
      }
      jedis.watch("{tx}:n");
      client.set("{tx}:n", "changed meanwhile");
      try (var transaction = jedis.multi()) {
        transaction.set("{tx}:n", "mine");
        assertThat(transaction.exec()).isNull();
      }
      assertThat(client.get("{tx}:n")).isEqualTo("changed meanwhile");
      try (var transaction = jedis.multi()) {
        transaction.get("{tx}:n");
        transaction.get(keyElsewhere("tx"));
        assertThatThrownBy(transaction::exec)
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("EXECABORT");
      }
    }
  }

  private String keyElsewhere(String tag) {
    ServerProcess other =
        cluster()
            .running()
            .filter(ServerProcess::isPrimary)
            .filter(server -> !TestCluster.slotsOf(server).contains(slotOf(tag)))
            .findFirst()
            .orElseThrow();
    return TestCluster.keysOf(other, 1, "elsewhere:").getFirst();
  }

  @Test
  void aNodeThatDoesNotHaveTheSlotTellsWhoHas() {
    ServerProcess owner = cluster().primaryOf("jedis:moved");
    ServerProcess other =
        cluster()
            .running()
            .filter(server -> server != owner && server.isPrimary())
            .findFirst()
            .orElseThrow();
    try (var jedis = connection(other, RedisProtocol.RESP3)) {
      assertThatThrownBy(() -> jedis.set("jedis:moved", "x"))
          .isInstanceOfSatisfying(
              JedisMovedDataException.class,
              moved -> {
                assertThat(moved.getSlot()).isEqualTo(slotOf("jedis:moved"));
                assertThat(moved.getTargetNode())
                    .isEqualTo(new HostAndPort(owner.toldHost(), owner.port()));
              });
      assertThatThrownBy(() -> jedis.mget("a", "b")).hasMessageStartingWith("CROSSSLOT");
    }
  }

  @Test
  void theClientFollowsAHandOver() {
    try (var client = client(RedisProtocol.RESP3)) {
      ServerProcess from = cluster().primaryOf("jedis:handed");
      client.set("jedis:handed", "1");
      ServerProcess to = cluster().replicasOf(from).getFirst();
      to.takeOver();
      TestCluster.until("the hand-over", () -> to.isPrimary() && !from.isPrimary());
      // Its table is stale now: it is redirected.
      assertThat(client.incr("jedis:handed")).isEqualTo(2);
      assertThat(client.get("jedis:handed")).isEqualTo("2");
      cluster().awaitHealthy();
    }
  }

  @Test
  void scanFindsTheKeysOfATag() {
    try (var client = client(RedisProtocol.RESP2)) {
      Set<String> written = new TreeSet<>();
      for (int i = 0; i < 500; i++) written.add("{scanned}:" + i);
      written.forEach(key -> client.set(key, "x"));
      Set<String> found = new TreeSet<>();
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = client.scan(cursor, new ScanParams().match("{scanned}:*").count(50));
        found.addAll(page.getResult());
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      assertThat(found).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void messagesReachSubscribersOnOtherNodes(RedisProtocol protocol) throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    var listener =
        new JedisPubSub() {
          @Override
          public void onSubscribe(String channel, int count) {
            heard.add("subscribed to " + channel);
          }

          @Override
          public void onPMessage(String pattern, String channel, String message) {
            heard.add(channel + "=" + message);
          }

          @Override
          public void onPSubscribe(String pattern, int count) {
            heard.add("subscribed to " + pattern);
          }
        };
    ServerProcess here = cluster().servers().get(1);
    try (var subscriber = connection(here, protocol)) {
      var thread = Thread.ofPlatform().start(() -> subscriber.psubscribe(listener, "news.*"));
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("subscribed to news.*");
      for (ServerProcess server : cluster().servers()) {
        server.call("PUBLISH", "news.of", "" + server.port());
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("news.of=" + server.port());
      }
      listener.punsubscribe();
      thread.join(60_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void shardMessagesReachSubscribersOfTheSlot() throws Exception {
    BlockingQueue<Map.Entry<String, String>> heard = new LinkedBlockingQueue<>();
    var subscribed = new LinkedBlockingQueue<String>();
    var listener =
        new JedisShardedPubSub() {
          @Override
          public void onSSubscribe(String channel, int count) {
            subscribed.add(channel);
          }

          @Override
          public void onSMessage(String channel, String message) {
            heard.add(Map.entry(channel, message));
          }
        };
    try (var client = client(RedisProtocol.RESP3)) {
      var thread = Thread.ofPlatform().start(() -> client.ssubscribe(listener, "shard:1"));
      assertThat(subscribed.poll(60, TimeUnit.SECONDS)).isEqualTo("shard:1");
      client.spublish("shard:1", "hello");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(Map.entry("shard:1", "hello"));
      listener.sunsubscribe();
      thread.join(60_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
