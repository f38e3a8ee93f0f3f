package io.hashslot.cluster;

import static io.hashslot.cluster.Members.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cluster.Members.Member;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * MIGRATESLOTS, GETSLOTMIGRATIONS and CANCELSLOTMIGRATIONS as clients see them: the texts are those
 * of Valkey 9, as far as its public documentation tells. The source has the slots 0 to 8191, the
 * target 8192 to 16000; the rest is nobody's.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlotMigrationRequestsIT {
  private static final String STRANGER = "0123456789".repeat(4);

  /** The slot of the tag {@code bar}. */
  private static final String SLOT = "5061";

  private static final int KEYS = 300;

  @TempDir private static Path folder;
  private static Members members;
  private static Member source;
  private static Member target;
  private static Member replica;

  @BeforeAll
  static void threeNodes() throws Exception {
    members = new Members(folder);
    String[] gaps = {"--cluster-require-full-coverage", "no"};
    source = members.ours(gaps);
    target = members.ours(gaps);
    replica = members.ours(gaps);
    source.call("CLUSTER", "SET-CONFIG-EPOCH", "1");
    target.call("CLUSTER", "SET-CONFIG-EPOCH", "2");
    source.call("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
    target.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16000");
    Members.join(source, target, replica);
    Members.follow(replica, target);
    until("they serve", () -> serves(source, "bar") && serves(target, "foo"));
  }

  private static boolean serves(Member member, String key) throws IOException {
    return member.call("SET", key, "x").equals("OK");
  }

  @AfterAll
  static void stop() throws Exception {
    members.close();
  }

  private static String migrate(Member on, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("CLUSTER", "MIGRATESLOTS"));
    all.addAll(List.of(words));
    return on.call(all.toArray(String[]::new));
  }

  /** The newest migration that a node tells of. */
  private static Map<String, String> newest(Member member) throws IOException {
    try (RespConnection connection = member.connect()) {
      Map<String, String> fields = new LinkedHashMap<>();
      List<Reply> all = connection.call("CLUSTER", "GETSLOTMIGRATIONS").asItems();
      List<Reply> items = all.isEmpty() ? List.of() : all.getFirst().asItems();
      for (int i = 0; i < items.size(); i += 2) {
        fields.put(items.get(i).asText(), items.get(i + 1).asText());
      }
      return fields;
    }
  }

  private static String state(Member member) throws IOException {
    return newest(member).getOrDefault("state", "");
  }

  private static int known(Member member) throws IOException {
    try (RespConnection connection = member.connect()) {
      return connection.call("CLUSTER", "GETSLOTMIGRATIONS").asItems().size();
    }
  }

  @Test
  @Order(1)
  void whatCannotBeDoneIsRefusedAndNothingBegins() throws Exception {
    String to = target.id();
    assertThat(migrate(source, "SLOTSRANGE", "0", "1", "NODE"))
        .isEqualTo("ERR wrong number of arguments for 'cluster|migrateslots' command");
    assertThat(migrate(source, "SLOTS", "0", "1", "NODE", to)).isEqualTo("ERR syntax error");
    assertThat(migrate(source, "SLOTSRANGE", "0", "x", "NODE", to))
        .isEqualTo("ERR Invalid or out of range slot");
    assertThat(migrate(source, "SLOTSRANGE", "5", "3", "NODE", to))
        .isEqualTo("ERR Start slot number 5 is greater than end slot number 3.");
    assertThat(migrate(source, "SLOTSRANGE", "0", "5", "5", "9", "NODE", to))
        .isEqualTo("ERR Slot range 5-9 overlaps with previous range 0-5.");
    assertThat(migrate(source, "SLOTSRANGE", "0", "5", "9", "NODE", to))
        .isEqualTo("ERR No end slot for final slot range");
    assertThat(migrate(source, "SLOTSRANGE", "NODE", to, "SLOTSRANGE", "0", "1", "NODE", to))
        .isEqualTo("ERR No slot ranges specified");
    assertThat(
            migrate(source, "SLOTSRANGE", "0", "5", "NODE", to, "SLOTSRANGE", "5", "9", "NODE", to))
        .isEqualTo("ERR Slot ranges in migrations overlap");
    assertThat(migrate(source, "SLOTSRANGE", "0", "1", "NODE", "x"))
        .isEqualTo("ERR Invalid node name: x");
    assertThat(migrate(source, "SLOTSRANGE", "0", "1", "NODE", STRANGER))
        .isEqualTo("ERR Unknown node name: " + STRANGER);
    assertThat(migrate(source, "SLOTSRANGE", "0", "1", "NODE", source.id()))
        .isEqualTo("ERR Target node can not be this node.");
    assertThat(migrate(source, "SLOTSRANGE", "0", "1", "NODE", replica.id()))
        .isEqualTo("ERR Target node is not a master");
    assertThat(migrate(source, "SLOTSRANGE", "9000", "9001", "NODE", to))
        .isEqualTo("ERR Slots are not served by this node.");
    assertThat(migrate(source, "SLOTSRANGE", "8191", "8192", "NODE", to))
        .isEqualTo("ERR Requested slots span multiple shards");
    assertThat(migrate(source, "SLOTSRANGE", "16001", "16001", "NODE", to))
        .isEqualTo("ERR Slot 16001 has no node served.");
    assertThat(migrate(replica, "SLOTSRANGE", "9000", "9001", "NODE", source.id()))
        .isEqualTo("ERR Slot migration can only be used on primary nodes.");
    slotsThatAreMovedByHandStayOut(to);
    // Nothing of a request with one bad order is begun.
    assertThat(
            migrate(
                source,
                "SLOTSRANGE",
                "0",
                "1",
                "NODE",
                to,
                "SLOTSRANGE",
                "9000",
                "9000",
                "NODE",
                to))
        .isEqualTo("ERR Slots are not served by this node.");
    assertThat(known(source)).isZero();
    assertThat(source.call("CLUSTER", "CANCELSLOTMIGRATIONS"))
        .isEqualTo("ERR No migrations ongoing");
  }

  private static void slotsThatAreMovedByHandStayOut(String to) throws IOException {
    source.call("CLUSTER", "SETSLOT", "7", "MIGRATING", to);
    source.call("CLUSTER", "SETSLOT", "9000", "IMPORTING", to);
    assertThat(migrate(source, "SLOTSRANGE", "0", "10", "NODE", to))
        .isEqualTo("ERR Slots are being manually migrated");
    assertThat(migrate(source, "SLOTSRANGE", "9000", "9000", "NODE", to))
        .isEqualTo("ERR Slots are being manually imported");
    source.call("CLUSTER", "SETSLOT", "7", "STABLE");
    source.call("CLUSTER", "SETSLOT", "9000", "STABLE");
  }

  private static void fill() throws IOException {
    try (RespConnection connection = source.connect()) {
      connection.call("DEL", "bar");
      for (int i = 0; i < KEYS; i++) {
        assertThat(connection.call("SET", "{bar}" + i, "x").isOk()).isTrue();
      }
    }
  }

  @Test
  @Order(2)
  void aMigrationThatIsCancelledLeavesNothingBehind() throws Exception {
    fill();
    // A minute for all keys, if nobody cancels it.
    source.call("CONFIG", "SET", "rdb-key-save-delay", "200000");
    assertThat(migrate(source, "SLOTSRANGE", SLOT, SLOT, "5070", "5071", "NODE", target.id()))
        .isEqualTo("OK");
    assertThat(migrate(source, "SLOTSRANGE", SLOT, SLOT, "NODE", target.id()))
        .isEqualTo("ERR I am already migrating slot " + SLOT + ".");
    until("it is on its way", () -> state(source).equals("snapshotting"));
    until("keys come", () -> state(target).equals("receiving-snapshot"));
    Map<String, String> seen = newest(source);
    assertThat(seen.keySet())
        .containsExactly(
            "name",
            "operation",
            "slot_ranges",
            "target_node",
            "source_node",
            "create_time",
            "last_update_time",
            "last_ack_time",
            "state",
            "message");
    assertThat(seen)
        .containsEntry("operation", "EXPORT")
        .containsEntry("slot_ranges", SLOT + " 5070-5071")
        .containsEntry("target_node", target.id())
        .containsEntry("source_node", source.id())
        .containsEntry("message", "");
    assertThat(seen.get("name")).matches("[0-9a-f]{40}");
    assertThat(Long.parseLong(seen.get("create_time"))).isPositive();
    assertThat(newest(target))
        .containsEntry("operation", "IMPORT")
        .containsEntry("name", seen.get("name"));
    assertThat(target.call("CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("0");
    try (RespConnection modern = source.connect()) {
      modern.call("HELLO", "3");
      assertThat(modern.call("CLUSTER", "GETSLOTMIGRATIONS").asItems())
          .singleElement()
          .isInstanceOf(Reply.MapOf.class);
    }

    assertThat(source.call("CLUSTER", "CANCELSLOTMIGRATIONS")).isEqualTo("OK");
    until("it is cancelled", () -> state(source).equals("cancelled"));
    until("the target has thrown it away", () -> state(target).equals("failed"));
    assertThat(source.call("CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("" + KEYS);
    assertThat(target.call("GET", "{bar}1")).startsWith("MOVED " + SLOT);
    until(
        "nothing is left to be cancelled",
        () -> source.call("CLUSTER", "CANCELSLOTMIGRATIONS").equals("ERR No migrations ongoing"));
  }

  @Test
  @Order(3)
  void whatHasEndedIsRememberedAsLongAsTheDirectiveSays() throws Exception {
    source.call("CONFIG", "SET", "rdb-key-save-delay", "0");
    assertThat(migrate(source, "SLOTSRANGE", SLOT, SLOT, "NODE", target.id())).isEqualTo("OK");
    until("it has moved", () -> state(source).equals("success"));
    until("the target knows, too", () -> state(target).equals("success"));
    assertThat(target.call("CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("" + KEYS);
    until("the source sends clients on", () -> source.call("GET", "{bar}1").startsWith("MOVED"));
    until("both are remembered", () -> known(source) == 2);
    source.call("CONFIG", "SET", "cluster-slot-migration-log-max-len", "1");
    assertThat(migrate(target, "SLOTSRANGE", SLOT, SLOT, "NODE", source.id())).isEqualTo("OK");
    until("it is back", () -> "IMPORT".equals(newest(source).get("operation")));
    until("and over", () -> state(source).equals("success"));
    until("only the last one is remembered", () -> known(source) == 1);
    assertThat(source.call("CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("" + KEYS);
  }
}
