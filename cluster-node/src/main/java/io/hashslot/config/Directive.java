package io.hashslot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One directive of the configuration: its names, its type, its default and its rules. A directive
 * holds no value; values live in {@link Settings}.
 *
 * <p>Names, defaults, ranges and error texts are those of Redis 7.0.15 and Valkey 8.0.1, checked
 * against the running servers.
 *
 * @param <T> the type of its values
 */
public abstract sealed class Directive<T> permits Toggle, Quantity, Choice, Text, Structured {
  final int index;
  private final Row row;
  private final T defaultValue;

  Directive(Row row, T defaultValue) {
    this.row = row;
    this.index = row.index();
    this.defaultValue = defaultValue;
  }

  /** The name under which CONFIG REWRITE writes it. */
  public final String name() {
    return row.name();
  }

  /** The second name it also answers to, as in {@code slave-priority}; null if it has none. */
  public final @Nullable String alias() {
    return row.alias();
  }

  /** The value of a server that was told nothing. */
  public final T defaultValue() {
    return defaultValue;
  }

  /** Whether it is fixed once the server runs. */
  public final boolean immutable() {
    return row.has(Row.IMMUTABLE);
  }

  /** Whether CONFIG SET needs {@code enable-protected-configs}. */
  public final boolean guarded() {
    return row.has(Row.GUARDED);
  }

  /** Whether patterns of CONFIG GET pass it over; only its full name finds it. */
  public final boolean hidden() {
    return row.has(Row.HIDDEN);
  }

  /** Whether its value is a secret, to be kept out of logs. */
  public final boolean secret() {
    return row.has(Row.SECRET);
  }

  /** Whether it may not be changed while a data set is being loaded. */
  public final boolean refusedWhileLoading() {
    return row.has(Row.REFUSED_WHILE_LOADING);
  }

  /**
   * Whether CONFIG SET applies it even if the value is the same: what the value names may differ.
   */
  final boolean reference() {
    return row.has(Row.REFERENCE);
  }

  /** Whether a value is made of several words. */
  public boolean multipleWords() {
    return false;
  }

  /** Why it has no effect here, or null if it takes effect. */
  public final @Nullable String inertBecause() {
    return row.inertBecause();
  }

  /** The part of the server that will read it, or null if it is read already. */
  public final @Nullable String comesWith() {
    return row.comesWith();
  }

  /** A remark for the reference page: where it differs from the C servers; null if it does not. */
  public final @Nullable String remark() {
    return row.remark();
  }

  /** The kind of value, in a few words, for the reference page. */
  public abstract String kind();

  /**
   * Reads a value.
   *
   * @param words the words after the name
   * @param current the value it replaces; some directives change only a part of it
   * @param fromFile whether a line of a file is read, where several lines may add up
   * @throws InvalidValueException if it does not take the value
   */
  abstract T parse(List<String> words, T current, boolean fromFile) throws InvalidValueException;

  /** The value as CONFIG GET shows it. */
  abstract String format(T value);

  /** The lines that CONFIG REWRITE puts into the file for a value. */
  List<RewriteLine> lines(T value) {
    return List.of(new RewriteLine(format(value), !value.equals(defaultValue)));
  }

  /**
   * A line of the rewritten file.
   *
   * @param text what follows the directive's name
   * @param evenIfNew whether it is added if the file has no line of this name left; a default is
   *     not
   */
  record RewriteLine(String text, boolean evenIfNew) {}

  /** The only word of a value, for directives that take exactly one. */
  static String only(List<String> words) throws InvalidValueException {
    if (words.size() != 1) throw new InvalidValueException("wrong number of arguments");
    return words.getFirst();
  }

  @Override
  public String toString() {
    return name();
  }
}
