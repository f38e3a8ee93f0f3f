package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clusters of real processes whose nodes die, hang and are cut off under load, one at a time: each
 * fault comes when the one before is healed, since what two at once may cost depends on chance. No
 * write may be lost that was promised to be kept, nothing may appear that nobody wrote, and the
 * cluster must become whole by itself. What is promised: with {@code cluster-write-acks} whatever
 * was acknowledged, without whatever all replicas had confirmed. What else was lost is in a file of
 * the primary that was demoted, unless its process died.
 *
 * <p>{@code -Dhashslot.chaos.minutes=N} goes on for so long, in each of all forms; {@code
 * -Dhashslot.chaos.seed=N} repeats a choice of faults. The long forms have each node in a network
 * namespace of its own where that is allowed; elsewhere nothing is cut.
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
  private final Map<ChaosFault, Integer> faults = new EnumMap<>(ChaosFault.class);
  private final List<Long> failoversMs = new ArrayList<>();
  private KeptWrites writes = new KeptWrites(false);
  private TestCluster cluster;
  private int replicas;
  private boolean onlyOurs;
  private int lostWithProcesses;
  private int lostIntoFiles;
  private @Nullable TestNetwork network;

  @AfterEach
  void closeNetwork() throws Exception {
    if (network != null) network.close();
  }

  /** Starts a cluster; the first third of the programs, or half, become primaries. */
  private void form(List<Program> programs, int replicasEach, String... options) {
    replicas = replicasEach;
    onlyOurs = programs.stream().allMatch(program -> program == Program.HASHSLOT);
    int primaries = programs.size() / (replicasEach + 1);
    List<List<ServerProcess>> shards = new ArrayList<>();
    for (int i = 0; i < primaries; i++) shards.add(new ArrayList<>());
    for (int i = 0; i < programs.size(); i++) {
      Place place = network == null ? Place.HERE : network.places().get(i);
      List<String> words = new ArrayList<>(List.of(options));
      words.addAll(List.of("--cluster-node-timeout", "" + NODE_TIMEOUT_MS));
      words.addAll(List.of("--repl-diskless-sync-delay", "0", "--repl-backlog-size", "64mb"));
      ServerProcess server = SERVERS.server(programs.get(i), place, words.toArray(String[]::new));
      shards.get(i % primaries).add(server);
      server.launch();
    }
    shards.forEach(shard -> shard.forEach(ServerProcess::awaitAnswer));
    cluster = TestCluster.form(shards);
  }

  private void formOfOurs(int nodes, int replicasEach, String... options) {
    form(Collections.nCopies(nodes, Program.HASHSLOT), replicasEach, options);
  }

  /** With a network to cut, if there can be one. */
  private void openNetwork(int machines) throws Exception {
    network = TestNetwork.openIfAllowed(machines);
    if (network == null) LOG.warn("nothing will be cut");
  }

  private void promiseAll() {
    writes = new KeptWrites(true);
  }

  @Test
  void sixNodesKeepWhatTheyAcknowledged() throws Exception {
    promiseAll();
    formOfOurs(6, 1, "--cluster-write-acks", "1");
    suffer(ChaosFault.KILL_PRIMARY, ChaosFault.HANG_PRIMARY);
  }

  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void sixNodesThatAreCutKeepWhatTheyAcknowledged() throws Exception {
    openNetwork(6);
    promiseAll();
    formOfOurs(6, 1, "--cluster-write-acks", "1");
    suffer(ChaosFault.all(network != null));
  }

  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void nineNodesThatAreCutKeepWhatTheyAcknowledged() throws Exception {
    openNetwork(9);
    promiseAll();
    formOfOurs(9, 2, "--cluster-write-acks", "majority");
    suffer(ChaosFault.all(network != null));
  }

  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void sixNodesKeepWhatTheyConfirmed() throws Exception {
    openNetwork(6);
    formOfOurs(6, 1);
    suffer(ChaosFault.all(network != null));
  }

  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void nineNodesKeepWhatTheyConfirmed() throws Exception {
    openNetwork(9);
    formOfOurs(9, 2);
    suffer(ChaosFault.all(network != null));
  }

  /** A primary of each kind, and replicas of which one side of each pair is ours. */
  @Test
  @EnabledIfSystemProperty(named = MINUTES, matches = ".*")
  void aMixedClusterKeepsWhatItConfirmed() throws Exception {
    openNetwork(6);
    form(
        List.of(
            Program.HASHSLOT,
            Program.REDIS,
            Program.VALKEY,
            Program.REDIS,
            Program.HASHSLOT,
            Program.HASHSLOT),
        1);
    suffer(ChaosFault.all(network != null));
  }

  /** Lives through each fault once, and then through others by chance as long as is wanted. */
  private void suffer(ChaosFault... kinds) throws Exception {
    LOG.info("replay with -Dhashslot.chaos.seed={}", seed);
    long endNs = CLOCK.monotonicNs() + TimeUnit.MINUTES.toNanos(Long.getLong(MINUTES, 0));
    try (var load = new ChaosLoad(writes, cluster.servers(), replicas)) {
      awaitProgress();
      for (ChaosFault fault : kinds) live(fault);
      while (CLOCK.monotonicNs() < endNs) live(kinds[random.nextInt(kinds.length)]);
      load.stop();
    }
    cluster.awaitHealthy();
    account(writes.check(cluster), true);
    everyShardHandsOver();
    account(writes.check(cluster), true);
    Collections.sort(failoversMs);
    LOG.info(
        "{} faults {}; successors after {} ms; {} acknowledged writes, {} of them promised and none"
            + " of these lost; lost: {} with processes that died, {} into files",
        faults.values().stream().mapToInt(Integer::intValue).sum(),
        faults,
        failoversMs,
        writes.acknowledged(),
        writes.kept(),
        lostWithProcesses,
        lostIntoFiles);
  }

  /** What replicas have is seen when they are primaries. */
  private void everyShardHandsOver() throws IOException {
    confirmAll();
    for (ServerProcess primary : primaries()) {
      cluster.replicasOf(primary).getFirst().takeOver();
    }
    cluster.awaitHealthy();
  }

  private List<ServerProcess> primaries() {
    return cluster.servers().stream().filter(ServerProcess::isPrimary).toList();
  }

  private void live(ChaosFault fault) throws Exception {
    confirmAll();
    List<ServerProcess> primaries = primaries();
    ServerProcess victim = primaries.get(random.nextInt(primaries.size()));
    List<ServerProcess> followers = cluster.replicasOf(victim);
    ServerProcess follower = followers.get(random.nextInt(followers.size()));
    LOG.info("{}: {} with {}", fault, victim, followers);
    faults.merge(fault, 1, Integer::sum);
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
      case UNPLUG_PRIMARY, CUT_OFF_PRIMARY, CUT_ONE_WAY, CUT_OFF_ZONE ->
          cut(fault, victim, followers);
    }
    cluster.servers().forEach(ServerProcess::awaitAnswer);
    cluster.awaitHealthy();
    awaitProgress();
    account(writes.check(cluster), fault != ChaosFault.KILL_PRIMARY);
  }

  private void cut(ChaosFault fault, ServerProcess victim, List<ServerProcess> followers)
      throws InterruptedException {
    TestNetwork net = network;
    if (net == null) throw new AssertionError("no network to cut");
    switch (fault) {
      case UNPLUG_PRIMARY -> {
        net.unplug(victim.place());
        awaitHeir(victim, followers);
      }
      case CUT_OFF_PRIMARY -> {
        net.part(List.of(victim.place()), net.othersThan(List.of(victim.place())));
        awaitHeir(victim, followers);
      }
      case CUT_ONE_WAY -> {
        List<ServerProcess> all = cluster.servers();
        List<Place> one = List.of(all.get(random.nextInt(all.size())).place());
        if (random.nextBoolean()) net.silence(one, net.othersThan(one));
        else net.silence(net.othersThan(one), one);
        someTimeouts();
      }
      default -> {
        List<Place> zone = zone(random.nextInt(replicas + 1));
        net.part(zone, net.othersThan(zone));
        someTimeouts();
      }
    }
    net.heal();
  }

  /** Each zone has one node of each shard, but not of the same turn. */
  private List<Place> zone(int number) {
    int shards = cluster.servers().size() / (replicas + 1);
    List<Place> zone = new ArrayList<>();
    for (int i = 0; i < cluster.servers().size(); i++) {
      // The cluster lists its servers shard by shard.
      int shard = i / (replicas + 1);
      int copy = i % (replicas + 1);
      assertThat(shard).isLessThan(shards);
      if ((shard + copy) % (replicas + 1) == number) zone.add(cluster.servers().get(i).place());
    }
    return zone;
  }

  private void someTimeouts() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(NODE_TIMEOUT_MS / 2, 3 * NODE_TIMEOUT_MS));
  }

  private void awaitHeir(ServerProcess victim, List<ServerProcess> followers) {
    long beginNs = CLOCK.monotonicNs();
    TestCluster.until(
        "somebody takes over from " + victim,
        () -> followers.stream().anyMatch(ServerProcess::isPrimary));
    failoversMs.add(TimeUnit.NANOSECONDS.toMillis(CLOCK.monotonicNs() - beginNs));
  }

  /**
   * Looks for what was lost in the files that demoted primaries of ours keep.
   *
   * @param inFiles whether all of it must be there, since no process died
   */
  private void account(Map<String, BitSet> lost, boolean inFiles) throws IOException {
    if (lost.isEmpty()) return;
    var files = new LostWritesOf(cluster.servers());
    lost.forEach(
        (key, numbers) -> {
          var gone = (BitSet) numbers.clone();
          gone.andNot(files.of(key));
          if (inFiles && onlyOurs) {
            assertThat(gone.isEmpty()).as("%s of %s are in no file", gone, key).isTrue();
          }
          lostWithProcesses += gone.cardinality();
          lostIntoFiles += numbers.cardinality() - gone.cardinality();
        });
  }

  /** Makes sure that replicas have all that was acknowledged until now: it is kept from here on. */
  private void confirmAll() throws IOException {
    KeptWrites.Moment moment = writes.moment();
    for (ServerProcess primary : primaries()) {
      TestCluster.until("replicas of " + primary + " have everything", () -> isConfirmed(primary));
    }
    writes.keep(moment);
  }

  /**
   * Behind a write of this client: WAIT asks for what its own client wrote last. Where replies wait
   * for replicas, a busy machine may be too slow for it once.
   */
  private boolean isConfirmed(ServerProcess primary) {
    String key = TestCluster.keysOf(primary, 1, "barrier:").getFirst();
    try (RespConnection connection = primary.connect()) {
      return connection.call("SET", key, "x").asText().equals("OK")
          && connection.call("WAIT", "" + replicas, "1000").asText().equals("" + replicas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitProgress() {
    int before = writes.acknowledged();
    TestCluster.until("clients go on writing", () -> writes.acknowledged() > before + 50);
  }
}
