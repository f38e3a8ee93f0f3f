package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Slots are moved the classic way, key by key, from our nodes to redis-server and valkey-server and
 * back, and between ours, while a client of the cluster counts and reads: every value of every type
 * arrives as it was, no count is lost, clients are redirected as they have to be, and subscribers
 * of shard channels are told when their slot leaves.
 */
@Timeout(300)
class ReshardIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int TAGS = 2;
  private static final int COUNTERS = 4;

  private static ServerProcess server(Program program) {
    return SERVERS.server(
        program, "--cluster-node-timeout", "30000", "--enable-debug-command", "yes");
  }

  /** Tags of different slots of the first quarter. */
  private static List<String> tags() {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "tag" + i)
        .filter(tag -> slotOf(tag) < Slots.COUNT / 4)
        .limit(TAGS)
        .toList();
  }

  private static int slotOf(String key) {
    return Slots.of(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A value of each kind, small and large. Scores have few digits: digests are made of their text,
   * which is not the same in all servers.
   */
  private static List<Command> values(String tag) {
    String key = "{" + tag + "}:";
    List<String> many = IntStream.range(0, 600).mapToObj(i -> "element " + i).toList();
    List<String> pairs = many.stream().flatMap(each -> Stream.of(each, "of " + each)).toList();
    List<String> scores =
        IntStream.range(0, 600).boxed().flatMap(i -> Stream.of("" + i / 8.0, "m" + i)).toList();
    return List.of(
        Command.of("SET", key + "still", tag),
        Command.of("SET", key + "number", "-77"),
        Command.of("SET", key + "fading", "x", "EX", "100000"),
        words("SET", key + "long", "x".repeat(100_000)),
        Command.of("PFADD", key + "loglog", "a", "b", "c"),
        Command.of("RPUSH", key + "list", "a", "", "3"),
        words("RPUSH", key + "longlist", many),
        Command.of("SADD", key + "ints", "1", "2", "70000"),
        words("SADD", key + "set", many),
        Command.of("HSET", key + "hash", "f", "v", "n", "1"),
        words("HSET", key + "longhash", pairs),
        Command.of("ZADD", key + "scores", "1.5", "a", "-inf", "b"),
        words("ZADD", key + "longscores", scores),
        Command.of("XADD", key + "stream", "5-1", "f", "v"),
        Command.of("XADD", key + "stream", "6-1", "f", "w"),
        Command.of("XGROUP", "CREATE", key + "stream", "group", "0"),
        Command.of(
            "XREADGROUP", "GROUP", "group", "me", "COUNT", "1", "STREAMS", key + "stream", ">"));
  }

  private static Command words(String command, String key, String value) {
    return words(command, key, List.of(value));
  }

  private static Command words(String command, String key, List<String> values) {
    return Command.of(Stream.concat(Stream.of(command, key), values.stream()).toList());
  }

  /** The values of a slot as their digests, by key; without the counters, which move on. */
  private static Map<String, String> digests(ServerProcess owner, String tag) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (RespConnection connection = owner.connect()) {
      for (Reply key :
          connection.call("CLUSTER", "GETKEYSINSLOT", "" + slotOf(tag), "1000").asItems()) {
        String name = key.asText();
        if (!name.contains("count")) {
          Reply digest = connection.call("DEBUG", "DIGEST-VALUE", name);
          digests.put(name, digest.asItems().getFirst().asText());
        }
      }
    }
    return digests;
  }

  @Test
  void slotsGoRoundAllKindsUnderLoad() throws Exception {
    ServerProcess ours = server(Program.HASHSLOT);
    ServerProcess otherOurs = server(Program.HASHSLOT);
    ServerProcess redis = server(Program.REDIS);
    ServerProcess valkey = server(Program.VALKEY);
    List<ServerProcess> all = List.of(ours, otherOurs, redis, valkey);
    all.forEach(ServerProcess::launch);
    all.forEach(ServerProcess::awaitAnswer);
    TestCluster cluster = TestCluster.form(all.stream().map(List::of).toList());
    Map<String, Map<String, String>> before = new TreeMap<>();
    try (RespConnection connection = ours.connect()) {
      for (String tag : tags()) {
        for (Command command : values(tag)) {
          Reply reply = connection.call(command);
          assertThat(reply.isFailure()).as(reply.asText()).isFalse();
        }
        before.put(tag, digests(ours, tag));
        assertThat(before.get(tag)).hasSize(14);
      }
    }
    List<ServerProcess> way = List.of(ours, redis, ours, valkey, ours, otherOurs, ours);
    ReshardLoad load = new ReshardLoad(all, tags(), COUNTERS);
    try (load) {
      load.awaitMore();
      for (int hop = 1; hop < way.size(); hop++) {
        for (String tag : tags()) {
          move(tag, way.get(hop - 1), way.get(hop), all);
          assertThat(digests(way.get(hop), tag))
              .as("%s from %s to %s", tag, way.get(hop - 1), way.get(hop))
              .isEqualTo(before.get(tag));
        }
        load.awaitMore();
      }
    }
    cluster.awaitHealthy();
    load.check(ours);
    for (ServerProcess other : all.subList(1, all.size())) {
      for (String tag : tags()) {
        assertThat(other.call("CLUSTER", "COUNTKEYSINSLOT", "" + slotOf(tag))).isEqualTo("0");
      }
    }
  }

  private static void move(
      String tag, ServerProcess from, ServerProcess to, List<ServerProcess> all)
      throws IOException {
    String slot = "" + slotOf(tag);
    String channel = "{" + tag + "}news";
    try (RespConnection subscriber = from.connect();
        RespConnection source = from.connect()) {
      assertThat(subscriber.call("SSUBSCRIBE", channel).asItems().getFirst().asText())
          .isEqualTo("ssubscribe");
      to.setSlot(slot, "IMPORTING", from);
      from.setSlot(slot, "MIGRATING", to);
      List<String> moved = moveSome(source, slot, to);
      List<String> left = keys(source, slot);
      assertThat(source.call("GET", moved.getFirst()).asText())
          .isEqualTo("ASK " + slot + ' ' + to.toldHost() + ':' + to.port());
      assertThat(source.call("EXISTS", left.getFirst(), moved.getFirst()).asText())
          .startsWith("TRYAGAIN ");
      while (!left.isEmpty()) {
        left = moveSome(source, slot, to);
      }
      to.setSlot(slot, "NODE", to);
      from.setSlot(slot, "NODE", to);
      assertThat(subscriber.receive().asItems().stream().limit(2).map(Reply::asText))
          .containsExactly("sunsubscribe", channel);
      for (ServerProcess other : all) {
        if (other != from && other != to) {
          other.setSlot(slot, "NODE", to);
        }
      }
    }
  }

  private static List<String> keys(RespConnection source, String slot) throws IOException {
    List<String> keys = new ArrayList<>();
    source.call("CLUSTER", "GETKEYSINSLOT", slot, "5").asItems().forEach(k -> keys.add(k.asText()));
    return keys;
  }

  private static List<String> moveSome(RespConnection source, String slot, ServerProcess to)
      throws IOException {
    List<String> keys = keys(source, slot);
    if (!keys.isEmpty()) {
      List<String> words =
          new ArrayList<>(List.of("MIGRATE", to.place().host(), "" + to.port(), ""));
      words.addAll(List.of("0", "60000", "KEYS"));
      words.addAll(keys);
      assertThat(source.call(words.toArray(String[]::new)).asText()).isEqualTo("OK");
    }
    return keys;
  }
}
