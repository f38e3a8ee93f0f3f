package io.hashslot.config;

import java.util.List;

/**
 * A directive with a grammar of its own, such as {@code save} or {@code bind}.
 *
 * @param <T> what its words are read into
 */
public final class Structured<T> extends Directive<T> {
  /**
   * The grammar of a structured directive.
   *
   * @param <T> what the words are read into
   */
  interface Form<T> {
    /** The grammar in a few words, for the reference page. */
    String kind();

    /** Whether it takes other than exactly one word. */
    default boolean multipleWords() {
      return true;
    }

    /**
     * Reads a value.
     *
     * @param words the words after the name
     * @param current the value it replaces
     * @param adding whether an earlier line of the same configuration has set it already
     * @throws InvalidValueException if the words do not follow the grammar
     */
    T parse(List<String> words, T current, boolean adding) throws InvalidValueException;

    /** The value as CONFIG GET shows it. */
    String format(T value);

    /** The lines for CONFIG REWRITE. */
    default List<RewriteLine> lines(T value, T defaultValue) {
      return List.of(new RewriteLine(format(value), !value.equals(defaultValue)));
    }
  }

  private final Form<T> form;

  Structured(Row row, T defaultValue, Form<T> form) {
    super(row, defaultValue);
    this.form = form;
  }

  @Override
  public String kind() {
    return form.kind();
  }

  @Override
  public boolean multipleWords() {
    return form.multipleWords();
  }

  @Override
  T parse(List<String> words, T current, boolean fromFile) throws InvalidValueException {
    return form.parse(words, current, fromFile && current != defaultValue());
  }

  @Override
  String format(T value) {
    return form.format(value);
  }

  @Override
  List<RewriteLine> lines(T value) {
    return form.lines(value, defaultValue());
  }
}
