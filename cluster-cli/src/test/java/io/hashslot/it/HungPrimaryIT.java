package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary that lives but does not move. */
@Timeout(240)
class HungPrimaryIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Duration NAP = Duration.ofSeconds(15);
  private static final int NAPS = 4;

  private ServerProcess hung;
  private ServerProcess heir;
  private TestCluster cluster;

  @BeforeEach
  void fourNodes() {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            4,
            "--cluster-node-timeout",
            "3000",
            "--repl-diskless-sync-delay",
            "0",
            "--enable-debug-command",
            "local");
    hung = nodes.get(0);
    heir = nodes.get(3);
    cluster =
        TestCluster.form(
            List.of(List.of(hung, heir), List.of(nodes.get(1)), List.of(nodes.get(2))));
  }

  @Test
  void aStoppedProcessIsReplacedAndDemotesItselfWhenItGoesOn() throws Exception {
    List<String> keys = TestCluster.keysOf(hung, 200, "k:");
    cluster.write(keys);
    assertThat(hung.call("WAIT", "1", "60000")).isEqualTo("1");
    try (RespConnection old = hung.connect()) {
      String key = keys.getFirst();
      assertThat(old.call("GET", key).asText()).isEqualTo("value of " + key);

      hung.pause();
      TestCluster.until("its replica takes over", heir::isPrimary);
      hung.resume();

      List<String> replies = new ArrayList<>();
      TestCluster.until(
          "it follows the one that took over",
          () -> {
            replies.add(write(old, key));
            return !hung.isPrimary();
          });
      for (int i = 0; i < 100; i++) {
        assertThat(write(old, key)).startsWith("MOVED ").endsWith(heir.endpoint().toString());
      }
      assertThat(replies.stream().dropWhile(reply -> !reply.startsWith("MOVED ")))
          .as("replies from the first redirection on")
          .allMatch(reply -> reply.startsWith("MOVED "));
    }
    cluster.awaitHealthy();
    assertThat(cluster.replicasOf(heir)).containsExactly(hung);
    cluster.assertHolds(keys);
    cluster.write(keys);
  }

  /** The bus has a thread of its own, which must not speak well of a server that hangs. */
  @Test
  void aServerWhoseLoopsHangFallsSilentAndIsReplaced() throws Exception {
    List<String> keys = TestCluster.keysOf(hung, 200, "k:");
    cluster.write(keys);
    assertThat(hung.call("WAIT", "1", "60000")).isEqualTo("1");
    try (RespConnection sleeper = hung.connect();
        RespConnection other = hung.connect()) {
      other.setReadTimeoutMs(60_000);
      sleeper.setReadTimeoutMs(60_000);
      hangUntilReplaced(sleeper);
      // Writes that came meanwhile would be lost: they must not be acknowledged when it wakes.
      String key = keys.getFirst();
      Command tooLate = Command.of("SET", key, "too late");
      for (RespConnection connection : List.of(sleeper, other)) {
        connection.send(tooLate);
        connection.flush();
      }
      assertThat(sleeper.receive().asText()).isEqualTo("OK");
      assertThat(sleeper.receive().asText()).matches("CLUSTERDOWN .*|MOVED .*");
      assertThat(other.receive().asText()).matches("CLUSTERDOWN .*|MOVED .*");
      TestCluster.until("it follows the one that took over", () -> !hung.isPrimary());
      assertThat(write(other, key)).startsWith("MOVED ").endsWith(heir.endpoint().toString());
    }
    cluster.awaitHealthy();
    assertThat(cluster.replicasOf(heir)).containsExactly(hung);
    cluster.assertHolds(keys);
  }

  /**
   * Has all loops hang until the replica has taken over; they still do when this returns, or have
   * just woken. A machine that has too much to do may need more than one nap for that.
   */
  private void hangUntilReplaced(RespConnection sleeper) throws IOException {
    for (int nap = 1; nap <= NAPS; nap++) {
      if (nap > 1) assertThat(sleeper.receive().asText()).as("the end of a nap").isEqualTo("OK");
      sleeper.send(Command.of("DEBUG", "SLEEP", "" + NAP.toSeconds()));
      sleeper.flush();
      try {
        Awaitility.await("its replica takes over").atMost(NAP).until(heir::isPrimary);
        return;
      } catch (ConditionTimeoutException slow) {
        if (nap == NAPS) throw slow;
      }
    }
  }

  private static String write(RespConnection connection, String key) {
    try {
      return connection.call(Command.of("SET", key, "value of " + key)).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
