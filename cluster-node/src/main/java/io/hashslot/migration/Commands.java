package io.hashslot.migration;

import io.hashslot.resp.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands as bytes. */
final class Commands {
  private Commands() {}

  /** A command of ASCII words. */
  static byte[] encode(List<String> words) {
    StringBuilder text = new StringBuilder();
    text.append('*').append(words.size()).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins an argument of so many bytes. */
  static void header(Output out, char type, long number) {
    out.put((byte) type);
    out.putDecimal(number);
    out.putLineEnd();
  }

  /** Adds an argument from native memory. */
  static void argument(Output out, long address, int length) {
    header(out, '$', length);
    out.put(address, length);
    out.putLineEnd();
  }

  /** Adds an argument of ASCII text. */
  static void argument(Output out, String text) {
    header(out, '$', text.length());
    out.putLatin(text);
    out.putLineEnd();
  }
}
