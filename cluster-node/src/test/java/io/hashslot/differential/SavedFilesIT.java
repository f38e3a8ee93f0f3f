package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of both C servers, and of ones before them, are loaded as valkey-server loads them. */
class SavedFilesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "craft-v10-listpacks",
        "redis70-types",
        "redis70-quicklist-lzf",
        "redis70-streams",
        "valkey80-types",
        "valkey80-quicklist-lzf",
        "valkey80-streams"
      })
  void filesAreLoadedAsValkeyLoadsThem(String name) throws Exception {
    load(
        name,
        (ours, theirs) -> {
          long nowMs = Clock.system().wallMs();
          List<String> expected = DataSet.of(theirs, nowMs);
          assertThat(expected).as("loaded by valkey-server").hasSizeGreaterThan(8);
          assertThat(DataSet.of(ours, nowMs)).isEqualTo(expected);
        });
  }

  /**
   * One of its sorted sets stands out of order in the file. Valkey leaves it so; here it is put in
   * order, which digests do not tell.
   */
  @Test
  void aFileOfOldFormsHoldsTheSameData() throws Exception {
    load(
        "craft-legacy-v9",
        (ours, theirs) -> {
          assertThat(theirs.run("DBSIZE").text()).startsWith(":15");
          assertThat(ours.run("DEBUG", "DIGEST").text())
              .isEqualTo(theirs.run("DEBUG", "DIGEST").text());
          assertThat(ours.run("OBJECT", "ENCODING", "zset12").text())
              .isEqualTo(theirs.run("OBJECT", "ENCODING", "zset12").text());
        });
  }

  private interface Check {
    void of(Server ours, Server theirs) throws IOException;
  }

  private void load(String name, Check check) throws Exception {
    Oracle.VALKEY.program();
    int port = Ports.next();
    List<String> words =
        List.of(
            "--save",
            "",
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--dir",
            copy(name, "ours"),
            "--enable-debug-command",
            "yes");
    try (Node node = Node.start(Config.of(words.toArray(String[]::new)));
        OracleServer oracle =
            OracleServer.start(
                Oracle.VALKEY,
                Path.of(copy(name, "theirs")),
                "--save",
                "",
                "--enable-debug-command",
                "yes");
        Server ours = new Server(port);
        Server theirs = new Server(oracle.port())) {
      assertThat(node.table().all()).isNotEmpty();
      check.of(ours, theirs);
    }
  }

  /** A folder of its own with the file. */
  private String copy(String name, String whose) throws IOException {
    Path own = Files.createDirectories(folder.resolve(whose));
    try (InputStream in =
        Objects.requireNonNull(SavedFilesIT.class.getResourceAsStream("/rdb/" + name + ".rdb"))) {
      Files.copy(in, own.resolve("dump.rdb"));
    }
    return own.toString();
  }
}
