package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Output under construction: text of ours in UTF-8, and bytes of others as they are. */
final class ByteText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ByteText add(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  ByteText add(byte[] raw) {
    bytes.writeBytes(raw);
    return this;
  }

  /**
   * In double quotes; whatever is no printable ASCII is escaped, so that every byte can be told.
   */
  ByteText addQuoted(byte[] raw) {
    bytes.write('"');
    for (byte b : raw) {
      switch (b) {
        case '\\', '"' -> escape(b);
        case '\n' -> escape('n');
        case '\r' -> escape('r');
        case '\t' -> escape('t');
        case 7 -> escape('a');
        case '\b' -> escape('b');
        default -> {
          if (b >= 32 && b < 127) {
            bytes.write(b);
          } else {
            escape('x');
            bytes.write(HEX[(b & 0xff) >> 4]);
            bytes.write(HEX[b & 15]);
          }
        }
      }
    }
    bytes.write('"');
    return this;
  }

  /** As a JSON string; bytes above ASCII are left alone, so UTF-8 stays UTF-8. */
  ByteText addJson(byte[] raw) {
    bytes.write('"');
    for (byte b : raw) {
      switch (b) {
        case '\\', '"' -> escape(b);
        case '\n' -> escape('n');
        case '\f' -> escape('f');
        case '\r' -> escape('r');
        case '\t' -> escape('t');
        case '\b' -> escape('b');
        default -> {
          if (b >= 0 && b < 32) {
            add("\\u00");
            bytes.write(HEX[b >> 4]);
            bytes.write(HEX[b & 15]);
          } else {
            bytes.write(b);
          }
        }
      }
    }
    bytes.write('"');
    return this;
  }

  private void escape(int c) {
    bytes.write('\\');
    bytes.write(c);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
