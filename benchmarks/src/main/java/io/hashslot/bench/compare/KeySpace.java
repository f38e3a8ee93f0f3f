package io.hashslot.bench.compare;

import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * The keys of a cluster whose first slots move: which of them move, and what was last written to
 * each.
 *
 * <p>Each number is written by one thread only; whoever reads afterwards has waited for its end.
 */
final class KeySpace {

  /** The version of a key whose last write had no answer that says what became of it. */
  private static final int UNKNOWN = -1;

  private final int valueSize;
  private final int[] versions;
  private final int[] moving;
  private final int[] staying;

  /**
   * Numbers from 0 to {@code keys}.
   *
   * @param movingSlots how many slots move, from slot 0 on
   * @param valueSize least bytes of a value
   */
  KeySpace(int keys, int movingSlots, int valueSize) {
    this.valueSize = valueSize;
    versions = new int[keys];
    moving = IntStream.range(0, keys).filter(n -> slot(n) < movingSlots).toArray();
    staying = IntStream.range(0, keys).filter(n -> slot(n) >= movingSlots).toArray();
  }

  int size() {
    return versions.length;
  }

  /** Numbers of the keys that move. */
  int[] moving() {
    return moving;
  }

  /** Numbers of the keys that do not. */
  int[] staying() {
    return staying;
  }

  static String key(int number) {
    String digits = Integer.toString(number);
    return "key:" + "0".repeat(12 - digits.length()) + digits;
  }

  private static int slot(int number) {
    return Slots.of(key(number).getBytes(StandardCharsets.US_ASCII));
  }

  /** The value that belongs to the last write of a number. */
  String value(int number) {
    return value(number, versions[number]);
  }

  /** The value to write next. */
  String nextValue(int number) {
    return value(number, versions[number] + 1);
  }

  private String value(int number, int version) {
    String text = number + ":" + version + ":";
    return text + "x".repeat(Math.max(0, valueSize - text.length()));
  }

  /** The next value was confirmed. */
  void written(int number) {
    versions[number]++;
  }

  /** Nobody knows whether the next value was written. */
  void lost(int number) {
    versions[number] = UNKNOWN;
  }

  /** Whether it is known what has to be there. */
  boolean known(int number) {
    return versions[number] != UNKNOWN;
  }
}
