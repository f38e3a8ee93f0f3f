package io.hashslot.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words of a line, with the quoting that redis.conf, inline commands and CONFIG SET share: double
 * quotes know {@code \n \r \t \b \a \\ \" \xHH}, single quotes only {@code \'}; a quote must be
 * followed by a space or the end of the line.
 */
final class Words {
  private static final String ESCAPED = "nrtba";
  private static final String MEANING = "\n\r\t\b\u0007";

  private final byte[] line;
  private int at;

  private Words(String line) {
    this.line = line.getBytes(StandardCharsets.UTF_8);
  }

  /** The words of a line, or null if a quote is open or is followed by something else. */
  static @Nullable List<String> split(String line) {
    var reader = new Words(line);
    List<String> words = new ArrayList<>();
    while (reader.skipSpace()) {
      String word = reader.word();
      if (word == null) return null;
      words.add(word);
    }
    return words;
  }

  private boolean skipSpace() {
    while (at < line.length && isSpace(line[at])) at++;
    return at < line.length;
  }

  private @Nullable String word() {
    var word = new ByteArrayOutputStream();
    while (at < line.length && !isSpace(line[at])) {
      byte c = line[at++];
      boolean quote = c == '"' || c == '\'';
      if (!quote) {
        word.write(c);
      } else {
        if (!quoted(c, word)) return null;
        break;
      }
    }
    return word.toString(StandardCharsets.UTF_8);
  }

  /** Reads to the closing quote; false if there is none, or no space behind it. */
  private boolean quoted(byte quote, ByteArrayOutputStream word) {
    while (at < line.length) {
      byte c = line[at++];
      if (c == quote) return at == line.length || isSpace(line[at]);
      if (c != '\\' || at == line.length) {
        word.write(c);
      } else if (quote == '\'') {
        word.write(line[at] == '\'' ? line[at++] : c);
      } else {
        escape(word);
      }
    }
    return false;
  }

  private void escape(ByteArrayOutputStream word) {
    if (line[at] == 'x' && at + 2 < line.length) {
      int high = Character.digit(line[at + 1], 16);
      int low = Character.digit(line[at + 2], 16);
      if (high >= 0 && low >= 0) {
        word.write(high << 4 | low);
        at += 3;
        return;
      }
    }
    int known = ESCAPED.indexOf(line[at]);
    word.write(known >= 0 ? MEANING.charAt(known) : line[at]);
    at++;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** The text in double quotes; bytes that are no printable ASCII are escaped. */
  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int known = MEANING.indexOf(b);
      if (b == '\\' || b == '"') {
        quoted.append('\\').append((char) b);
      } else if (known >= 0) {
        quoted.append('\\').append(ESCAPED.charAt(known));
      } else if (b >= ' ' && b < 127) {
        quoted.append((char) b);
      } else {
        quoted.append("\\x%02x".formatted(b & 0xff));
      }
    }
    return quoted.append('"').toString();
  }
}
