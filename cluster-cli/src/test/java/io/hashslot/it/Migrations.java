package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same slots, with keys, on their way from one primary to another. */
final class Migrations {
  static final SlotSet SLOTS = SlotSet.range(0, 500);

  private Migrations() {}

  /** Names of keys of the slots that move. */
  static List<String> keys(int count, String prefix) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      // One tag for hundreds of keys: most tags are of other slots.
      String tag = prefix + i;
      if (SLOTS.contains(Slots.of(tag.getBytes(StandardCharsets.UTF_8)))) {
        for (int j = 0; j < 500 && keys.size() < count; j++) {
          keys.add("{" + tag + "}" + j);
        }
      }
    }
    return keys;
  }

  /** Gives the keys the values that {@link TestCluster#assertHolds} knows. */
  static void fill(ServerProcess node, List<String> keys) throws IOException {
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

  static void begin(ServerProcess from, ServerProcess to) {
    assertThat(from.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", "0", "500", "NODE", to.id()))
        .isEqualTo("OK");
  }

  /** The newest migration that a node knows of; empty if it knows of none. */
  static Map<String, String> newest(ServerProcess node) {
    List<Reply> all;
    try {
      all = node.tryCall("CLUSTER", "GETSLOTMIGRATIONS").asItems();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> fields = new HashMap<>();
    if (!all.isEmpty()) {
      List<Reply> flat = all.getFirst().asItems();
      for (int i = 0; i < flat.size(); i += 2) {
        fields.put(flat.get(i).asText(), flat.get(i + 1).asText());
      }
    }
    return fields;
  }

  /** Whether the newest migration has ended; false if the node does not answer. */
  static boolean over(ServerProcess node) {
    try {
      return List.of("success", "failed", "cancelled")
          .contains(newest(node).getOrDefault("state", "failed"));
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  static long size(ServerProcess node) {
    return Long.parseLong(node.call("DBSIZE"));
  }
}
