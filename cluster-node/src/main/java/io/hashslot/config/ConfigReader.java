package io.hashslot.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of a starting server: the file with what it includes, then standard
 * input, then the options of the command line; of several lines for the same directive the last one
 * counts.
 */
final class ConfigReader {
  private static final int MAX_DEPTH = 16;

  /** Old directives that mean nothing any more; a line with one value is passed over. */
  private static final List<String> FORGOTTEN =
      List.of("list-max-ziplist-entries", "list-max-ziplist-value", "lua-replicate-commands");

  /** Lines that are not directives; their owners read them from {@link Config#lines}. */
  private static final Map<String, Integer> OTHERS = Map.of("user", 2, "rename-command", 3);

  private Settings settings = Settings.defaults();
  private final Map<String, List<ConfigLine>> others = new HashMap<>();
  private int depth;

  /** Reads everything that the command line names. */
  static Config read(CommandLine commandLine, InputStream standardInput)
      throws ConfigFileException {
    var reader = new ConfigReader();
    Path file = null;
    if (commandLine.file() != null) {
      file = Path.of(commandLine.file()).toAbsolutePath();
      reader.include(commandLine.file());
    }
    if (commandLine.standardInput()) {
      reader.text("from standard input", readAll(standardInput));
    }
    reader.text("from the command line", commandLine.options());
    reader.checkTogether();
    return new Config(reader.settings, file, reader.others);
  }

  private static String readAll(InputStream in) throws ConfigFileException {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigFileException("Fatal error, can't read standard input: " + e.getMessage());
    }
  }

  /** Reads a file, or all files that a pattern fits, in alphabetical order. */
  private void include(String name) throws ConfigFileException {
    if (++depth > MAX_DEPTH) {
      throw new ConfigFileException("Fatal error, config files include one another: " + name);
    }
    for (Path file : files(name)) {
      try {
        text("file '" + file + "'", Files.readString(file, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new ConfigFileException(
            "Fatal error, can't open config file '%s': %s".formatted(file, reason(e)));
      }
    }
    depth--;
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) return "No such file or directory";
    if (e instanceof java.nio.file.AccessDeniedException) return "Permission denied";
    return String.valueOf(e.getMessage());
  }

  /** Only the last part of a name may be a pattern. */
  private List<Path> files(String name) throws ConfigFileException {
    Path path = depth == 1 ? Path.of(name).toAbsolutePath() : folder().resolve(name);
    Path last = path.getFileName();
    Path parent = path.getParent();
    if (last == null || parent == null || !last.toString().matches(".*[*?\\[].*")) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> matches = Files.newDirectoryStream(parent, last.toString())) {
      matches.forEach(files::add);
    } catch (IOException _) {
      return List.of(); // a pattern that fits nothing includes nothing
    }
    files.sort(null);
    return files;
  }

  private Path folder() {
    return settings.get(PersistenceDirectives.DIR);
  }

  private void text(String source, String text) throws ConfigFileException {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = strip(lines[i]);
      if (line.isEmpty() || line.startsWith("#")) continue;
      List<String> words = Words.split(line);
      var where = new ConfigLine(source, i + 1, line, words == null ? List.of() : words);
      if (words == null) throw where.error("Unbalanced quotes in configuration line");
      if (!words.isEmpty()) line(where);
    }
  }

  /** Without the characters at both ends that count as space around a line. */
  static String strip(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && " \t\r\n".indexOf(line.charAt(from)) >= 0) from++;
    while (to > from && " \t\r\n".indexOf(line.charAt(to - 1)) >= 0) to--;
    return line.substring(from, to);
  }

  private void line(ConfigLine line) throws ConfigFileException {
    String name = line.words().getFirst().toLowerCase(Locale.ROOT);
    List<String> values = line.words().subList(1, line.words().size());
    Directive<?> directive = DirectiveTable.find(name);
    if (directive != null) {
      set(directive, values, line);
    } else if (name.equals("include") && values.size() == 1) {
      include(values.getFirst());
    } else if (OTHERS.containsKey(name) && line.words().size() >= OTHERS.getOrDefault(name, 0)) {
      others.computeIfAbsent(name, _ -> new ArrayList<>()).add(line);
    } else if (name.equals("loadmodule") && !values.isEmpty()) {
      throw line.error("Modules are C libraries, which this server cannot load");
    } else if (!FORGOTTEN.contains(name) || values.size() != 1) {
      throw line.error("Bad directive or wrong number of arguments");
    }
  }

  private <T> void set(Directive<T> directive, List<String> values, ConfigLine line)
      throws ConfigFileException {
    List<String> words = values;
    if (!directive.multipleWords() && values.size() != 1) {
      throw line.error("wrong number of arguments");
    }
    if (directive.multipleWords() && values.size() == 1) {
      List<String> inner = Words.split(values.getFirst());
      words = inner == null || inner.isEmpty() ? List.of("") : inner;
    }
    try {
      var changes = settings.change();
      changes.put(directive, directive.parse(words, settings.value(directive), true));
      settings = changes.toSettings();
    } catch (InvalidValueException e) {
      throw line.error(String.valueOf(e.getMessage()));
    }
  }

  private void checkTogether() throws ConfigFileException {
    boolean cluster = settings.get(ClusterDirectives.CLUSTER_ENABLED);
    if (cluster && settings.get(ReplicationDirectives.REPLICAOF).isPresent()) {
      throw new ConfigFileException(
          "\n*** FATAL CONFIG FILE ERROR (Hashslot) ***\n"
              + "replicaof directive not allowed in cluster mode");
    }
  }

  /** The first word of a line in lower case, or null if the line has none that can be read. */
  static @Nullable String nameOf(String line) {
    List<String> words = Words.split(line);
    return words == null || words.isEmpty() ? null : words.getFirst().toLowerCase(Locale.ROOT);
  }

  /** Whether CONFIG REWRITE leaves lines of this name as they are. */
  static boolean known(String name) {
    return DirectiveTable.find(name) != null || OTHERS.containsKey(name) || name.equals("include");
  }
}
