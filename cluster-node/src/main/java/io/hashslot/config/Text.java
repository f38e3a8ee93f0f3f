package io.hashslot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directive that is any text, perhaps with a rule it must follow; empty means "not set". */
public final class Text extends Directive<String> {
  /** What a text must be like. */
  interface Rule {
    /** The complaint about a text, or null if it is fine. */
    @Nullable String complaint(String text);
  }

  private final Rule rule;

  Text(Row row, String defaultValue, Rule rule) {
    super(row, defaultValue);
    this.rule = rule;
  }

  @Override
  public String kind() {
    return "text";
  }

  @Override
  String parse(List<String> words, String current, boolean fromFile) throws InvalidValueException {
    String word = only(words);
    String complaint = rule.complaint(word);
    if (complaint != null) throw new InvalidValueException(complaint);
    return word;
  }

  @Override
  String format(String value) {
    return value;
  }

  @Override
  List<RewriteLine> lines(String value) {
    if (value.isEmpty() && defaultValue().isEmpty()) return List.of();
    return List.of(new RewriteLine(Words.quote(value), !value.equals(defaultValue())));
  }
}
