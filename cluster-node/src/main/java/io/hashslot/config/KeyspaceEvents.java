package io.hashslot.config;

import java.util.List;

/**
 * Which events of keys are published, as a set of bits; each has a letter in {@code
 * notify-keyspace-events}. The bits' values are free; the letters and their order are Redis'.
 */
public final class KeyspaceEvents {
  /** Publish to {@code __keyspace@<db>__:<key>} (K). */
  public static final int KEYSPACE = 1;

  /** Publish to {@code __keyevent@<db>__:<event>} (E). */
  public static final int KEYEVENT = 1 << 1;

  /** Commands that fit every type: DEL, EXPIRE, RENAME … (g). */
  public static final int GENERIC = 1 << 2;

  /** String commands ($). */
  public static final int STRING = 1 << 3;

  /** List commands (l). */
  public static final int LIST = 1 << 4;

  /** Set commands (s). */
  public static final int SET = 1 << 5;

  /** Hash commands (h). */
  public static final int HASH = 1 << 6;

  /** Sorted set commands (z). */
  public static final int SORTED_SET = 1 << 7;

  /** Keys that expired (x). */
  public static final int EXPIRED = 1 << 8;

  /** Keys that were evicted (e). */
  public static final int EVICTED = 1 << 9;

  /** Stream commands (t). */
  public static final int STREAM = 1 << 10;

  /** Reads of keys that are not there (m); never part of A. */
  public static final int KEY_MISS = 1 << 11;

  /** Commands of module types (d). */
  public static final int MODULE = 1 << 12;

  /** Keys that are new (n); never part of A. */
  public static final int NEW = 1 << 13;

  /** All that the letter A stands for. */
  public static final int ALL =
      GENERIC | STRING | LIST | SET | HASH | SORTED_SET | EXPIRED | EVICTED | STREAM | MODULE;

  private static final String CLASSES = "g$lshzxetdn";
  private static final int[] CLASS_BITS = {
    GENERIC, STRING, LIST, SET, HASH, SORTED_SET, EXPIRED, EVICTED, STREAM, MODULE, NEW
  };

  private KeyspaceEvents() {}

  /** The grammar: one word of letters. */
  static final class Form implements Structured.Form<Integer> {
    @Override
    public String kind() {
      return "letters out of Ag$lshzxeKEtmdn";
    }

    @Override
    public boolean multipleWords() {
      return false;
    }

    @Override
    public Integer parse(List<String> words, Integer current, boolean adding)
        throws InvalidValueException {
      int bits = 0;
      for (char letter : Directive.only(words).toCharArray()) bits |= bit(letter);
      return bits;
    }

    private static int bit(char letter) throws InvalidValueException {
      int at = CLASSES.indexOf(letter);
      if (at >= 0) return CLASS_BITS[at];
      return switch (letter) {
        case 'A' -> ALL;
        case 'K' -> KEYSPACE;
        case 'E' -> KEYEVENT;
        case 'm' -> KEY_MISS;
        default ->
            throw new InvalidValueException(
                "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
      };
    }

    @Override
    public String format(Integer bits) {
      var text = new StringBuilder();
      if ((bits & ALL) == ALL) {
        text.append('A');
      } else {
        for (int i = 0; i < CLASS_BITS.length; i++) {
          if ((bits & CLASS_BITS[i]) != 0) text.append(CLASSES.charAt(i));
        }
      }
      if ((bits & KEYSPACE) != 0) text.append('K');
      if ((bits & KEYEVENT) != 0) text.append('E');
      if ((bits & KEY_MISS) != 0) text.append('m');
      return text.toString();
    }

    @Override
    public List<Directive.RewriteLine> lines(Integer bits, Integer defaultValue) {
      String text = Words.quote(format(bits));
      return List.of(new Directive.RewriteLine(text, !bits.equals(defaultValue)));
    }
  }
}
