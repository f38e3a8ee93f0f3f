package io.hashslot.cli.simulate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and shares as people write them. */
final class Measures {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(us|ms|s|m)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

  private Measures() {}

  /**
   * Microseconds of {@code 200us}, {@code 1.5ms}, {@code 20s} or {@code 2m}; null if it is none.
   */
  static @Nullable Long durationUs(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    double unitUs =
        switch (matcher.group(2)) {
          case "us" -> 1;
          case "ms" -> 1_000;
          case "s" -> 1_000_000;
          default -> 60_000_000;
        };
    return Math.round(Double.parseDouble(matcher.group(1)) * unitUs);
  }

  /** Ends of {@code 1ms} or {@code 1ms-5ms} in microseconds; null if it is neither. */
  static long @Nullable [] rangeUs(String text) {
    int dash = text.indexOf('-');
    Long from = durationUs(dash < 0 ? text : text.substring(0, dash));
    Long to = durationUs(dash < 0 ? text : text.substring(dash + 1));
    return from == null || to == null || from > to ? null : new long[] {from, to};
  }

  /** The number of {@code 2.5%}, 0 to 100; null if it is none. */
  static @Nullable Double percent(String text) {
    Matcher matcher = PERCENT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    double percent = Double.parseDouble(matcher.group(1));
    return percent > 100 ? null : percent;
  }
}
