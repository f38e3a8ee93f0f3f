package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hashslot.resp.Reply;
import io.hashslot.slot.Slots;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Jedis and Lettuce, while a slot that they use goes from one primary to another. */
abstract class SlotMovesAtWork {
  private static final String TAG = "{moving}";
  private static final String SLOT = "" + Slots.of(TAG.getBytes(StandardCharsets.UTF_8));
  private static final int KEYS = 6;

  private redis.clients.jedis.RedisClusterClient jedis;
  private RedisClusterClient lettuceClient;
  private StatefulRedisClusterConnection<String, String> lettuce;
  private ServerProcess from;
  private ServerProcess to;

  abstract TestCluster cluster();

  @BeforeEach
  void connect() {
    from = cluster().primaryOf(TAG);
    to =
        cluster()
            .running()
            .filter(server -> server != from && server.isPrimary())
            .findFirst()
            .orElseThrow();
    ServerProcess seed = cluster().servers().getFirst();
    jedis = ClusterClients.jedis(seed);
    lettuceClient = ClusterClients.lettuce(seed);
    lettuce = lettuceClient.connect();
    for (int i = 0; i < KEYS; i++) jedis.set(key(i), "" + i);
  }

  @AfterEach
  void disconnect() {
    jedis.close();
    lettuce.close();
    lettuceClient.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }

  private static String key(int number) {
    return TAG + number;
  }

  private void open() {
    to.setSlot(SLOT, "IMPORTING", from);
    from.setSlot(SLOT, "MIGRATING", to);
  }

  /** One command for each key: what is not there is not missed. */
  private void move(String... keys) {
    for (String key : keys) {
      assertThat(from.call("MIGRATE", to.place().host(), "" + to.port(), key, "0", "60000"))
          .isIn("OK", "NOKEY");
    }
  }

