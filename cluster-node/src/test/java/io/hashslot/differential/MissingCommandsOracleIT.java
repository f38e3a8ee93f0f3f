package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What valkey-server 8.0.1 has and we have not, all of it, each with a reason. */
class MissingCommandsOracleIT {
  @TempDir Path folder;

  @Test
  void whatIsMissingIsKnown() throws Exception {
    Oracle.VALKEY.program();
    Path home = Files.createDirectory(folder.resolve("oracle"));
    try (OracleServer oracle = OracleServer.start(Oracle.VALKEY, home, "--save", "");
        RunningNode node = new RunningNode(folder.resolve("node"));
        Server theirs = new Server(oracle.port());
        Server ours = new Server(node.port())) {
      Set<String> missing = names(theirs);
      missing.removeAll(names(ours));
      assertThat(missing).as("what stands in missing-commands.txt").isEqualTo(known());
    }
  }

  private static Set<String> names(Server server) throws IOException {
    return server.run("COMMAND", "LIST").items().stream()
        .map(RawReply::body)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines of {@code names: reason}. */
  private static Set<String> known() throws IOException {
    try (InputStream in =
        MissingCommandsOracleIT.class.getResourceAsStream("missing-commands.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .flatMap(line -> Set.of(line.substring(0, line.indexOf(": ")).split(" ")).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
