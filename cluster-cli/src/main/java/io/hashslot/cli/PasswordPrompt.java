package io.hashslot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Asks for a password; on a terminal nothing of it is shown. */
final class PasswordPrompt {
  private PasswordPrompt() {}

  static String ask(Surroundings surroundings) {
    String question = "Please input password: ";
    var console = System.console();
    if (surroundings.inIsTerminal() && console != null) {
      char[] typed = console.readPassword(question);
      return typed == null ? "" : new String(typed);
    }
    surroundings.print(question);
    try {
      var line = new java.io.ByteArrayOutputStream();
      for (int c = surroundings.in().read(); c >= 0 && c != '\n'; c = surroundings.in().read()) {
        line.write(c);
      }
      surroundings.print("\n");
      return line.toString(StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
