package io.hashslot.config;

import java.util.Locale;

/** Amounts of memory as redis.conf writes them: {@code 1k} is 1000 bytes, {@code 1kb} is 1024. */
final class MemorySize {
  private static final long KB = 1024;

  private MemorySize() {}

  /** The bytes that the text means, or -1 if it is no amount of memory. */
  static long parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0) return -1;
    long factor =
        switch (text.substring(digits).toLowerCase(Locale.ROOT)) {
          case "", "b" -> 1;
          case "k" -> 1000;
          case "kb" -> KB;
          case "m" -> 1000 * 1000;
          case "mb" -> KB * KB;
          case "g" -> 1000 * 1000 * 1000;
          case "gb" -> KB * KB * KB;
          default -> -1;
        };
    if (factor < 0) return -1;
    try {
      return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), factor);
    } catch (ArithmeticException | NumberFormatException _) {
      return -1;
    }
  }

  /** The shortest exact form with a binary unit, as CONFIG REWRITE writes it. */
  static String format(long bytes) {
    if (bytes != 0 && bytes % (KB * KB * KB) == 0) return bytes / (KB * KB * KB) + "gb";
    if (bytes != 0 && bytes % (KB * KB) == 0) return bytes / (KB * KB) + "mb";
    if (bytes != 0 && bytes % KB == 0) return bytes / KB + "kb";
    return Long.toString(bytes);
  }
}
