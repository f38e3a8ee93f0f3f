package io.hashslot.resp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line into words by the quoting rules of inline commands, which are also those of
 * redis-cli's prompt. Checked against redis-server and redis-cli 7.0.15:
 *
 * <ul>
 *   <li>words are separated by white space (blank, {@code \t \n 0x0b \f \r});
 *   <li>inside {@code "…"}: {@code \xHH} is a byte, {@code \n \r \t \b \a} are control bytes, a
 *       backslash before any other byte stands for that byte;
 *   <li>inside {@code '…'}: only {@code \'} is an escape, everything else is literal;
 *   <li>a quote may open in the middle of a word, but after a closing quote there must be white
 *       space or the end of the line;
 *   <li>a zero byte ends the line; inside quotes it makes the line unbalanced.
 * </ul>
 */
public final class InlineWords {
  private final byte[] line;
  private final int end;
  private final byte[] word;
  private int at;
  private int wordLength;

  private InlineWords(byte[] line, int offset, int length) {
    this.line = line;
    this.at = offset;
    this.end = offset + length;
    this.word = new byte[length];
  }

  /** Splits a whole array; see {@link #split(byte[], int, int)}. */
  public static @Nullable List<byte[]> split(byte[] line) {
    return split(line, 0, line.length);
  }

  /**
   * Splits {@code length} bytes of {@code line} from {@code offset} on.
   *
   * @return the words, none for a blank line; {@code null} when quotes are unbalanced or a closing
   *     quote touches another byte
   */
  public static @Nullable List<byte[]> split(byte[] line, int offset, int length) {
    return new InlineWords(line, offset, length).words();
  }

  private @Nullable List<byte[]> words() {
    List<byte[]> words = new ArrayList<>();
    while (true) {
      while (isSpace(peek())) {
        at++;
      }
      if (peek() <= 0) {
        return words;
      }
      wordLength = 0;
      if (!readWord()) {
        return null;
      }
      byte[] copy = new byte[wordLength];
      System.arraycopy(word, 0, copy, 0, wordLength);
      words.add(copy);
    }
  }

  private boolean readWord() {
    while (true) {
      int c = peek();
      switch (c) {
        case -1, 0, ' ', '\n', '\r', '\t' -> {
          return true;
        }
        case '"' -> {
          at++;
          return readDoubleQuoted() && endsHere();
        }
        case '\'' -> {
          at++;
          return readSingleQuoted() && endsHere();
        }
        default -> take(c);
      }
    }
  }

  private boolean readDoubleQuoted() {
    while (true) {
      int c = peek();
      if (c <= 0) {
        return false;
      }
      if (c == '"') {
        at++;
        return true;
      }
      if (c == '\\' && peekAt(1) == 'x' && hex(peekAt(2)) >= 0 && hex(peekAt(3)) >= 0) {
        word[wordLength++] = (byte) (hex(peekAt(2)) << 4 | hex(peekAt(3)));
        at += 4;
      } else if (c == '\\' && peekAt(1) > 0) {
        word[wordLength++] = unescaped(peekAt(1));
        at += 2;
      } else {
        take(c);
      }
    }
  }

  private boolean readSingleQuoted() {
    while (true) {
      int c = peek();
      if (c <= 0) {
        return false;
      }
      if (c == '\'') {
        at++;
        return true;
      }
      if (c == '\\' && peekAt(1) == '\'') {
        at++;
        c = '\'';
      }
      take(c);
    }
  }

  private boolean endsHere() {
    return peek() <= 0 || isSpace(peek());
  }

  private void take(int c) {
    word[wordLength++] = (byte) c;
    at++;
  }

  /** The byte at the cursor as 0..255, or -1 at the end. */
  private int peek() {
    return peekAt(0);
  }

  private int peekAt(int ahead) {
    return at + ahead < end ? line[at + ahead] & 0xff : -1;
  }

  private static byte unescaped(int c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> (byte) c;
    };
  }

  private static int hex(int c) {
    return c < 0 || c > 'f' ? -1 : Character.digit(c, 16);
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c >= 9 && c <= 13;
  }
}
