package io.hashslot.replication;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts lines together from single bytes; a carriage return is no part of a line. */
final class LineAssembly {
  private static final int LONGEST_LINE = 1024;

  private final StringBuilder line = new StringBuilder();

  /**
   * Takes a byte.
   *
   * @return the line that ends with it, without its end, else null
   * @throws IOException if nobody would send so long a line
   */
  @Nullable String take(byte b) throws IOException {
    if (b == '\n') {
      String complete = line.toString();
      line.setLength(0);
      return complete;
    }
    if (b != '\r') {
      line.append((char) (b & 0xff));
    }
    if (line.length() > LONGEST_LINE) {
      throw new IOException("primary sends no lines");
    }
    return null;
  }
}