  private void close() {
    try {
      for (Reply key : from.tryCall("CLUSTER", "GETKEYSINSLOT", SLOT, "1000").asItems()) {
        move(key.asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    to.setSlot(SLOT, "NODE", to);
    from.setSlot(SLOT, "NODE", to);
  }

  @Test
  void clientsFollowKeysOfASlotThatIsBetweenTwoNodes() {
    open();
    move(key(0), key(1), key(2));
    String[] all = IntStream.range(0, KEYS).mapToObj(SlotMovesAtWork::key).toArray(String[]::new);
    for (int i = 0; i < KEYS; i++) {
      assertThat(jedis.get(key(i))).isEqualTo("" + i);
      assertThat(lettuce.sync().get(key(i))).isEqualTo("" + i);
    }
    // What is new is made where the slot goes to.
    assertThat(jedis.set(key(6), "j")).isEqualTo("OK");
    assertThat(lettuce.sync().get(key(6))).isEqualTo("j");
    assertThat(lettuce.sync().set(key(7), "l")).isEqualTo("OK");
    assertThat(jedis.get(key(7))).isEqualTo("l");
    assertThat(jedis.mget(key(0), key(1))).containsExactly("0", "1");
    assertThat(jedis.mget(key(4), key(5))).containsExactly("4", "5");
    assertThatThrownBy(() -> jedis.mget(all))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("TRYAGAIN");
    assertThatThrownBy(() -> lettuce.sync().mget(all))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("TRYAGAIN");
    close();
    assertThat(jedis.mget(all)).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(lettuce.sync().mget(all)).hasSize(KEYS).allMatch(entry -> entry.hasValue());
    bothKnowTheNewOwner();
    cluster().awaitHealthy();
  }

  private void bothKnowTheNewOwner() {
    int slot = Integer.parseInt(SLOT);
    try (var connection = jedis.getConnectionFromSlot(slot)) {
      assertThat(connection.getHostAndPort()).isEqualTo(new HostAndPort(to.toldHost(), to.port()));
    }
    TestCluster.until(
        "Lettuce's table is new",
        () -> {
          var owner = lettuceClient.getPartitions().getPartitionBySlot(slot);
          return owner != null && owner.getNodeId().equals(to.id());
        });
  }

  @Test
  void pipelinesThatMeetARedirection() {
    open();
    close();
    // Jedis leaves it to its user; a single command then lets it learn the new table.
    try (var pipeline = jedis.pipelined()) {
      var response = pipeline.get(key(1));
      pipeline.sync();
      assertThatThrownBy(response::get).isInstanceOf(JedisMovedDataException.class);
    }
    assertThat(jedis.get(key(1))).isEqualTo("1");
    try (var pipeline = jedis.pipelined()) {
      var response = pipeline.get(key(1));
      pipeline.sync();
      assertThat(response.get()).isEqualTo("1");
    }
    lettuce.setAutoFlushCommands(false);
    var replies = IntStream.range(0, KEYS).mapToObj(i -> lettuce.async().get(key(i))).toList();
    lettuce.flushCommands();
    lettuce.setAutoFlushCommands(true);
    for (int i = 0; i < KEYS; i++) {
      assertThat(replies.get(i).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join())
          .isEqualTo("" + i);
    }
    cluster().awaitHealthy();
  }

  @Test
  void whoWaitsForAKeyGoesWithItsSlot() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      lettuce.setTimeout(Duration.ofSeconds(100));
      Future<List<String>> byJedis = threads.submit(() -> jedis.blpop(90, key(10)));
      Future<Object> byLettuce = threads.submit(() -> lettuce.sync().blpop(90, key(11)));
      TestCluster.until("both wait", () -> waiting(from) == 2);
      open();
      close();
      TestCluster.until("both wait elsewhere", () -> waiting(from) == 0 && waiting(to) == 2);
      to.call("RPUSH", key(10), "a");
      to.call("RPUSH", key(11), "b");
      assertThat(byJedis.get(60, TimeUnit.SECONDS)).containsExactly(key(10), "a");
      assertThat(byLettuce.get(60, TimeUnit.SECONDS).toString()).contains("b");
    } finally {
      threads.shutdownNow();
    }
    cluster().awaitHealthy();
  }

  private static long waiting(ServerProcess server) {
    return Long.parseLong(ServerProcess.field(server.call("INFO", "clients"), "blocked_clients"));
  }

  /** Ours alone move slots in this way. */
  @Test
  void nobodySeesAnAtomicMove() throws Exception {
    assumeTrue(from.program() == Program.HASHSLOT);
    AtomicBoolean moving = new AtomicBoolean(true);
    AtomicLong counted = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Long> byJedis =
          threads.submit(() -> count(moving, counted, () -> jedis.incr(key(12))));
      Future<Long> byLettuce =
          threads.submit(() -> count(moving, counted, () -> lettuce.sync().incr(key(13))));
      TestCluster.until("clients count", () -> counted.get() > 20);
      assertThat(from.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", SLOT, SLOT, "NODE", to.id()))
          .isEqualTo("OK");
      TestCluster.until("the slot has moved", () -> Migrations.over(from));
      assertThat(Migrations.newest(from)).containsEntry("state", "success");
      long before = counted.get();
      TestCluster.until("clients count on", () -> counted.get() > before + 20);
      moving.set(false);
      long last = byJedis.get(60, TimeUnit.SECONDS);
      assertThat(jedis.get(key(12))).isEqualTo("" + last);
      last = byLettuce.get(60, TimeUnit.SECONDS);
      assertThat(jedis.get(key(13))).isEqualTo("" + last);
    } finally {
      moving.set(false);
      threads.shutdownNow();
    }
    bothKnowTheNewOwner();
    cluster().awaitHealthy();
  }

  /** Any error ends it; returns how often it counted. */
  private static long count(AtomicBoolean goOn, AtomicLong counted, LongSupplier increment) {
    long last = 0;
    while (goOn.get()) {
      long now = increment.getAsLong();
      assertThat(now).isEqualTo(++last);
      counted.incrementAndGet();
    }
    return last;
  }
}
