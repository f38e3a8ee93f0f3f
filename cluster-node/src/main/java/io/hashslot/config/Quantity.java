package io.hashslot.config;

import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A directive that is a whole number within a range: plain, an amount of memory with a unit, or an
 * octal file mode. A percentage is kept as a negative number, as in the C servers: {@code 5%} is
 * -5.
 */
public final class Quantity extends Directive<Long> {
  /** How the number is written. */
  enum Unit {
    PLAIN("number", "argument couldn't be parsed into an integer"),
    OCTAL("octal number", "argument couldn't be parsed as an octal number"),
    MEMORY("memory", "argument must be a memory value"),
    MEMORY_OR_PERCENT("memory or percent", "argument must be a memory or percent value");

    private final String text;
    private final String complaint;

    Unit(String text, String complaint) {
      this.text = text;
      this.complaint = complaint;
    }
  }

  private final Unit unit;
  private final long min;
  private final long max;
  private final long clampMin;
  private final long clampMax;
  private final @Nullable LongPredicate rule;
  private final @Nullable String complaint;

  Quantity(
      Row row,
      Unit unit,
      long defaultValue,
      long min,
      long max,
      @Nullable LongPredicate rule,
      @Nullable String complaint) {
    super(row, defaultValue);
    this.unit = unit;
    this.min = min;
    this.max = max;
    this.rule = rule;
    this.complaint = complaint;
    this.clampMin = row.clampMin();
    this.clampMax = row.clampMax();
  }

  /** The smallest value it takes. */
  public long min() {
    return min;
  }

  /** The largest value it takes. */
  public long max() {
    return max;
  }

  @Override
  public String kind() {
    return unit.text;
  }

  @Override
  Long parse(List<String> words, Long current, boolean fromFile) throws InvalidValueException {
    String word = only(words);
    long value =
        switch (unit) {
          case PLAIN -> plain(word);
          case OCTAL -> octal(word);
          case MEMORY -> memory(word);
          case MEMORY_OR_PERCENT -> word.endsWith("%") ? -percent(word) : memory(word);
        };
    boolean percent = unit == Unit.MEMORY_OR_PERCENT && value < 0;
    if (percent && value < -100) {
      throw new InvalidValueException("percentage argument must be less or equal to 100");
    }
    if (!percent && (value < min || value > max)) {
      String limits = unit == Unit.OCTAL ? "%o and %o" : "%d and %d";
      throw new InvalidValueException(
          "argument must be between " + limits.formatted(min, max) + " inclusive");
    }
    if (rule != null && complaint != null && !rule.test(value)) {
      throw new InvalidValueException(complaint);
    }
    return Math.clamp(value, clampMin, clampMax);
  }

  private long plain(String word) throws InvalidValueException {
    // As strict as the C servers: no sign but one minus, no leading zeros, no spaces.
    if (word.matches("0|-?[1-9][0-9]*")) {
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException _) {
        throw new InvalidValueException(unit.complaint);
      }
    }
    throw new InvalidValueException(unit.complaint);
  }

  private long octal(String word) throws InvalidValueException {
    try {
      return Long.parseLong(word, 8);
    } catch (NumberFormatException _) {
      throw new InvalidValueException(unit.complaint);
    }
  }

  private long memory(String word) throws InvalidValueException {
    long bytes = MemorySize.parse(word);
    if (bytes < 0) throw new InvalidValueException(unit.complaint);
    return bytes;
  }

  private long percent(String word) throws InvalidValueException {
    String digits = word.substring(0, word.length() - 1);
    if (!digits.matches("[0-9]{1,18}")) throw new InvalidValueException(unit.complaint);
    return Long.parseLong(digits);
  }

  @Override
  String format(Long value) {
    if (unit == Unit.OCTAL) return Long.toOctalString(value);
    return unit == Unit.MEMORY_OR_PERCENT && value < 0 ? -value + "%" : Long.toString(value);
  }

  @Override
  List<RewriteLine> lines(Long value) {
    boolean memory = unit == Unit.MEMORY || unit == Unit.MEMORY_OR_PERCENT && value >= 0;
    String text = memory ? MemorySize.format(value) : format(value);
    return List.of(new RewriteLine(text, !value.equals(defaultValue())));
  }
}
