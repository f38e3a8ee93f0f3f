package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A client, Jedis, that counts keys up and reads others while their slots move: it knows how often
 * each INCR was acknowledged, and how often it may have been executed.
 */
final class ReshardLoad implements Runnable, AutoCloseable {
  private static final int MORE = 200;

  private final RedisClusterClient client;
  private final List<String> tags;
  private final List<String> counters = new ArrayList<>();
  private final long[] acknowledged;
  private final long[] possible;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this);
  private volatile boolean stop;
  private volatile long sum;
  private volatile @Nullable Throwable fault;

  /**
   * Begins.
   *
   * @param tags of which the keys {@code {tag}:still} hold the tag
   * @param countersOfTag how many counters each tag gets
   */
  ReshardLoad(List<ServerProcess> nodes, List<String> tags, int countersOfTag) {
    client = ClusterClients.jedis(nodes, ClusterClients.jedisConfig(nodes.getFirst()));
    this.tags = tags;
    for (int i = 0; i < countersOfTag; i++) {
      for (String tag : tags) {
        counters.add("{" + tag + "}:count:" + i);
      }
    }
    acknowledged = new long[counters.size()];
    possible = new long[counters.size()];
    thread.start();
  }

  @Override
  public void run() {
    try {
      for (int i = 0; !stop; i = (i + 1) % counters.size()) {
        step(i);
      }
    } catch (RuntimeException | AssertionError e) {
      fault = e;
    }
  }

  private void step(int i) {
    possible[i]++;
    try {
      client.incr(counters.get(i));
      acknowledged[i]++;
      sum++;
      String tag = tags.get(i % tags.size());
      assertThat(client.get("{" + tag + "}:still")).as("read on the way").isEqualTo(tag);
    } catch (JedisException _) {
      // It may have been executed; what counts is what it was told.
    }
  }

  /** Waits until it has counted on. */
  void awaitMore() {
    long wanted = sum + MORE;
    TestCluster.until("the client counts on", () -> sum >= wanted || fault != null);
    assertThat(fault).as("fault of the client").isNull();
  }

  @Override
  public void close() throws InterruptedException {
    stop = true;
    thread.join(ServerProcess.PATIENCE.toMillis());
    client.close();
    assertThat(thread.isAlive()).as("the client has ended").isFalse();
    if (fault != null) {
      throw new AssertionError("the client has failed", fault);
    }
  }

  /** Compares with what the node that has all the slots says; after {@link #close}. */
  void check(ServerProcess owner) {
    for (int i = 0; i < counters.size(); i++) {
      long value = Long.parseLong(owner.call("GET", counters.get(i)));
      assertThat(value).as(counters.get(i)).isBetween(acknowledged[i], possible[i]);
    }
  }
}
