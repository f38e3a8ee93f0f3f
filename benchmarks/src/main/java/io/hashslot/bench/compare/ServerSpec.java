package io.hashslot.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that can be started.
 *
 * @param name as in tables: {@code ours}, {@code valkey}, {@code redis}
 * @param command its command line, with <code>{port}</code> and <code>{dir}</code> to be filled in;
 *     double or single quotes keep words together, and an empty pair is an empty argument
 */
record ServerSpec(String name, String command) {

  /** Returns the same server with more arguments behind the others. */
  ServerSpec with(String arguments) {
    return new ServerSpec(name, command + " " + arguments);
  }

  /** Returns the same server under another name. */
  ServerSpec named(String other) {
    return new ServerSpec(other, command);
  }

  /** Returns the words of the command line. */
  List<String> words(int port, Path directory) {
    return split(command).stream()
        .map(word -> word.replace("{port}", Integer.toString(port)))
        .map(word -> word.replace("{dir}", directory.toString()))
        .toList();
  }

  private static List<String> split(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (char c : command.toCharArray()) {
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && c == ' ') {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("unbalanced quotes: " + command);
    }
    if (inWord) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("an empty command");
    }
    return words;
  }
}
