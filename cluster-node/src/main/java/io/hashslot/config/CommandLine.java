package io.hashslot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the server, as Redis reads them: perhaps a file first, then options such as
 * {@code --port 7000 --save 900 1}, which are lines of configuration written differently; a lone
 * {@code -} in the first or last place adds standard input.
 *
 * @param file the configuration file, or null for none
 * @param standardInput whether standard input has more lines
 * @param options the options as lines of redis.conf
 */
public record CommandLine(@Nullable String file, boolean standardInput, String options) {

  /** Reads the arguments; what the options mean is not looked at here. */
  public static CommandLine parse(List<String> args) {
    var parser = new Parser(args);
    return parser.parse();
  }

  private static final class Parser {
    private final List<String> args;
    private final StringBuilder lines = new StringBuilder();

    /**
     * Whether the next word that begins with two dashes is a name. It is not right after a name:
     * there it is a value, as in {@code --requirepass --secret--}.
     */
    private boolean nameAllowed = true;

    Parser(List<String> args) {
      this.args = args;
    }

    CommandLine parse() {
      boolean hasFile = !args.isEmpty() && !args.getFirst().startsWith("-");
      boolean standardInput = false;
      for (int i = hasFile ? 1 : 0; i < args.size(); i++) {
        String arg = args.get(i);
        if (arg.equals("-") && (i == 0 || i == args.size() - 1)) {
          standardInput = true;
        } else if (nameAllowed && arg.startsWith("--")) {
          name(i);
        } else {
          lines.append(Words.quote(arg)).append(' ');
          nameAllowed = true;
        }
      }
      return new CommandLine(hasFile ? args.getFirst() : null, standardInput, lines.toString());
    }

    private void name(int i) {
      String arg = args.get(i);
      if (!lines.isEmpty()) lines.append('\n');
      lines.append(arg, 2, arg.length()).append(' ');
      List<String> words = Words.split(arg);
      if (words == null || words.size() > 1) return; // "--port 7000" as one argument
      boolean last = i == args.size() - 1;
      boolean followedByName = !last && args.get(i + 1).startsWith("--");
      nameAllowed = false;
      if ((last || followedByName) && arg.strip().equalsIgnoreCase("--save")) {
        lines.append("\"\""); // scripts that build the list of save points may end up with none
        nameAllowed = true;
      } else if (arg.strip().equalsIgnoreCase("--sentinel")) {
        nameAllowed = true;
      }
    }
  }
}
