package io.hashslot.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.UnsafeApi;

/**
 * The requests of one operation, encoded once in native memory. Sending them again is a copy of
 * some forty bytes and the patching of the number's twelve digits in place.
 */
final class RequestTemplate {

  private static final String NUMBER = "{n}";
  private static final Pattern OF_NUMBER = Pattern.compile("\\{n(/|%)?(\\d+)?\\}");
  private static final String VALUE = "{value}";
  private static final String DIGITS = "0".repeat(Digits.LENGTH);

  /**
   * Where which digits go.
   *
   * @param divisor what the number is divided by
   * @param modulus what of the result is left then
   */
  private record Patch(int at, long divisor, long modulus) {
    static Patch of(int at, String what) {
      Matcher number = OF_NUMBER.matcher(what);
      if (!number.matches()) {
        throw new IllegalArgumentException("no part of the number: " + what);
      }
      long by = number.group(2) == null ? 1 : Long.parseLong(number.group(2));
      boolean rest = "%".equals(number.group(1));
      return new Patch(at, rest ? 1 : by, rest ? by : Digits.LIMIT);
    }
  }

  private final NativeBuffer memory;
  private final int length;
  private final int[] offsets;

  /** What the number is divided by, and what of it is taken then, for each offset. */
  private final long[] divisors;

  private final long[] moduli;

  private RequestTemplate(byte[] bytes, List<Patch> patches) {
    memory = NativeBuffer.allocate(bytes.length);
    memory.bytes().put(bytes);
    length = bytes.length;
    offsets = patches.stream().mapToInt(Patch::at).toArray();
    divisors = patches.stream().mapToLong(Patch::divisor).toArray();
    moduli = patches.stream().mapToLong(Patch::modulus).toArray();
  }

  /**
   * Encodes a request.
   *
   * @param valueSize bytes of values that are written; their first twelve are the number's digits
   *     if they fit
   */
  static RequestTemplate of(RequestKind kind, int valueSize) {
    StringBuilder text = new StringBuilder();
    List<Patch> patches = new ArrayList<>();
    for (List<String> words : kind.requests) {
      text.append('*').append(words.size()).append("\r\n");
      words.forEach(word -> append(text, patches, word, valueSize));
    }
    return new RequestTemplate(text.toString().getBytes(StandardCharsets.US_ASCII), patches);
  }

  private static void append(StringBuilder text, List<Patch> patches, String word, int valueSize) {
    if (word.equals(VALUE)) {
      text.append('$').append(valueSize).append("\r\n");
      if (valueSize >= Digits.LENGTH) {
        patches.add(Patch.of(text.length(), NUMBER));
      }
      text.append("x".repeat(valueSize)).append("\r\n");
      return;
    }
    int brace = word.indexOf('{');
    String filled = brace < 0 ? word : word.substring(0, brace) + DIGITS;
    text.append('$').append(filled.length()).append("\r\n");
    if (brace >= 0) {
      patches.add(Patch.of(text.length() + brace, word.substring(brace)));
    }
    text.append(filled).append("\r\n");
  }

  /** Returns the bytes of one such request; all have the same length. */
  int length() {
    return length;
  }

  /** Writes the requests for {@code number} at {@code to}; {@link #length()} bytes. */
  void write(long to, long number) {
    UnsafeApi.copyMemory(memory.address(), to, length);
    for (int i = 0; i < offsets.length; i++) {
      Digits.put(to + offsets[i], number / divisors[i] % moduli[i]);
    }
  }

  @Override
  public String toString() {
    return NativeBuffer.text(memory.address(), length);
  }
}
