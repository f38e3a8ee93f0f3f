package io.hashslot.observe;

import java.util.Locale;

/** The text of INFO under way: a line for each field. */
public final class InfoText {
  private final StringBuilder text = new StringBuilder(4096);

  /** Writes a field. */
  public InfoText field(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
    return this;
  }

  /** Writes lines that are complete already, each with its end. */
  public InfoText raw(String lines) {
    text.append(lines);
    return this;
  }

  /** Writes a field that is 1 or 0. */
  public InfoText flag(String name, boolean value) {
    return field(name, value ? 1 : 0);
  }

  /** Writes a field with two decimal places. */
  public InfoText decimal(String name, double value) {
    return field(name, String.format(Locale.ROOT, "%.2f", value));
  }

  /** Writes a number of bytes, and again in the words of people ({@code 1.26M}). */
  public InfoText bytes(String name, long bytes) {
    return field(name, bytes).field(name + "_human", human(bytes));
  }

  /** Returns a number of bytes in the form 12B, 1.50K, 3.21M, 1.00G. */
  public static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes;
    for (String unit : new String[] {"K", "M", "G", "T", "P"}) {
      value /= 1024;
      if (value < 1024) {
        return String.format(Locale.ROOT, "%.2f", value) + unit;
      }
    }
    return bytes + "B";
  }

  void heading(String name) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(name).append("\r\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
