package io.hashslot.cli.simulate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes JSON, two blanks for each level. Names and values come in the order they are put. */
final class Json {
  private final StringBuilder text = new StringBuilder();
  private int level;
  private boolean first = true;

  Json open(@Nullable String name, char bracket) {
    next(name);
    text.append(bracket);
    level++;
    first = true;
    return this;
  }

  Json close(char bracket) {
    level--;
    if (!first) {
      line();
    }
    text.append(bracket);
    first = false;
    return this;
  }

  Json put(@Nullable String name, String value) {
    next(name);
    quote(value);
    return this;
  }

  Json put(@Nullable String name, long value) {
    next(name);
    text.append(value);
    return this;
  }

  /** A number with at most three decimals. */
  Json put(@Nullable String name, double value) {
    next(name);
    text.append(
        value == Math.rint(value)
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.3f", value));
    return this;
  }

  Json putNull(String name) {
    next(name);
    text.append("null");
    return this;
  }

  private void next(@Nullable String name) {
    if (!first) {
      text.append(',');
    }
    if (level > 0) {
      line();
    }
    first = false;
    if (name != null) {
      quote(name);
      text.append(": ");
    }
  }

  private void line() {
    text.append('\n').append("  ".repeat(level));
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "\n";
  }
}
