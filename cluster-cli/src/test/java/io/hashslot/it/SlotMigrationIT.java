package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Slots move atomically between real processes, while clients write to them: no write that was
 * acknowledged is lost, none is executed twice, whoever dies on the way.
 *
 * <p>{@code -Dmigration.kills=N} ends a side N times instead of twice.
 */
@Timeout(300)
class SlotMigrationIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Clock CLOCK = Clock.system();
  private static final int KEYS = 20_000;
  private static final int COUNTED = 50;

  /** A shard with a replica, another one, and a third for a majority. */
  private static List<ServerProcess> start() {
    return SERVERS.start(
        Program.HASHSLOT,
        4,
        "--cluster-node-timeout",
        "5000",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--repl-diskless-sync-delay",
        "0",
        "--cluster-allow-replica-migration",
        "no");
  }

  private static TestCluster form(List<ServerProcess> nodes) {
    return TestCluster.form(
        List.of(List.of(nodes.get(0)), List.of(nodes.get(1), nodes.get(3)), List.of(nodes.get(2))));
  }

  @Test
  void nothingIsLostOrDoubledWhoeverDiesOnTheWay() throws Exception {
    List<ServerProcess> nodes = start();
    TestCluster cluster = form(nodes);
    List<String> still = Migrations.keys(KEYS, "still:");
    Migrations.fill(nodes.get(0), still);
    moveToAndFro(nodes, cluster, still);
    killOnTheWay(nodes, cluster, still);
  }

  private static void moveToAndFro(
      List<ServerProcess> nodes, TestCluster cluster, List<String> still) throws Exception {
    ServerProcess one = nodes.get(0);
    ServerProcess other = nodes.get(1);
    Counters counters = new Counters(nodes, Migrations.keys(COUNTED, "count:"));
    try (counters) {
      TestCluster.until("the writer writes", () -> counters.sum() > COUNTED);
      Migrations.begin(one, other);
      TestCluster.until("the slots have moved", () -> Migrations.over(one));
      assertThat(Migrations.newest(one))
          .containsEntry("state", "success")
          .containsEntry("operation", "EXPORT");
      TestCluster.until("the target knows, too", () -> Migrations.over(other));
      assertThat(Migrations.newest(other))
          .containsEntry("state", "success")
          .containsEntry("operation", "IMPORT");
      long before = counters.sum();
      TestCluster.until("the writer goes on", () -> counters.sum() > before + COUNTED);
      TestCluster.until("the source has nothing left", () -> Migrations.size(one) == 0);
      TestCluster.until(
          "the replica shows all", () -> Migrations.size(nodes.get(3)) == KEYS + COUNTED);
      Migrations.begin(other, one);
      TestCluster.until("the slots have moved back", () -> Migrations.over(other));
      assertThat(Migrations.newest(other)).containsEntry("state", "success");
      TestCluster.until("all agree", () -> TestCluster.slotsOf(one).containsAll(Migrations.SLOTS));
    }
    cluster.awaitHealthy();
    counters.check(cluster);
    cluster.assertHolds(still);
    long all = KEYS + COUNTED;
    TestCluster.until(
        "each key is there once", () -> Migrations.size(one) == all && Migrations.size(other) == 0);
    TestCluster.until("the replica has let go, too", () -> Migrations.size(nodes.get(3)) == 0);
  }

  private static void killOnTheWay(
      List<ServerProcess> nodes, TestCluster cluster, List<String> still) throws Exception {
    long kills = Long.getLong("migration.kills", 2);
    long seed = Long.getLong("migration.seed", CLOCK.wallMs());
    SplittableRandom random = new SplittableRandom(seed);
    ServerProcess owner = nodes.get(0);
    ServerProcess other = nodes.get(2);
    long all = KEYS + COUNTED;
    for (int i = 0; i < kills; i++) {
      String what = "kill " + i + ", -Dmigration.seed=" + seed;
      ServerProcess victim = i % 2 == 0 ? other : owner;
      ServerProcess source = owner;
      ServerProcess target = other;
      Counters counters = new Counters(nodes, Migrations.keys(COUNTED, "count:" + i + ':'));
      try (counters) {
        TestCluster.until("the writer writes", () -> counters.sum() > COUNTED);
        Migrations.begin(source, target);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        victim.kill();
        victim.launch();
        victim.awaitAnswer();
        TestCluster.until("the migration has ended", () -> Migrations.over(source));
        cluster.awaitHealthy();
        long before = counters.sum();
        TestCluster.until("the writer goes on", () -> counters.sum() > before + COUNTED);
      }
      counters.check(cluster);
      cluster.assertHolds(still);
      all += COUNTED;
      long expected = all;
      TestCluster.until(
          "each key is there once: " + what,
          () -> Migrations.size(source) + Migrations.size(target) == expected);
      if (!TestCluster.slotsOf(source).containsAll(Migrations.SLOTS)) {
        assertThat(TestCluster.slotsOf(target).containsAll(Migrations.SLOTS)).as(what).isTrue();
        owner = target;
        other = source;
      }
    }
  }
}
