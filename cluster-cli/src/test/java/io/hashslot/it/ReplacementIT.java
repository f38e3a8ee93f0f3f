package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;

/**
 * The procedure of {@code docs/moving-from-redis.md}: a cluster of redis-server becomes one of ours
 * while clients write, node by node, and one of redis-server again. {@code
 * -Dhashslot.replacement.whole=true} takes the whole way back; without, only one redis-server comes
 * and takes a shard over.
 */
@SuppressWarnings("deprecation")
@Timeout(300)
class ReplacementIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int SHARDS = 3;
  private static final boolean WHOLE_WAY_BACK = Boolean.getBoolean("hashslot.replacement.whole");

  private static final Logger LOG = LoggerFactory.getLogger(ReplacementIT.class);

  private final KeptWrites writes = new KeptWrites(false);
  private volatile boolean loading = true;

  private static ServerProcess node(Program program) {
    return SERVERS.server(
        program, "--cluster-node-timeout", "5000", "--repl-diskless-sync-delay", "0");
  }

  private static List<ServerProcess> six(Program program) {
    List<ServerProcess> nodes = Stream.generate(() -> node(program)).limit(2L * SHARDS).toList();
    nodes.forEach(ServerProcess::launch);
    return nodes;
  }

  @Test
  void redisBecomesHashslotAndRedisAgainUnderLoad() throws Exception {
    List<ServerProcess> theirs = six(Program.REDIS);
    List<ServerProcess> ours = six(Program.HASHSLOT);
    theirs.forEach(ServerProcess::awaitAnswer);
    TestCluster.form(
        IntStream.range(0, SHARDS)
            .mapToObj(i -> List.of(theirs.get(i), theirs.get(i + SHARDS)))
            .toList());
    ours.forEach(ServerProcess::awaitAnswer);
    List<ServerProcess> members = new ArrayList<>(theirs);

    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (JedisCluster clients = clientOf(theirs)) {
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String name = "writer:" + i + ":";
        load.add(threads.submit(() -> write(clients, name)));
      }
      awaitProgress(load);
      for (int i = 0; i < SHARDS; i++) {
        replace(members, theirs.get(i), theirs.get(i + SHARDS), ours.get(i), ours.get(i + SHARDS));
        awaitProgress(load);
      }
      assertThat(members).containsExactlyInAnyOrderElementsOf(ours);

      if (WHOLE_WAY_BACK) {
        List<ServerProcess> back = six(Program.REDIS);
        back.forEach(ServerProcess::awaitAnswer);
        for (int i = 0; i < SHARDS; i++) {
          replace(members, ours.get(i), ours.get(i + SHARDS), back.get(i), back.get(i + SHARDS));
          awaitProgress(load);
        }
        assertThat(members).containsExactlyInAnyOrderElementsOf(back);
      } else {
        ServerProcess back = node(Program.REDIS);
        back.launch();
        back.awaitAnswer();
        join(members, back, ours.getFirst());
        takeOver(members, back, ours.getFirst());
        awaitProgress(load);
      }
      loading = false;
      // Whoever was told an error would be here with it: there was nothing but redirections.
      for (Future<?> writer : load) writer.get(120, TimeUnit.SECONDS);
    } finally {
      loading = false;
      threads.shutdownNow();
    }
    var cluster = TestCluster.of(members);
    cluster.awaitHealthy();
    assertThat(writes.acknowledged()).isPositive();
    writes.keep(writes.moment());
    assertThat(writes.check(cluster)).isEmpty();
    LOG.info("{} writes, all of them there", writes.acknowledged());
  }

  /** First the replica, then the primary, each by a new one that follows the primary before. */
  private static void replace(
      List<ServerProcess> members,
      ServerProcess primary,
      ServerProcess replica,
      ServerProcess newPrimary,
      ServerProcess newReplica) {
    join(members, newPrimary, primary);
    leave(members, replica);
    takeOver(members, newPrimary, primary);
    join(members, newReplica, newPrimary);
    leave(members, primary);
  }

  private static void takeOver(
      List<ServerProcess> members, ServerProcess replica, ServerProcess primary) {
    LOG.info("{} takes over from {}", replica, primary);
    replica.takeOver();
    TestCluster.until(primary + " follows " + replica, () -> !primary.isPrimary());
    TestCluster.of(members).awaitHealthy();
  }

  /** What {@code --cluster add-node --cluster-slave} does. */
  private static void join(List<ServerProcess> members, ServerProcess node, ServerProcess primary) {
    List<ServerProcess> before = List.copyOf(members);
    members.add(node);
    LOG.info("{} joins", node);
    // The slots, too: clients ask replicas who serves them.
    TestCluster.greet(
        node,
        before,
        () ->
            members.stream().allMatch(one -> TestCluster.knows(one, members.size()))
                && members.stream().map(TestCluster::slotTable).distinct().count() == 1);
    node.call("CLUSTER", "REPLICATE", primary.id());
    TestCluster.of(members).awaitHealthy();
  }

  /**
   * All others forget the node, then it ends. It is not reset before: a client that still asks it
   * would be told that nobody serves anything.
   */
  private static void leave(List<ServerProcess> members, ServerProcess node) {
    String id = node.id();
    members.remove(node);
    LOG.info("{} leaves", node);
    members.forEach(member -> member.call("CLUSTER", "FORGET", id));
    node.stop();
    TestCluster.of(members).awaitHealthy();
  }

  private static JedisCluster clientOf(List<ServerProcess> nodes) {
    // Writes are held back for seconds while a node hands over: that is no failure.
    var config =
        ClusterClients.jedisConfig(nodes.getFirst())
            .connectionTimeoutMillis(5_000)
            .socketTimeoutMillis(30_000)
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxWait(Duration.ofSeconds(30));
    return new JedisCluster(ClusterClients.seeds(nodes), config, 20, Duration.ofSeconds(60), pool);
  }

  /**
   * Any error ends it, and with it the test, except that the cluster is down for a moment: on a
   * machine that has too much to do, nodes may seem to hang to each other.
   */
  private void write(JedisCluster clients, String name) {
    List<KeptWrites.Series> series = new ArrayList<>();
    for (int i = 0; i < 30; i++) series.add(writes.series(name + i));
    for (int i = 0; loading; i++) {
      KeptWrites.Series one = series.get(i % series.size());
      int number = one.next();
      try {
        clients.sadd(one.key(), Integer.toString(number));
        one.acknowledge(number);
      } catch (JedisClusterException | JedisClusterOperationException busy) {
        LOG.warn("{}: {}", one.key(), busy.toString());
      }
    }
  }

  private void awaitProgress(List<Future<?>> load) {
    int before = writes.acknowledged();
    TestCluster.until(
        "clients go on writing",
        () -> {
          // One that has ended has been told an error: this tells which.
          for (Future<?> writer : load) {
            if (writer.state() == Future.State.FAILED)
              throw new AssertionError(writer.exceptionNow());
          }
          return writes.acknowledged() > before + 100;
        });
  }
}
