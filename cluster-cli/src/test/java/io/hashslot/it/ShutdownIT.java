package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server ends when it is told to, but not before the data is safe. */
@Timeout(120)
class ShutdownIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private ServerProcess node;

  @BeforeEach
  void start() {
    node =
        SERVERS
            .start(
                Program.HASHSLOT,
                1,
                "--save",
                "3600 1000",
                "--cluster-require-full-coverage",
                "no",
                "--pidfile",
                "server.pid")
            .getFirst();
    node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    awaitServing();
    node.call("SET", "k", "v");
  }

  private void awaitServing() {
    Awaitility.await("slots are served")
        .atMost(ServerProcess.PATIENCE)
        .until(() -> !node.tryCall("GET", "k").isFailure());
  }

  private void awaitEnd() {
    Awaitility.await(node + " ends").atMost(ServerProcess.PATIENCE).until(() -> !node.isRunning());
  }

  private void startAgain() {
    node.launch();
    node.awaitAnswer();
    awaitServing();
  }

  private void shutdown(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("SHUTDOWN"));
    words.addAll(List.of(options));
    try (RespConnection connection = node.connect()) {
      assertThatThrownBy(() -> connection.call(words.toArray(new String[0])))
          .as("the link ends without an answer")
          .isInstanceOf(IOException.class);
    }
    awaitEnd();
  }

  @Test
  void savesWhenSavePointsAreSet() throws Exception {
    shutdown();
    startAgain();
    assertThat(node.call("GET", "k")).isEqualTo("v");
  }

  @Test
  void losesWhatItIsToldNotToSave() throws Exception {
    shutdown("NOSAVE", "NOW");
    startAgain();
    assertThat(node.call("DBSIZE")).isEqualTo("0");
  }

  @Test
  void endsWithoutAnErrorOnSigterm() {
    Path pidFile = node.folder().resolve("server.pid");
    assertThat(pidFile).exists();
    node.stop();
    assertThat(pidFile).doesNotExist();
    startAgain();
    assertThat(node.call("GET", "k")).isEqualTo("v");
  }

  @Test
  void goesOnWhenTheDataCannotBeSaved() throws Exception {
    // A folder in the place of the file cannot be replaced by a file.
    Path file = node.folder().resolve("dump.rdb");
    Files.createDirectories(file.resolve("full"));
    assertThat(node.tryCall("SHUTDOWN").asText())
        .isEqualTo("ERR Errors trying to SHUTDOWN. Check logs.");
    assertThat(node.call("SET", "k", "w")).isEqualTo("OK");
    shutdown("FORCE");
  }
}
