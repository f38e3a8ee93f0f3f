package io.hashslot.slot;

/**
 * Neighbouring slots, both ends included. The text form is {@code first-last}, or just the slot if
 * there is only one.
 *
 * @param first 0 to 16383
 * @param last {@code first} to 16383
 */
public record SlotRange(int first, int last) {
  /**
   * @throws IllegalArgumentException if an end is no slot or the ends are swapped
   */
  public SlotRange {
    if (!Slots.isValid(first) || !Slots.isValid(last) || first > last) {
      throw new IllegalArgumentException("no slot range: " + first + "-" + last);
    }
  }

  /**
   * Reads {@code 42} or {@code 0-5460}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static SlotRange parse(String text) {
    int dash = text.indexOf('-');
    int first = number(text, 0, dash < 0 ? text.length() : dash);
    return new SlotRange(first, dash < 0 ? first : number(text, dash + 1, text.length()));
  }

  /** How many slots. */
  public int count() {
    return last - first + 1;
  }

  /** Plain decimal digits only: {@code Integer.parseInt} would take a sign, too. */
  private static int number(String text, int from, int end) {
    if (from == end || end - from > 5) {
      throw new IllegalArgumentException("no slot or slot range: '" + text + "'");
    }
    int value = 0;
    for (int at = from; at < end; at++) {
      char digit = text.charAt(at);
      if (digit < '0' || digit > '9') {
        throw new IllegalArgumentException("no slot or slot range: '" + text + "'");
      }
      value = value * 10 + digit - '0';
    }
    return value;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
