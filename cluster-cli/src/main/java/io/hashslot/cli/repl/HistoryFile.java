package io.hashslot.cli.repl;

import io.hashslot.cli.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of earlier days: a file with one line each, the newest hundred, for its owner's eyes
 * only. Its path is {@code REDISCLI_HISTFILE}, {@code /dev/null} for none.
 */
final class HistoryFile {
  private static final int MAX_LINES = 100;

  private final @Nullable Path path;
  private final List<String> lines = new ArrayList<>();

  HistoryFile(@Nullable Path path) {
    this.path = path;
    if (path != null && Files.isReadable(path)) {
      try {
        lines.addAll(Files.readAllLines(path));
      } catch (IOException _) {
        // A history that cannot be read is no reason not to work.
      }
    }
  }

  static HistoryFile of(Surroundings surroundings) {
    String given = surroundings.variable("REDISCLI_HISTFILE");
    String home = surroundings.variable("HOME");
    if ("/dev/null".equals(given) || given == null && home == null) {
      return new HistoryFile(null);
    }
    return new HistoryFile(
        given == null ? Path.of(String.valueOf(home), ".rediscli_history") : Path.of(given));
  }

  List<String> lines() {
    return lines;
  }

  /** Adds a line and saves, unless the line only repeats the last one. */
  void add(String line) {
    if (!lines.isEmpty() && lines.getLast().equals(line)) {
      return;
    }
    lines.add(line);
    while (lines.size() > MAX_LINES) {
      lines.removeFirst();
    }
    if (path == null) {
      return;
    }
    try {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(path, lines);
    } catch (IOException | UnsupportedOperationException _) {
      // As above.
    }
  }
}
