package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clusters of real processes whose nodes die, hang and are cut off under load, one at a time: each
 * fault comes when the one before is healed, since what two at once may cost depends on chance. No
 * write may be lost that all replicas had confirmed, nothing may appear that nobody wrote, and the
 * cluster must become whole by itself. What asynchronous replication does not promise is not asked
 * for: see {@link KeptWrites}.
 *
 * <p>{@code -Dhashslot.chaos.minutes=N} goes on for so long, in each of all forms; {@code
 * -Dhashslot.chaos.seed=N} repeats a choice of faults.
 */
@Timeout(7200)
class ChaosIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);
  private static final Clock CLOCK = Clock.system();
  private static final String MINUTES = "hashslot.chaos.minutes";
  private static final int NODE_TIMEOUT_MS = 3_000;

  private final long seed = Long.getLong("hashslot.chaos.seed", new SecureRandom().nextInt());
  private final RandomGenerator random = new SplittableRandom(seed);
  private final KeptWrites writes = new KeptWrites();
  private TestCluster cluster;
  private int replicas;
  private @Nullable TestNetwork network;

  private enum Fault {
    KILL_PRIMARY,
    HANG_PRIMARY,
    KILL_REPLICA,
    HANG_BRIEFLY,
    HAND_OVER,
    CUT_OFF
  }

  private static ServerProcess server(Program program, Place place) {
    return SERVERS.server(
        program,
        place,
        "--cluster-node-timeout",
        "" + NODE_TIMEOUT_MS,
        "--repl-diskless-sync-delay",
        "0");
  }

  private static ServerProcess server(Program program) {
    return server(program, Place.HERE);
  }

  private void form(List<ServerProcess> nodes, int replicasEach) {
    replicas = replicasEach;
    nodes.forEach(ServerProcess::launch);
    nodes.forEach(ServerProcess::awaitAnswer);
    List<List<ServerProcess>> shards = new ArrayList<>();
    int primaries = nodes.size() / (replicasEach + 1);
    for (int i = 0; i < primaries; i++) {
      List<ServerProcess> shard = new ArrayList<>();
      for (int j = i; j < nodes.size(); j += primaries) shard.add(nodes.get(j));
      shards.add(shard);
    }
    cluster = TestCluster.form(shards);
  }

  @Test
  void sixNodesKeepWhatTheyConfirmed() throws Exception {
    form(Stream.generate(() -> server(Program.HASHSLOT)).limit(6).toList(), 1);
    suffer(
        List.of(Fault.KILL_PRIMARY, Fault.HANG_PRIMARY),
        Fault.KILL_PRIMARY,
        Fault.HANG_PRIMARY,
        Fault.KILL_REPLICA,
        Fault.HANG_BRIEFLY,
        Fault.HAND_OVER);
  }

  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void nineNodesKeepWhatTheyConfirmed() throws Exception {
    form(Stream.generate(() -> server(Program.HASHSLOT)).limit(9).toList(), 2);
    suffer(List.of(), Fault.values());
  }

  /** A primary of each kind, and replicas of which one side of each pair is ours. */
  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void aMixedClusterKeepsWhatItConfirmed() throws Exception {
    form(
        List.of(
            server(Program.HASHSLOT),
            server(Program.REDIS),
            server(Program.VALKEY),
            server(Program.REDIS),
            server(Program.HASHSLOT),
            server(Program.HASHSLOT)),
        1);
    suffer(List.of(), Fault.values());
  }

  /** Each node in a network namespace of its own, the clients in none of them. */
  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void nodesWithCutCablesKeepWhatTheyConfirmed() throws Exception {
    try (TestNetwork net = TestNetwork.open(9)) {
      network = net;
      form(
          net.places().stream().map(place -> server(Program.HASHSLOT, place)).limit(9).toList(), 2);
      suffer(List.of(Fault.CUT_OFF), Fault.CUT_OFF, Fault.KILL_PRIMARY, Fault.HANG_PRIMARY);
    } finally {
      SERVERS.endAll();
    }
  }

  /** Lives through the first faults, and then through others by chance as long as is wanted. */
  private void suffer(List<Fault> first, Fault... then) throws Exception {
    LOG.info("replay with -Dhashslot.chaos.seed={}", seed);
    long endNs = CLOCK.monotonicNs() + TimeUnit.MINUTES.toNanos(Long.getLong(MINUTES, 0));
    int faults = 0;
    try (var load = new ChaosLoad(writes, cluster.servers(), replicas)) {
      awaitProgress();
      for (Fault fault : first) {
        live(fault);
        faults++;
      }
      while (CLOCK.monotonicNs() < endNs) {
        live(then[random.nextInt(then.length)]);
        faults++;
      }
      load.stop();
    }
    cluster.awaitHealthy();
    writes.check(cluster);
    everyShardHandsOver();
    writes.check(cluster);
    LOG.info(
        "{} faults, {} writes there, {} of them confirmed by all replicas; {} acknowledged ones"
            + " lost that were not",
        faults,
        writes.acknowledged(),
        writes.kept(),
        writes.lost());
  }

  /** What replicas have is seen when they are primaries. */
  private void everyShardHandsOver() throws IOException {
    confirmAll();
    List<ServerProcess> primaries =
        cluster.servers().stream().filter(ServerProcess::isPrimary).toList();
    for (ServerProcess primary : primaries) {
      cluster.replicasOf(primary).getFirst().takeOver();
    }
    cluster.awaitHealthy();
  }

  private void live(Fault fault) throws Exception {
    confirmAll();
    List<ServerProcess> primaries =
        cluster.servers().stream().filter(ServerProcess::isPrimary).toList();
    ServerProcess victim = primaries.get(random.nextInt(primaries.size()));
    List<ServerProcess> followers = cluster.replicasOf(victim);
    ServerProcess follower = followers.get(random.nextInt(followers.size()));
    LOG.info("{}: {} with {}", fault, victim, followers);
    switch (fault) {
      case KILL_PRIMARY -> {
        victim.kill();
        awaitHeir(victim, followers);
        victim.launch();
      }
      case HANG_PRIMARY -> {
        victim.pause();
        awaitHeir(victim, followers);
        victim.resume();
      }
      case KILL_REPLICA -> {
        follower.kill();
        follower.launch();
      }
      case HANG_BRIEFLY -> {
        ServerProcess one = random.nextBoolean() ? victim : follower;
        one.pause();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(NODE_TIMEOUT_MS / 2));
        one.resume();
      }
      case HAND_OVER -> follower.takeOver();
      case CUT_OFF -> cutOff(victim, followers);
    }
    cluster.servers().forEach(ServerProcess::awaitAnswer);
    cluster.awaitHealthy();
    awaitProgress();
    writes.check(cluster);
  }

  private void cutOff(ServerProcess victim, List<ServerProcess> followers) {
    TestNetwork net = network;
    if (net == null) {
      victim.pause();
      victim.resume();
      return;
    }
    net.unplug(victim.place());
    awaitHeir(victim, followers);
    net.heal();
  }

  private static void awaitHeir(ServerProcess victim, List<ServerProcess> followers) {
    TestCluster.until(
        "somebody takes over from " + victim,
        () -> followers.stream().anyMatch(ServerProcess::isPrimary));
  }

  /** Makes sure that replicas have all that was acknowledged until now: it is kept from here on. */
  private void confirmAll() throws IOException {
    KeptWrites.Moment moment = writes.moment();
    for (ServerProcess primary : cluster.servers()) {
      if (!primary.isPrimary()) continue;
      String key = TestCluster.keysOf(primary, 1, "barrier:").getFirst();
      try (RespConnection connection = primary.connect()) {
        assertThat(connection.call("SET", key, "x").asText()).isEqualTo("OK");
        TestCluster.until(
            "replicas of " + primary + " have everything", () -> isConfirmed(connection));
      }
    }
    writes.keep(moment);
  }

  private boolean isConfirmed(RespConnection connection) {
    try {
      return connection.call("WAIT", "" + replicas, "1000").asText().equals("" + replicas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitProgress() {
    int before = writes.acknowledged();
    TestCluster.until("clients go on writing", () -> writes.acknowledged() > before + 50);
  }
}
