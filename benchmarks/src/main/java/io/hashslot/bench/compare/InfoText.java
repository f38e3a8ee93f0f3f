package io.hashslot.bench.compare;

import java.util.Map;
import java.util.stream.Collectors;

/** The answer to INFO: fields by name. */
record InfoText(Map<String, String> fields) {

  /** Reads lines of {@code name:value}; headings and empty lines are skipped. */
  static InfoText parse(String text) {
    return new InfoText(
        text.lines()
            .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf(':')),
                    line -> line.substring(line.indexOf(':') + 1),
                    (_, last) -> last)));
  }

  /**
   * Returns a field's text.
   *
   * @throws IllegalStateException if the server does not tell it
   */
  String text(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("INFO without " + name);
    }
    return value;
  }

  /** Returns a field that is a whole number. */
  long number(String name) {
    return Long.parseLong(text(name));
  }

  /** Whether a field has this text. */
  boolean is(String name, String value) {
    return text(name).equals(value);
  }
}
