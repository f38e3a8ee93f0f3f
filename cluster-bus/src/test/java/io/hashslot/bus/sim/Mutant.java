package io.hashslot.bus.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The core without one of its rules.
 *
 * @param name what it does wrong
 * @param edits what is changed in the sources of {@code bus.core}
 */
record Mutant(String name, List<Edit> edits) {
  /** In this class, this text (which must stand there once) is replaced by that one. */
  record Edit(String className, String original, String replacement) {}

  /** Changes nothing yet. */
  static Mutant that(String name) {
    return new Mutant(name, List.of());
  }

  /** Replaces a text. */
  Mutant in(String className, String original, String replacement) {
    var more = new ArrayList<Edit>(edits);
    more.add(new Edit(className, original, replacement));
    return new Mutant(name, List.copyOf(more));
  }

  /** Takes a text away. */
  Mutant without(String className, String original) {
    return in(className, original, "");
  }

  @Override
  public String toString() {
    return name;
  }
}
