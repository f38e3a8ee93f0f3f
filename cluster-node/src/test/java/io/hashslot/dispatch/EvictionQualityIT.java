package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * A cache keeps what is asked for: of requests that follow Zipf's law as many are hits as with the
 * oracle that has as much memory, by whatever policy.
 */
class EvictionQualityIT {
  private static final int KEYS = 20_000;
  private static final int REQUESTS = 60_000;
  private static final int AT_ONCE = 100;
  private static final long ROOM_BYTES = 2 << 20;
  private static final String VALUE = "x".repeat(300);

  /** How much less often than with the oracle a request may hit. */
  private static final double TOLERANCE = 0.03;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"allkeys-lfu,64", "allkeys-lfu,1", "allkeys-lru,64", "allkeys-random,64"})
  void asManyRequestsHitAsWithTheOracle(String policy, String shards) throws Exception {
    double expected;
    try (var oracle = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var client = oracle.connect()) {
      expected = hitRate(client, policy);
    }
    try (var node = new RunningNode(folder.resolve("ours"), "--shards", shards);
        var client = new Jedis("127.0.0.1", node.port(), 60_000)) {
      assertThat(hitRate(client, policy)).isGreaterThan(expected - TOLERANCE);
    }
  }

  private static double hitRate(Jedis client, String policy) {
    client.configSet("maxmemory-policy", policy);
    client.configSet("maxmemory", Long.toString(usedBytes(client) + ROOM_BYTES));
    Random random = new Random(42);
    double[] shares = shares();
    int hits = 0;
    int counted = 0;
    for (int done = 0; done < REQUESTS; done += AT_ONCE) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        keys.add("key:" + Math.abs(Arrays.binarySearch(shares, random.nextDouble())));
      }
      int found = ask(client, keys);
      if (done >= REQUESTS / 2) {
        hits += found;
        counted += AT_ONCE;
      }
    }
    assertThat(evicted(client)).as("evicted keys").isPositive();
    return (double) hits / counted;
  }

  /** Asks for some keys, and sets those that are missing. */
  private static int ask(Jedis client, List<String> keys) {
    Pipeline asking = client.pipelined();
    List<Response<String>> replies = keys.stream().map(asking::get).toList();
    asking.sync();
    int found = 0;
    Pipeline filling = client.pipelined();
    for (int i = 0; i < AT_ONCE; i++) {
      if (replies.get(i).get() != null) {
        found++;
      } else {
        filling.set(keys.get(i), VALUE);
      }
    }
    filling.sync();
    return found;
  }

  /** The sums of how often the keys up to each one are asked for. */
  private static double[] shares() {
    double[] sums = new double[KEYS];
    double sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    for (int i = 0; i < KEYS; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  private static long usedBytes(Jedis client) {
    return figure(client.info("memory"), "used_memory:");
  }

  private static long evicted(Jedis client) {
    return figure(client.info("stats"), "evicted_keys:");
  }

  private static long figure(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
