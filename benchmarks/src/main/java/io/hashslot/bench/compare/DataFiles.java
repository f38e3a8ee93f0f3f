package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that servers start from. Whoever may be compared, redis-server writes them: all of them
 * read what it writes, so that each starts from the very same bytes.
 *
 * @param form what the files are
 * @param directory where they are
 * @param keys how many keys they hold
 */
record DataFiles(Form form, Path directory, long keys) {

  private static final String APPEND_DIRECTORY = "appendonlydir";
  private static final String SNAPSHOT = "dump.rdb";

  /** The forms of files. */
  enum Form {
    /** A snapshot. */
    RDB("", SNAPSHOT),
    /** An append-only file as it grows with each write, without a base to speak of. */
    AOF("--appendonly yes --appendfsync no --auto-aof-rewrite-percentage 0", APPEND_DIRECTORY),
    /** An append-only file that has been rewritten: a snapshot as its base and nothing behind. */
    AOF_BASE("--appendonly yes --appendfsync no --auto-aof-rewrite-percentage 0", APPEND_DIRECTORY);

    /** What a server has to be told in order to start from them. */
    final String arguments;

    private final String root;

    Form(String arguments, String root) {
      this.arguments = arguments;
      this.root = root;
    }

    /**
     * Reads a form's name.
     *
     * @throws IllegalArgumentException if there is no such form
     */
    static Form parse(String name) {
      return switch (name) {
        case "rdb" -> RDB;
        case "aof" -> AOF;
        case "aof-base" -> AOF_BASE;
        default ->
            throw new IllegalArgumentException(
                "unknown form of files '" + name + "', expected rdb, aof or aof-base");
      };
    }
  }

  /**
   * Starts redis-server, fills it and lets it write.
   *
   * @param content workload of the load generator that fills servers with what is wanted
   */
  static DataFiles write(
      Form form,
      String content,
      ServerSettings serverSettings,
      LoadSettings loadSettings,
      Workplace workplace,
      Clock clock)
      throws IOException, InterruptedException {
    ServerSpec writer = serverSettings.named("redis").named("writer").with(form.arguments);
    try (RunningServer server = serverSettings.start(writer, 0, workplace.path(), Map.of(), clock);
        ServerDialogue dialogue = server.dialogue()) {
      server.load(loadSettings, LoadPlan.preloadFor(content), 64, 0, 1);
      switch (form) {
        case RDB -> dialogue.call("SAVE");
        case AOF -> {}
        case AOF_BASE -> {
          dialogue.call("BGREWRITEAOF");
          dialogue.await(
              "persistence",
              "the rewrite has ended",
              50,
              600,
              info ->
                  info.is("aof_rewrite_in_progress", "0") && info.is("aof_rewrite_scheduled", "0"));
        }
      }
      return new DataFiles(
          form, workplace.path().resolve(writer.name()), dialogue.number("DBSIZE"));
    }
  }

  /** Returns how many bytes the files have. */
  long bytes() throws IOException {
    long sum = 0;
    for (Path file : list()) {
      sum += Files.isDirectory(file) ? 0 : Files.size(file);
    }
    return sum;
  }

  /** Puts copies into a server's directory. */
  void copyTo(Path target) throws IOException {
    for (Path file : list()) {
      Path copy = target.resolve(directory.relativize(file));
      Files.createDirectories(copy.getParent() == null ? target : copy.getParent());
      if (!Files.isDirectory(file)) {
        Files.copy(file, copy);
      }
    }
  }

  /** The files and their directory, which comes first. */
  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(form.root))) {
      return files.toList();
    }
  }
}
