package io.hashslot.manual;

import java.util.Locale;

/** What an argument of a command is. */
public enum ArgumentType {
  STRING,
  INTEGER,
  DOUBLE,
  KEY,
  PATTERN,
  UNIX_TIME,
  /** Just its word. */
  PURE_TOKEN,
  /** One of its parts. */
  ONEOF,
  /** All of its parts. */
  BLOCK;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Returns the type's name in COMMAND DOCS. */
  public String label() {
    return label;
  }

  static ArgumentType of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Tells whether it only holds others. */
  public boolean isContainer() {
    return this == ONEOF || this == BLOCK;
  }
}
