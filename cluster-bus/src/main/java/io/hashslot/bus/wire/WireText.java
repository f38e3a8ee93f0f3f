package io.hashslot.bus.wire;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Zero-padded text fields. What peers send ends up in nodes.conf, in logs and in replies, so that a
 * blank or a line feed inside an address would forge records there: only what every one of these
 * can hold is accepted.
 */
final class WireText {
  /** Beside the alphanumerics, these appear in addresses, hostnames and node names. */
  private static final String ALLOWED_MARKS = "-._:/~%";

  private WireText() {}

  /** Length in bytes up to the first zero byte, at most {@code limit}. */
  static int length(DirectBuffer buffer, int offset, int limit) {
    int length = 0;
    while (length < limit && buffer.getByte(offset + length) != 0) {
      length++;
    }
    return length;
  }

  /** Whether the field ends with a zero byte and holds only characters that do no harm. */
  static boolean isHarmless(DirectBuffer buffer, int offset, int limit) {
    int length = length(buffer, offset, limit);
    if (length == limit) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isHarmless((char) (buffer.getByte(offset + i) & 0xFF))) {
        return false;
      }
    }
    return true;
  }

  static boolean isHarmless(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || ALLOWED_MARKS.indexOf(c) >= 0;
  }

  static String read(DirectBuffer buffer, int offset, int limit) {
    return buffer.getStringWithoutLengthAscii(offset, length(buffer, offset, limit));
  }

  /**
   * Writes text into a field that is zero already, leaving at least one zero behind it.
   *
   * @throws IllegalArgumentException if the text is too long
   */
  static void write(MutableDirectBuffer buffer, int offset, int size, String text) {
    if (text.length() >= size) {
      throw new IllegalArgumentException(
          "'" + text + "' is longer than " + (size - 1) + " characters");
    }
    buffer.putStringWithoutLengthAscii(offset, text);
  }
}
