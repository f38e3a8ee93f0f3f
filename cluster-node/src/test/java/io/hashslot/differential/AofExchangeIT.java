package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Append-only files go either way: random values of all types, rewritten in between, written by one
 * server and read by another. Seed and number of requests are those of {@link OwnFilesIT}.
 */
class AofExchangeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static String[] options(String preamble) {
    List<String> words = new ArrayList<>(List.of("--save", "", "--enable-debug-command", "yes"));
    words.addAll(List.of("--appendonly", "yes", "--aof-timestamp-enabled", "yes"));
    words.addAll(List.of("--aof-use-rdb-preamble", preamble));
    return words.toArray(String[]::new);
  }

  /** Writes, has the files rewritten, and writes on; returns digests of what is there then. */
  private static List<String> work(Server server) throws IOException {
    OwnFilesIT.fill(server);
    assertThat(server.run("BGREWRITEAOF").head()).startsWith("+Background append only file");
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              String info = server.run("INFO", "persistence").body();
              return info.contains("aof_rewrite_in_progress:0")
                  && info.contains("aof_rewrite_scheduled:0");
            });
    server.run("MULTI");
    server.run("SELECT", "5");
    server.run("SET", "in a transaction", "1");
    server.run("RPUSH", "large:list", "2");
    server.run("EXEC");
    OwnFilesIT.further(server);
    return OwnFilesIT.digests(server);
  }

  private static void copy(Path from, Path to) throws IOException {
    Path target = Files.createDirectories(to.resolve("appendonlydir"));
    try (Stream<Path> files = Files.list(from.resolve("appendonlydir"))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  private static void check(Oracle reader, Path dir) throws Exception {
    String tool = reader.program().replace("server", "check-aof");
    String manifest = dir.resolve("appendonlydir/appendonly.aof.manifest").toString();
    Process process = new ProcessBuilder(tool, manifest).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), "ISO-8859-1");
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("All AOF files and manifest are valid");
  }

  @ParameterizedTest
  @CsvSource({"REDIS, yes", "REDIS, no", "VALKEY, yes", "VALKEY, no"})
  void filesOfTheirsHoldTheSameDataHere(Oracle writer, String preamble) throws Exception {
    List<String> digests;
    try (OracleServer theirs = OracleServer.start(writer, folder, options(preamble));
        Server server = new Server(theirs.port())) {
      digests = work(server);
    }
    try (RunningNode ours = new RunningNode(folder, options(preamble));
        Server server = new Server(ours.port())) {
      assertThat(OwnFilesIT.digests(server))
          .as("seed " + OwnFilesIT.SEED)
          .containsExactlyElementsOf(digests);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void filesOfOursHoldTheSameDataThere(String preamble) throws Exception {
    for (Oracle reader : Oracle.values()) {
      reader.program();
    }
    Path own = folder.resolve("ours");
    List<String> digests;
    try (RunningNode ours = new RunningNode(own, options(preamble));
        Server server = new Server(ours.port())) {
      digests = work(server);
    }
    for (Oracle reader : Oracle.values()) {
      Path other = folder.resolve(reader.name());
      copy(own, other);
      check(reader, other);
      try (OracleServer theirs = OracleServer.start(reader, other, options(preamble));
          Server server = new Server(theirs.port())) {
        assertThat(OwnFilesIT.digests(server))
            .as(reader + ", seed " + OwnFilesIT.SEED)
            .containsExactlyElementsOf(digests);
      }
    }
    try (RunningNode again = new RunningNode(own, options(preamble));
        Server server = new Server(again.port())) {
      assertThat(OwnFilesIT.digests(server))
          .as("seed " + OwnFilesIT.SEED)
          .containsExactlyElementsOf(digests);
    }
  }
}
