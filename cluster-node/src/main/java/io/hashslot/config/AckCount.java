package io.hashslot.config;

import java.util.List;
import java.util.Locale;

/**
 * How many replicas must have a write before its client is told.
 *
 * @param replicas their number; {@link #MAJORITY} has none
 */
public record AckCount(int replicas) {
  /** More than that would be a mistake. */
  static final int MOST = 64;

  /** So many that they and the primary are more than half of the shard's nodes. */
  public static final AckCount MAJORITY = new AckCount(-1);

  /** Nobody waits. */
  public static final AckCount NONE = new AckCount(0);

  /**
   * Returns the number for a shard.
   *
   * @param known how many replicas the shard has, be they reachable or not
   */
  public int of(int known) {
    // A majority of primary and replicas, less the primary.
    return replicas >= 0 ? replicas : (known + 1) / 2;
  }

  /** Reads and writes it. */
  static final class Form implements Structured.Form<AckCount> {
    @Override
    public String kind() {
      return "number, from 0 to " + MOST + ", or majority";
    }

    @Override
    public boolean multipleWords() {
      return false;
    }

    @Override
    public AckCount parse(List<String> words, AckCount current, boolean adding)
        throws InvalidValueException {
      String word = words.size() == 1 ? words.getFirst().toLowerCase(Locale.ROOT) : "";
      if (word.equals("majority")) {
        return MAJORITY;
      }
      if (!word.matches("[0-9]{1,3}") || Integer.parseInt(word) > MOST) {
        throw new InvalidValueException(
            "argument must be between 0 and " + MOST + " or 'majority'");
      }
      return new AckCount(Integer.parseInt(word));
    }

    @Override
    public String format(AckCount value) {
      return value.replicas < 0 ? "majority" : Integer.toString(value.replicas);
    }
  }
}
