package io.hashslot.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * One request, encoded once in native memory. Sending it again is a copy of some forty bytes and
 * the patching of the key's twelve digits in place.
 */
final class RequestTemplate {

  private static final String KEY = "key:000000000000";
  private static final String COUNTER = "cnt:000000000000";
  private static final int NONE = -1;

  private final NativeBuffer memory;
  private final int length;
  private final int keyDigits;
  private final int valueDigits;

  private RequestTemplate(String text, int keyDigits, int valueDigits) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    memory = NativeBuffer.allocate(bytes.length);
    memory.bytes().put(bytes);
    length = bytes.length;
    this.keyDigits = keyDigits;
    this.valueDigits = valueDigits;
  }

  /**
   * Encodes a request.
   *
   * @param valueSize bytes of the value that SET writes; its first twelve are the key's digits if
   *     they fit
   */
  static RequestTemplate of(RequestKind kind, int valueSize) {
    return switch (kind) {
      case GET -> keyed(command("GET", KEY));
      case INCR -> keyed(command("INCR", COUNTER));
      case PING -> new RequestTemplate(command("PING"), NONE, NONE);
      case SET -> set(valueSize, "");
      case WAITSET -> set(valueSize, command("WAIT", "1", "1000"));
    };
  }

  private static RequestTemplate keyed(String text) {
    return new RequestTemplate(text, text.indexOf(':') + 1, NONE);
  }

  private static RequestTemplate set(int valueSize, String tail) {
    char[] filler = new char[valueSize];
    Arrays.fill(filler, 'x');
    String text = command("SET", KEY, new String(filler));
    int value = text.length() - 2 - valueSize;
    return new RequestTemplate(
        text + tail, text.indexOf(':') + 1, valueSize >= Digits.LENGTH ? value : NONE);
  }

  private static String command(String... arguments) {
    StringBuilder text = new StringBuilder("*").append(arguments.length).append("\r\n");
    for (String argument : arguments) {
      text.append('$').append(argument.length()).append("\r\n").append(argument).append("\r\n");
    }
    return text.toString();
  }

  /** Returns the bytes of one such request; all have the same length. */
  int length() {
    return length;
  }

  /** Writes the request for {@code key} at {@code to}; {@link #length()} bytes. */
  void write(long to, long key) {
    UnsafeApi.copyMemory(memory.address(), to, length);
    if (keyDigits != NONE) {
      Digits.put(to + keyDigits, key);
    }
    if (valueDigits != NONE) {
      Digits.put(to + valueDigits, key);
    }
  }

  @Override
  public String toString() {
    return NativeBuffer.text(memory.address(), length);
  }
}
