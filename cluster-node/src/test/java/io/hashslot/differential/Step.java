package io.hashslot.differential;

import java.util.List;

/** One request of a stream, and how its replies are compared. */
record Step(List<String> words, Normal normal) {
  Step(String... words) {
    this(List.of(words), Normal.EXACT);
  }

  /** The name of the command, upper case. */
  String command() {
    return words.getFirst().toUpperCase(java.util.Locale.ROOT);
  }

  @Override
  public String toString() {
    return String.join(" ", words.stream().map(Step::shown).toList());
  }

  private static String shown(String word) {
    boolean plain =
        !word.isEmpty() && word.length() < 80 && word.chars().allMatch(c -> c > 32 && c < 127);
    if (plain) {
      return word;
    }
    StringBuilder text = new StringBuilder("\"");
    word.chars()
        .limit(80)
        .forEach(
            c -> text.append(c >= 32 && c < 127 ? "" + (char) c : String.format("\\x%02x", c)));
    return text.append(word.length() > 80 ? "…\"(" + word.length() + ")" : "\"").toString();
  }
}
