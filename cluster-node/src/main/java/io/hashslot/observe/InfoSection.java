package io.hashslot.observe;

/** One section of INFO; written by the package that knows its figures. */
public interface InfoSection {
  /** Returns the section's name as its heading shows it, such as {@code Server}. */
  String name();

  /** Tells whether the section is part of INFO without arguments. */
  default boolean byDefault() {
    return true;
  }

  /** Writes the section's fields, in Redis' order. */
  void write(InfoText text);
}
