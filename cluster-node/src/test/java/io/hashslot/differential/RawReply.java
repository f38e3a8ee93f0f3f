package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply just as it came, cut where it can be cut.
 *
 * @param head the first line, with its type but without line end
 * @param body the bytes of a bulk string, a character each; "" otherwise
 * @param items the elements of an aggregate
 */
record RawReply(String head, String body, List<RawReply> items) {

  static RawReply read(InputStream in) throws IOException {
    String head = line(in);
    switch (head.charAt(0)) {
      case '$', '=', '!' -> {
        int length = Integer.parseInt(head.substring(1));
        if (length < 0) {
          return new RawReply(head, "", List.of());
        }
        String body = new String(in.readNBytes(length), ISO_8859_1);
        line(in);
        return new RawReply(head, body, List.of());
      }
      case '*', '~', '>', '%' -> {
        int count = Integer.parseInt(head.substring(1)) * (head.charAt(0) == '%' ? 2 : 1);
        List<RawReply> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          items.add(read(in));
        }
        return new RawReply(head, "", items);
      }
      default -> {
        return new RawReply(head, "", List.of());
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      line.append((char) b);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw new IOException("a line that does not end as it should: " + line);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  char type() {
    return head.charAt(0);
  }

  long integer() {
    return Long.parseLong(head.substring(1));
  }

  /** The whole reply as text; equal if and only if the bytes are. */
  String text() {
    StringBuilder text = new StringBuilder(head).append('\n');
    if (type() == '$' && !head.equals("$-1") || type() == '=' || type() == '!') {
      text.append(body).append('\n');
    }
    items.forEach(item -> text.append(item.text()));
    return text.toString();
  }
}
