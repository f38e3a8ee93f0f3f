package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.slot.Slots;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A primary dies under a write load, without a word. JedisCluster is what most programs use still.
 */
@SuppressWarnings("deprecation")
@Timeout(240)
class PrimaryKilledIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Logger LOG = LoggerFactory.getLogger(PrimaryKilledIT.class);
  private static final Clock CLOCK = Clock.system();
  private static final int NODE_TIMEOUT_MS = 3_000;

  /** Keys of the victim's slots that its replica has confirmed. */
  private final ConcurrentLinkedQueue<String> confirmed = new ConcurrentLinkedQueue<>();

  private volatile boolean loading = true;

  @Test
  void itsReplicaServesItsSlotsAndNoConfirmedWriteIsLost() throws Exception {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            6,
            "--cluster-node-timeout",
            "" + NODE_TIMEOUT_MS,
            "--repl-diskless-sync-delay",
            "0");
    var cluster =
        TestCluster.form(
            List.of(
                List.of(nodes.get(0), nodes.get(3)),
                List.of(nodes.get(1), nodes.get(4)),
                List.of(nodes.get(2), nodes.get(5))));
    ServerProcess victim = nodes.get(0);
    ServerProcess heir = nodes.get(3);

    try (var jedis = jedisOf(nodes);
        ExecutorService writers = Executors.newFixedThreadPool(4)) {
      var written = new AtomicLong();
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        List<String> keys = TestCluster.keysOf(victim, 40_000, "load:" + i + ":");
        load.add(writers.submit(() -> writeConfirmed(jedis, keys)));
      }
      load.add(writers.submit(() -> writeEverywhere(jedis, written)));
      TestCluster.until("a thousand writes are confirmed", () -> confirmed.size() >= 1_000);

      String probe = TestCluster.keysOf(victim, 1, "probe:").getFirst();
      long killedAtNs = CLOCK.monotonicNs();
      victim.kill();
      TestCluster.until("the victim's slots are written to again", () -> canWrite(jedis, probe));
      long outageMs = TimeUnit.NANOSECONDS.toMillis(CLOCK.monotonicNs() - killedAtNs);
      LOG.info(
          "kill -9 of a primary: {} ms to the first successful write to its slots (node timeout {}"
              + " ms); its replica had confirmed {} writes",
          outageMs,
          NODE_TIMEOUT_MS,
          confirmed.size());
      loading = false;
      for (Future<?> writer : load) writer.get(60, TimeUnit.SECONDS);
      assertThat(written).as("writes to all slots").hasPositiveValue();
    }

    List<String> keys = List.copyOf(confirmed);
    assertThat(heir.isPrimary()).as("%s took over", heir).isTrue();
    cluster.awaitHealthy();
    cluster.assertHolds(keys);
    theOldPrimaryReturnsAsAReplicaWithTheData(cluster, victim, heir, keys);
  }

  private static void theOldPrimaryReturnsAsAReplicaWithTheData(
      TestCluster cluster, ServerProcess victim, ServerProcess heir, List<String> keys)
      throws IOException {
    victim.launch();
    victim.awaitAnswer();
    TestCluster.until("the old primary follows its heir", () -> !victim.isPrimary());
    cluster.awaitHealthy();
    assertThat(cluster.replicasOf(heir)).containsExactly(victim);
    cluster.write(TestCluster.keysOf(heir, 100, "later:"));
    assertThat(heir.call("WAIT", "1", "10000")).isEqualTo("1");
    try (var reader = victim.connect()) {
      assertThat(reader.call("READONLY").asText()).isEqualTo("OK");
      for (String key : keys) {
        assertThat(reader.call("GET", key).asText()).as(key).isEqualTo("value of " + key);
      }
    }
  }

  private static JedisCluster jedisOf(List<ServerProcess> nodes) {
    Set<HostAndPort> seeds =
        nodes.stream()
            .map(node -> new HostAndPort("127.0.0.1", node.port()))
            .collect(Collectors.toSet());
    var config = DefaultJedisClientConfig.builder().timeoutMillis(1_000).build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxWait(Duration.ofSeconds(2));
    return new JedisCluster(seeds, config, 3, pool);
  }

  /** Writes keys one by one and notes those that a replica has confirmed. */
  private void writeConfirmed(JedisCluster cluster, List<String> keys) {
    for (String key : keys) {
      if (!loading) return;
      int slot = Slots.of(key.getBytes(StandardCharsets.UTF_8));
      try (var jedis = new Jedis(cluster.getConnectionFromSlot(slot))) {
        jedis.set(key, "value of " + key);
        if (jedis.waitReplicas(1, 500) >= 1) confirmed.add(key);
      } catch (JedisException _) {
        // Its node is dead or no primary: not confirmed, then.
      }
    }
  }

  /** Writes to all slots through the client's own retries. */
  private void writeEverywhere(JedisCluster cluster, AtomicLong written) {
    for (int i = 0; loading; i++) {
      try {
        cluster.set("everywhere:" + i % 10_000, "x");
        written.incrementAndGet();
      } catch (JedisException _) {
        // The next one.
      }
    }
  }

  private static boolean canWrite(JedisCluster cluster, String key) {
    try {
      return cluster.set(key, "x").equals("OK");
    } catch (JedisException _) {
      return false;
    }
  }
}
