package io.hashslot.cli.repl;

import io.hashslot.cli.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The preferences file, {@code REDISCLI_RCFILE} or {@code ~/.redisclirc}: lines such as {@code :set
 * nohints}.
 */
final class Preferences {
  private Preferences() {}

  static void read(Surroundings surroundings, HelpPages help) {
    String given = surroundings.variable("REDISCLI_RCFILE");
    String home = surroundings.variable("HOME");
    if (given == null && home == null) {
      return;
    }
    Path path = given == null ? Path.of(String.valueOf(home), ".redisclirc") : Path.of(given);
    if (!Files.isReadable(path)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(path)) {
        switch (line.strip()) {
          case "" -> {}
          case ":set hints" -> help.showHints(true);
          case ":set nohints" -> help.showHints(false);
          default ->
              surroundings.print(
                  ".redisclirc: unknown redis-cli preference '"
                      + line.strip().replaceFirst("^:set ", "")
                      + "'\n");
        }
      }
    } catch (IOException _) {
      // Preferences that cannot be read are the usual ones.
    }
  }
}
