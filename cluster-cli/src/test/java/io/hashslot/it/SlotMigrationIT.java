package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final SlotSet MOVED = SlotSet.range(0, 500);
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

  /** Keys of the slots that move. */
  private static List<String> keys(int count, String prefix) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      // One tag for hundreds of keys: most tags are of other slots.
      String tag = prefix + i;
      if (MOVED.contains(Slots.of(tag.getBytes(StandardCharsets.UTF_8)))) {
        for (int j = 0; j < 500 && keys.size() < count; j++) {
          keys.add("{" + tag + "}" + j);
        }
      }
    }
    return keys;
  }

  private static void fill(ServerProcess node, List<String> keys) throws IOException {
    try (RespConnection connection = node.connect()) {
      for (int from = 0; from < keys.size(); from += 1_000) {
        List<Command> sets =
            keys.subList(from, Math.min(keys.size(), from + 1_000)).stream()
                .map(key -> Command.of("SET", key, "value of " + key))
                .toList();
        assertThat(connection.pipeline(sets)).allMatch(reply -> reply.asText().equals("OK"));
      }
    }
  }

  private static void move(ServerProcess from, ServerProcess to) {
    assertThat(from.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", "0", "500", "NODE", to.id()))
        .isEqualTo("OK");
  }

  /** The newest migration that a node knows of. */
  private static Map<String, String> newest(ServerProcess node) throws IOException {
    List<Reply> all = node.tryCall("CLUSTER", "GETSLOTMIGRATIONS").asItems();
    Map<String, String> fields = new HashMap<>();
    if (!all.isEmpty()) {
      List<Reply> flat = all.getFirst().asItems();
      for (int i = 0; i < flat.size(); i += 2) {
        fields.put(flat.get(i).asText(), flat.get(i + 1).asText());
      }
    }
    return fields;
  }

  private static boolean over(ServerProcess node) {
    try {
      return List.of("success", "failed", "cancelled")
          .contains(newest(node).getOrDefault("state", "failed"));
    } catch (IOException e) {
      return false;
    }
  }

  private static long size(ServerProcess node) {
    return Long.parseLong(node.call("DBSIZE"));
  }

  @Test
  void nothingIsLostOrDoubledWhoeverDiesOnTheWay() throws Exception {
    List<ServerProcess> nodes = start();
    TestCluster cluster = form(nodes);
    List<String> still = keys(KEYS, "still:");
    fill(nodes.get(0), still);
    moveToAndFro(nodes, cluster, still);
    killOnTheWay(nodes, cluster, still);
  }

  private static void moveToAndFro(
      List<ServerProcess> nodes, TestCluster cluster, List<String> still) throws Exception {
    ServerProcess one = nodes.get(0);
    ServerProcess other = nodes.get(1);
    Counters counters = new Counters(nodes, keys(COUNTED, "count:"));
    try (counters) {
      TestCluster.until("the writer writes", () -> counters.sum() > COUNTED);
      move(one, other);
      TestCluster.until("the slots have moved", () -> over(one));
      assertThat(newest(one))
          .containsEntry("state", "success")
          .containsEntry("operation", "EXPORT");
      TestCluster.until("the target knows, too", () -> over(other));
      assertThat(newest(other))
          .containsEntry("state", "success")
          .containsEntry("operation", "IMPORT");
      long before = counters.sum();
      TestCluster.until("the writer goes on", () -> counters.sum() > before + COUNTED);
      TestCluster.until("the source has nothing left", () -> size(one) == 0);
      TestCluster.until("the replica shows all", () -> size(nodes.get(3)) == KEYS + COUNTED);
      move(other, one);
      TestCluster.until("the slots have moved back", () -> over(other));
      assertThat(newest(other)).containsEntry("state", "success");
      TestCluster.until("all agree", () -> TestCluster.slotsOf(one).containsAll(MOVED));
    }
    cluster.awaitHealthy();
    counters.check(cluster);
    cluster.assertHolds(still);
    long all = KEYS + COUNTED;
    TestCluster.until("each key is there once", () -> size(one) == all && size(other) == 0);
    TestCluster.until("the replica has let go, too", () -> size(nodes.get(3)) == 0);
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
      Counters counters = new Counters(nodes, keys(COUNTED, "count:" + i + ':'));
      try (counters) {
        TestCluster.until("the writer writes", () -> counters.sum() > COUNTED);
        move(source, target);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        victim.kill();
        victim.launch();
        victim.awaitAnswer();
        TestCluster.until("the migration has ended", () -> over(source));
        cluster.awaitHealthy();
        long before = counters.sum();
        TestCluster.until("the writer goes on", () -> counters.sum() > before + COUNTED);
      }
      counters.check(cluster);
      cluster.assertHolds(still);
      all += COUNTED;
      long expected = all;
      TestCluster.until(
          "each key is there once: " + what, () -> size(source) + size(target) == expected);
      if (!TestCluster.slotsOf(source).containsAll(MOVED)) {
        assertThat(TestCluster.slotsOf(target).containsAll(MOVED)).as(what).isTrue();
        owner = target;
        other = source;
      }
    }
  }
}
