package io.hashslot.resp.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A command to send: its name and arguments as bytes.
 *
 * @param words at least one
 */
public record Command(List<byte[]> words) {
  /** Refuses a command without a name. */
  public Command {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a name");
    }
  }

  /** A command of words in UTF-8. */
  public static Command of(String... words) {
    List<byte[]> bytes = new ArrayList<>(words.length);
    for (String word : words) {
      bytes.add(word.getBytes(UTF_8));
    }
    return new Command(bytes);
  }

  /** A command of words in UTF-8. */
  public static Command of(Collection<String> words) {
    return of(words.toArray(String[]::new));
  }

  /** The command's name in upper case. */
  public String name() {
    return word(0);
  }

  /** The word at {@code index} in upper case (ASCII); empty if there is none. */
  public String word(int index) {
    if (index >= words.size()) {
      return "";
    }
    byte[] upper = words.get(index).clone();
    for (int i = 0; i < upper.length; i++) {
      if (upper[i] >= 'a' && upper[i] <= 'z') {
        upper[i] -= 32;
      }
    }
    return new String(upper, UTF_8);
  }

  /** The word at {@code index} as it is, read as UTF-8. */
  public String text(int index) {
    return new String(words.get(index), UTF_8);
  }

  /** Whether the command begins with these words, in any case. */
  public boolean startsWith(String... upperWords) {
    if (words.size() < upperWords.length) {
      return false;
    }
    for (int i = 0; i < upperWords.length; i++) {
      if (!word(i).equals(upperWords[i])) {
        return false;
      }
    }
    return true;
  }

  /** Writes the command as a RESP array of bulk strings. */
  void encode(ByteArrayOutputStream out) {
    header(out, '*', words.size());
    for (byte[] word : words) {
      header(out, '$', word.length);
      out.write(word, 0, word.length);
      out.write('\r');
      out.write('\n');
    }
  }

  private static void header(ByteArrayOutputStream out, char type, int count) {
    out.write(type);
    byte[] digits = Integer.toString(count).getBytes(ISO_8859_1);
    out.write(digits, 0, digits.length);
    out.write('\r');
    out.write('\n');
  }
}
