package io.hashslot.bus.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The core without one of its rules.
 *
 * @param name what it does wrong
 * @param edits what is changed in the sources of {@code bus.core}
 * @param script the words of a {@link Script} that shows it, with one seed or another; null if
 *     histories drawn by chance do
 */
record Mutant(String name, List<Edit> edits, @Nullable String script) {
  /** In this class, this text (which must stand there once) is replaced by that one. */
  record Edit(String className, String original, String replacement) {}

  /** Changes nothing yet. */
  static Mutant that(String name) {
    return new Mutant(name, List.of(), null);
  }

  /** Replaces a text. */
  Mutant in(String className, String original, String replacement) {
    var more = new ArrayList<Edit>(edits);
    more.add(new Edit(className, original, replacement));
    return new Mutant(name, List.copyOf(more), script);
  }

  /** Takes a text away. */
  Mutant without(String className, String original) {
    return in(className, original, "");
  }

  /** Is looked for in the script of that name, under {@code /histories}. */
  Mutant shownBy(String story) {
    try (InputStream in = Mutant.class.getResourceAsStream("/histories/" + story + ".txt")) {
      byte[] text = Objects.requireNonNull(in, story).readAllBytes();
      return new Mutant(name, edits, new String(text, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
