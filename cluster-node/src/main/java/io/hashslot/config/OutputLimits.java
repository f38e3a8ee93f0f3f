package io.hashslot.config;

import java.util.List;
import java.util.Locale;

/**
 * The limits on what may wait to be sent to a client, by kind of client.
 *
 * @param normal for ordinary clients
 * @param replica for replicas
 * @param pubsub for clients that subscribe to channels
 */
public record OutputLimits(Limit normal, Limit replica, Limit pubsub) {
  /** What holds unless the configuration says otherwise. */
  static final OutputLimits DEFAULT =
      new OutputLimits(
          new Limit(0, 0, 0),
          new Limit(256L << 20, 64L << 20, 60),
          new Limit(32L << 20, 8L << 20, 60));

  /**
   * A client is disconnected at the hard limit at once, at the soft limit if it stays above it.
   *
   * @param hardBytes 0 for no limit
   * @param softBytes 0 for no limit
   * @param softSeconds how long it may stay above the soft limit
   */
  public record Limit(long hardBytes, long softBytes, long softSeconds) {
    private String text() {
      return hardBytes + " " + softBytes + " " + softSeconds;
    }

    private String line() {
      return MemorySize.format(hardBytes) + " " + MemorySize.format(softBytes) + " " + softSeconds;
    }
  }

  private OutputLimits with(String kind, Limit limit) throws InvalidValueException {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "normal" -> new OutputLimits(limit, replica, pubsub);
      case "slave", "replica" -> new OutputLimits(normal, limit, pubsub);
      case "pubsub" -> new OutputLimits(normal, replica, limit);
      default ->
          throw new InvalidValueException(
              "Invalid client class specified in buffer limit configuration.");
    };
  }

  /** The grammar: groups of kind, hard limit, soft limit and seconds; kinds not named stay. */
  static final class Form implements Structured.Form<OutputLimits> {
    @Override
    public String kind() {
      return "groups of: normal, replica or pubsub; hard limit; soft limit; seconds";
    }

    @Override
    public OutputLimits parse(List<String> words, OutputLimits current, boolean adding)
        throws InvalidValueException {
      if (words.size() % 4 != 0) {
        throw new InvalidValueException("Wrong number of arguments in buffer limit configuration.");
      }
      OutputLimits limits = current;
      for (int i = 0; i < words.size(); i += 4) {
        limits.with(words.get(i), new Limit(0, 0, 0));
        long hard = MemorySize.parse(words.get(i + 1));
        long soft = MemorySize.parse(words.get(i + 2));
        String seconds = words.get(i + 3);
        if (hard < 0 || soft < 0 || !seconds.matches("[0-9]{1,10}")) {
          throw new InvalidValueException(
              "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
        }
        limits = limits.with(words.get(i), new Limit(hard, soft, Long.parseLong(seconds)));
      }
      return limits;
    }

    @Override
    public String format(OutputLimits limits) {
      return "normal %s slave %s pubsub %s"
          .formatted(limits.normal.text(), limits.replica.text(), limits.pubsub.text());
    }

    @Override
    public List<Directive.RewriteLine> lines(OutputLimits limits, OutputLimits defaultValue) {
      return List.of(
          line("normal ", limits.normal, defaultValue.normal),
          line("replica ", limits.replica, defaultValue.replica),
          line("pubsub ", limits.pubsub, defaultValue.pubsub));
    }

    private static Directive.RewriteLine line(String kind, Limit limit, Limit defaultValue) {
      return new Directive.RewriteLine(kind + limit.line(), !limit.equals(defaultValue));
    }
  }
}
