package io.hashslot.config;

import java.util.List;

/** A directive that is {@code yes} or {@code no}. */
public final class Toggle extends Directive<Boolean> {
  Toggle(Row row, boolean defaultValue) {
    super(row, defaultValue);
  }

  @Override
  public String kind() {
    return "yes, no";
  }

  @Override
  Boolean parse(List<String> words, Boolean current, boolean fromFile)
      throws InvalidValueException {
    String word = only(words);
    if (word.equalsIgnoreCase("yes")) return true;
    if (word.equalsIgnoreCase("no")) return false;
    throw new InvalidValueException("argument must be 'yes' or 'no'");
  }

  @Override
  String format(Boolean value) {
    return value ? "yes" : "no";
  }
}
