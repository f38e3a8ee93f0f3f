package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.command.CommandSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What differs on purpose, from {@code deviations.txt}: lines of {@code about COMMAND: reason},
 * where a command may end in a star, and {@code about} is what would otherwise be asked of it.
 */
final class Deviations {
  private record Deviation(String about, String command, String reason) {
    boolean covers(String otherAbout, String name) {
      return about.equals(otherAbout)
          && (command.endsWith("*")
              ? name.startsWith(command.substring(0, command.length() - 1))
              : name.equals(command));
    }
  }

  private final List<Deviation> all = new ArrayList<>();

  static Deviations read() {
    Deviations deviations = new Deviations();
    try (InputStream in = Deviations.class.getResourceAsStream("deviations.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(deviations::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deviations;
  }

  private void add(String line) {
    int space = line.indexOf(' ');
    int colon = line.indexOf(": ");
    if (space < 0 || colon < space || line.substring(colon + 2).isBlank()) {
      throw new IllegalArgumentException("not «about COMMAND: reason»: " + line);
    }
    all.add(
        new Deviation(
            line.substring(0, space), line.substring(space + 1, colon), line.substring(colon + 2)));
  }

  /** Tells whether a command is excused from something. */
  boolean excuse(String about, CommandSpec command) {
    String name = command.name().toUpperCase(Locale.ROOT);
    return all.stream().anyMatch(deviation -> deviation.covers(about, name));
  }

  /** Returns the lines that excuse no command of a table: they are out of date. */
  List<String> idle(List<CommandSpec> table) {
    return all.stream()
        .filter(
            deviation ->
                table.stream()
                    .noneMatch(
                        row ->
                            deviation.covers(deviation.about, row.name().toUpperCase(Locale.ROOT))))
        .map(deviation -> deviation.about + " " + deviation.command)
        .toList();
  }
}
