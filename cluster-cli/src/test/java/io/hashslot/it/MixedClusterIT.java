package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One cluster of our nodes, redis-server and valkey-server: a primary of each kind, each with a
 * replica of another, and failovers in every direction. Our snapshots have the format of Redis 7.0,
 * which all three read; so ours is on one side of each pair.
 */
@Timeout(300)
class MixedClusterIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private ServerProcess ours;
  private ServerProcess redisOfOurs;
  private ServerProcess redis;
  private ServerProcess oursOfRedis;
  private ServerProcess valkey;
  private ServerProcess oursOfValkey;
  private TestCluster cluster;
  private final List<String> keys = new ArrayList<>();

  private static ServerProcess server(Program program) {
    return SERVERS.server(
        program, "--cluster-node-timeout", "3000", "--repl-diskless-sync-delay", "0");
  }

  @BeforeEach
  void aPrimaryOfEachKind() throws Exception {
    ours = server(Program.HASHSLOT);
    redisOfOurs = server(Program.REDIS);
    redis = server(Program.REDIS);
    oursOfRedis = server(Program.HASHSLOT);
    valkey = server(Program.VALKEY);
    oursOfValkey = server(Program.HASHSLOT);
    var shards =
        List.of(
            List.of(ours, redisOfOurs), List.of(redis, oursOfRedis), List.of(valkey, oursOfValkey));
    shards.forEach(shard -> shard.forEach(ServerProcess::launch));
    shards.forEach(shard -> shard.forEach(ServerProcess::awaitAnswer));
    cluster = TestCluster.form(shards);
    writeSome("before");
  }

  /** Writes through the cluster, to all primaries; each replica has it when this returns. */
  private void writeSome(String when) throws IOException {
    List<String> more = IntStream.range(0, 500).mapToObj(i -> when + ":" + i).toList();
    cluster.write(more);
    keys.addAll(more);
    TestCluster.until("replicas have caught up", () -> cluster.running().allMatch(this::inStep));
  }

  private boolean inStep(ServerProcess server) {
    if (!server.isPrimary() || cluster.replicasOf(server).isEmpty()) return true;
    return server.call("WAIT", "1", "1000").equals("1");
  }

  private void handOver(ServerProcess from, ServerProcess to) throws IOException {
    to.takeOver();
    TestCluster.until(from + " hands over to " + to, () -> to.isPrimary() && !from.isPrimary());
    cluster.awaitHealthy();
    cluster.assertHolds(keys);
    writeSome("after " + to + " took over");
  }

  private void killAndReplace(ServerProcess victim, ServerProcess heir) throws IOException {
    victim.kill();
    TestCluster.until(heir + " takes over from " + victim, heir::isPrimary);
    cluster.awaitHealthy();
    cluster.assertHolds(keys);
    writeSome("without " + victim);
    victim.launch();
    victim.awaitAnswer();
    TestCluster.until(victim + " follows " + heir, () -> !victim.isPrimary());
    cluster.awaitHealthy();
    assertThat(cluster.replicasOf(heir)).containsExactly(victim);
    writeSome("with " + victim + " again");
  }

  @Test
  void whoeverDiesIsReplacedByAReplicaOfTheOtherKind() throws Exception {
    killAndReplace(ours, redisOfOurs);
    killAndReplace(redis, oursOfRedis);
    killAndReplace(valkey, oursOfValkey);
    // What came back as a replica can take its place again, from a primary of the other kind.
    killAndReplace(redisOfOurs, ours);
    cluster.assertHolds(keys);
  }

  @Test
  void primariesOfEachKindHandTheirSlotsOverAndTakeThemBack() throws Exception {
    handOver(ours, redisOfOurs);
    handOver(redisOfOurs, ours);
    handOver(redis, oursOfRedis);
    handOver(oursOfRedis, redis);
    handOver(valkey, oursOfValkey);
    handOver(oursOfValkey, valkey);
    cluster.assertHolds(keys);
  }
}
