package io.hashslot.resp;

import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/**
 * Writes replies in the protocol version of the session, in place, into an {@link Output}. Types
 * that RESP2 lacks are written as Redis writes them there: maps and sets as flat arrays, doubles
 * and verbatim strings as bulk strings, booleans as 0 and 1, pushes as arrays.
 */
public final class ReplyWriter {
  /** {@code +OK\r} as a little-endian int; a {@code \n} follows. */
  private static final int OK = '+' | 'O' << 8 | 'K' << 16 | '\r' << 24;

  private Output out;
  private boolean resp3;

  /** Makes a writer for RESP2. */
  public ReplyWriter(Output out) {
    this.out = out;
  }

  /** Makes a writer for the protocol that another one writes. */
  public static ReplyWriter like(ReplyWriter other, Output out) {
    ReplyWriter writer = new ReplyWriter(out);
    writer.resp3 = other.resp3;
    return writer;
  }

  /** Returns where replies go. */
  public Output output() {
    return out;
  }

  /** Sends what follows to another output. */
  public void output(Output output) {
    out = output;
  }

  /** Tells whether RESP3 is spoken. */
  public boolean resp3() {
    return resp3;
  }

  /** Chooses RESP3 or RESP2 for what follows. */
  public void resp3(boolean version3) {
    resp3 = version3;
  }

  /** Writes {@code +OK}. */
  public void ok() {
    long to = out.reserve(5);
    UnsafeApi.putInt(to, OK);
    UnsafeApi.putByte(to + 4, (byte) '\n');
    out.advance(5);
  }

  /** Writes a simple string; it must hold no line ends. */
  public void simple(String text) {
    line('+', text);
  }

  /**
   * Writes an error. The text begins with its code, as in {@code ERR syntax error}; line ends in it
   * become spaces, those at its end are dropped.
   */
  public void error(String text) {
    line('-', text.indexOf('\r') < 0 && text.indexOf('\n') < 0 ? text : flat(text));
  }

  private static String flat(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\r' || text.charAt(end - 1) == '\n')) {
      end--;
    }
    return text.substring(0, end).replace('\r', ' ').replace('\n', ' ');
  }

  private void line(char type, String text) {
    out.put((byte) type);
    out.putLatin(text);
    out.putLineEnd();
  }

  /** Writes an integer. */
  public void integer(long value) {
    header(':', value);
  }

  private void header(char type, long value) {
    long to = out.reserve(23);
    UnsafeApi.putByte(to, (byte) type);
    int digits = Decimal.write(to + 1, value);
    UnsafeApi.putShort(to + 1 + digits, Output.LINE_END);
    out.advance(3 + digits);
  }

  /** Writes native memory as a bulk string. */
  public void bulk(long address, int length) {
    long to = out.reserve(length + 16);
    UnsafeApi.putByte(to, (byte) '$');
    int head = 1 + Decimal.write(to + 1, length);
    UnsafeApi.putShort(to + head, Output.LINE_END);
    Output.copy(address, to + head + 2, length);
    UnsafeApi.putShort(to + head + 2 + length, Output.LINE_END);
    out.advance(head + 4 + length);
  }

  /** Writes bytes as a bulk string. */
  public void bulk(byte[] bytes) {
    header('$', bytes.length);
    out.put(bytes);
    out.putLineEnd();
  }

  /** Writes text as a bulk string of its UTF-8 bytes. */
  public void bulk(String text) {
    bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a number as a bulk string of decimal digits. */
  public void bulkInteger(long value) {
    header('$', Decimal.length(value));
    out.putDecimal(value);
    out.putLineEnd();
  }

  /** Writes the absent value: null in RESP3, the null bulk string in RESP2. */
  public void nil() {
    out.putLatin(resp3 ? "_\r\n" : "$-1\r\n");
  }

  /** Writes the absent aggregate: null in RESP3, the null array in RESP2. */
  public void nilArray() {
    out.putLatin(resp3 ? "_\r\n" : "*-1\r\n");
  }

  /** Begins an array of so many replies. */
  public void array(long size) {
    header('*', size);
  }

  /**
   * Makes what was written since a position of the output the elements of an array, for when their
   * number is known only afterwards.
   */
  public void arrayAt(int start, long size) {
    out.insertLatin(start, "*" + size + "\r\n");
  }

  /** Like {@link #arrayAt}, for the elements of a set. */
  public void setAt(int start, long size) {
    out.insertLatin(start, (resp3 ? "~" : "*") + size + "\r\n");
  }

  /** Puts a bulk string of ASCII text before what was written since a position of the output. */
  public void bulkAt(int start, String text) {
    out.insertLatin(start, "$" + text.length() + "\r\n" + text + "\r\n");
  }

  /** Begins a map of so many pairs. */
  public void map(long pairs) {
    if (resp3) {
      header('%', pairs);
    } else {
      header('*', pairs * 2);
    }
  }

  /** Begins a set of so many replies. */
  public void set(long size) {
    header(resp3 ? '~' : '*', size);
  }

  /** Begins an out-of-band message of so many replies. */
  public void push(long size) {
    header(resp3 ? '>' : '*', size);
  }

  /** Begins an attribute of so many pairs; RESP3 only. */
  public void attribute(long pairs) {
    header('|', pairs);
  }

  /** Writes a boolean. */
  public void bool(boolean value) {
    if (resp3) {
      out.putLatin(value ? "#t\r\n" : "#f\r\n");
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** Writes a floating-point number given as its text. */
  public void real(String text) {
    if (resp3) {
      line(',', text);
    } else {
      bulk(text);
    }
  }

  /** Writes a floating-point number, as {@link DoubleText} shows it. */
  public void real(double value) {
    long to = out.reserve(DoubleText.LONGEST + 7);
    if (resp3) {
      UnsafeApi.putByte(to, (byte) ',');
      int length = DoubleText.write(to + 1, value);
      UnsafeApi.putShort(to + 1 + length, Output.LINE_END);
      out.advance(3 + length);
      return;
    }
    int length = DoubleText.write(to + 5, value);
    int head = length < 10 ? 4 : 5;
    if (head == 4) {
      UnsafeApi.copyMemory(to + 5, to + 4, length);
    }
    UnsafeApi.putByte(to, (byte) '$');
    int _ = Decimal.write(to + 1, length);
    UnsafeApi.putShort(to + head - 2, Output.LINE_END);
    UnsafeApi.putShort(to + head + length, Output.LINE_END);
    out.advance(head + length + 2);
  }

  /** Writes a big number given as decimal text. */
  public void bigNumber(String text) {
    if (resp3) {
      line('(', text);
    } else {
      bulk(text);
    }
  }

  /**
   * Writes text for people: verbatim in RESP3, with a format of three letters such as {@code txt}.
   */
  public void verbatim(String format, byte[] bytes) {
    if (!resp3) {
      bulk(bytes);
      return;
    }
    header('=', bytes.length + 4L);
    out.putLatin(format);
    out.put((byte) ':');
    out.put(bytes);
    out.putLineEnd();
  }
}
