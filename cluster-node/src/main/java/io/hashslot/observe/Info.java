package io.hashslot.observe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The sections of INFO, in order, and which of them a question asks for. */
public final class Info {
  private final List<InfoSection> sections = new ArrayList<>();

  /** Adds a section after those that are there. */
  public void add(InfoSection section) {
    sections.add(section);
  }

  /**
   * Returns the text of the sections asked for: names, {@code default}, {@code all} or {@code
   * everything}; none means {@code default}. Unknown names are left out.
   */
  public String text(List<String> asked) {
    Set<String> names = new HashSet<>();
    boolean all = false;
    boolean usual = asked.isEmpty();
    for (String name : asked) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "all", "everything" -> all = true;
        case "default" -> usual = true;
        default -> names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    InfoText text = new InfoText();
    for (InfoSection section : sections) {
      if (all
          || usual && section.byDefault()
          || names.contains(section.name().toLowerCase(Locale.ROOT))) {
        text.heading(section.name());
        section.write(text);
      }
    }
    return text.toString();
  }
}
