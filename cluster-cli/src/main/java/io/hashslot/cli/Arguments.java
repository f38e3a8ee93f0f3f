package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line, divided into options and the words of a command.
 *
 * <p>As in redis-cli, options end at the first word that is none, and whatever follows belongs to
 * the command. With {@code --cluster} the sub-command's words and options may be mixed. The last of
 * several equal options wins. Words are bytes, because keys and values need not be text.
 */
public final class Arguments {
  private final Map<Option, byte[]> values = new EnumMap<>(Option.class);
  private final List<byte[]> words = new ArrayList<>();
  private final List<String> clusterWords = new ArrayList<>();

  private Arguments() {}

  /**
   * Divides a command line.
   *
   * @throws UsageException for an unknown option, one without its value, or options that exclude
   *     each other
   */
  public static Arguments parse(List<byte[]> commandLine) throws UsageException {
    var arguments = new Arguments();
    int at = 0;
    while (at < commandLine.size()) {
      String word = new String(commandLine.get(at), UTF_8);
      boolean last = at + 1 == commandLine.size();
      Option option = word.equals("-h") && last ? Option.HELP : Option.byName(word);
      if (option == null && word.startsWith("-")) {
        throw new UsageException(
            Option.isElsewhere(word) || word.startsWith("--cluster-")
                ? "Option " + word + " is not available in this version of cluster-cli"
                : "Unrecognized option or bad number of args for: '" + word + "'");
      }
      if (option == null) {
        if (!arguments.has(Option.CLUSTER)) {
          arguments.words.addAll(commandLine.subList(at, commandLine.size()));
          break;
        }
        arguments.clusterWords.add(word);
        at++;
      } else if (!option.takesValue()) {
        arguments.values.put(option, new byte[0]);
        at++;
      } else if (last) {
        throw new UsageException("Unrecognized option or bad number of args for: '" + word + "'");
      } else {
        arguments.values.put(option, commandLine.get(at + 1));
        at += 2;
      }
    }
    arguments.refuseContradictions();
    return arguments;
  }

  private void refuseContradictions() throws UsageException {
    exclude(Option.CLUSTER_MODE, Option.SOCKET);
    exclude(Option.RESP2, Option.RESP3);
    exclude(Option.STDIN_LAST, Option.STDIN_TAG);
    exclude(Option.IPV4, Option.IPV6);
  }

  private void exclude(Option one, Option other) throws UsageException {
    if (has(one) && has(other)) {
      throw new UsageException(
          "Options " + one.text() + " and " + other.text() + " are mutually exclusive.");
    }
  }

  /** Whether an option was given. */
  public boolean has(Option option) {
    return values.containsKey(option);
  }

  /** The value of an option as text; {@code null} if it was not given. */
  public @Nullable String text(Option option) {
    byte[] value = values.get(option);
    return value == null ? null : new String(value, UTF_8);
  }

  /** The value of an option as bytes, or the given ones. */
  byte[] bytes(Option option, byte[] otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  /**
   * The value of an option as a whole number, or the given one.
   *
   * @throws UsageException if it is no number
   */
  public long number(Option option, long otherwise) throws UsageException {
    String text = text(option);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new UsageException("Invalid number for " + option.text() + ".");
    }
  }

  /**
   * The value of an option that is in seconds, in milliseconds; 0 if it was not given.
   *
   * @throws UsageException if it is no number or negative
   */
  public int seconds(Option option) throws UsageException {
    String text = text(option);
    if (text == null) {
      return 0;
    }
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 0 && seconds < 1e6) {
        return (int) Math.ceil(seconds * 1000);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new UsageException(
        option == Option.CONNECT_TIMEOUT
            ? "Invalid connection timeout for -t."
            : "Invalid number of seconds for " + option.text() + ".");
  }

  /** The words of the command; none for the interactive mode. */
  public List<byte[]> words() {
    return words;
  }

  /** The words behind {@code --cluster COMMAND}. */
  public List<String> clusterWords() {
    return clusterWords;
  }
}
