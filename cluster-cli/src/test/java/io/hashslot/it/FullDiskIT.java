package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.resp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose nodes.conf cannot be saved says nothing that rests on it, and ends. */
@Timeout(240)
class FullDiskIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  /** Slots that make many ranges, so that nodes.conf needs more room than it has. */
  private static final String[] MANY_SLOTS = manySlots();

  private static String[] manySlots() {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = 1; slot < 8000; slot += 2) {
      words.add("" + slot);
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"HASHSLOT", "REDIS", "VALKEY"})
  void whatCannotBeSavedIsNotAnsweredAndTheNodeComesBackWithWhatItHad(Program program)
      throws Exception {
    Path folder = SERVERS.folder();
    try (SmallDisk disk = SmallDisk.in(folder)) {
      ServerProcess node = SERVERS.server(program, "--dir", "" + folder);
      node.launch();
      node.awaitAnswer();
      String id = node.id();
      node.call("CLUSTER", "ADDSLOTS", "0");
      disk.fill();
      if (program == Program.HASHSLOT) {
        // What needs no more room is saved as ever.
        assertThat(node.call("CLUSTER", "BUMPEPOCH")).startsWith("BUMPED");
        assertThat(node.call("CLUSTER", "SAVECONFIG")).isEqualTo("OK");
      }

      assertThat(outcome(node, MANY_SLOTS)).isEqualTo("no answer");
      await().atMost(ServerProcess.PATIENCE).until(() -> !node.isRunning());
      if (program == Program.HASHSLOT) {
        assertThat(Files.readString(node.log()))
            .contains("nodes.conf cannot be written: this node must not go on");
        assertThat(Files.readString(folder.resolve("nodes.conf"))).contains("currentEpoch 1 ");
      }

      disk.clear();
      node.launch();
      node.awaitAnswer();
      assertThat(node.id()).isEqualTo(id);
      if (program != Program.REDIS) { // whose file was overwritten as far as there was room
        assertThat(slots(node)).isEqualTo("1");
        assertThat(node.call(MANY_SLOTS)).isEqualTo("OK");
        assertThat(slots(node)).isEqualTo("4001");
      }
      node.kill();
    }
  }

  private static String slots(ServerProcess node) {
    return ServerProcess.field(node.call("CLUSTER", "INFO"), "cluster_slots_assigned");
  }

  private static String outcome(ServerProcess node, String... words) {
    try {
      Reply reply = node.tryCall(words);
      return reply.asText();
    } catch (IOException ended) {
      return "no answer";
    }
  }
}
