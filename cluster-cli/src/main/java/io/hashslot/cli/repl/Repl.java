package io.hashslot.cli.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.cli.Conversation;
import io.hashslot.cli.Settings;
import io.hashslot.cli.Surroundings;
import io.hashslot.resp.InlineWords;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.time.Clock;
import java.util.List;

/** The loop over lines: a few words are for the program itself, all others go to the server. */
public final class Repl {
  private static final long SLOW_MS = 500;

  private final Conversation conversation;
  private final Surroundings surroundings;
  private final Settings settings;
  private final Clock clock;
  private final HelpPages help;
  private boolean running = true;

  /** Prepares the loop; it ends with the lines, not with the connection. */
  public Repl(
      Conversation conversation, Surroundings surroundings, Settings settings, Clock clock) {
    this.conversation = conversation;
    this.surroundings = surroundings;
    this.settings = settings;
    this.clock = clock;
    this.help = new HelpPages(conversation);
  }

  /** Runs until there are no more lines, or {@code quit}; returns the exit status, which is 0. */
  public int run() {
    conversation.connect(false);
    try (LineSource lines =
        surroundings.inIsTerminal()
            ? TypedLines.open(surroundings, conversation, help)
            : new PipedLines(surroundings)) {
      while (running) {
        byte[] line = lines.next(conversation.prompt());
        if (line == null) {
          break;
        }
        take(line, lines);
      }
    }
    return 0;
  }

  private void take(byte[] line, LineSource lines) {
    String text = new String(line, UTF_8);
    List<byte[]> words = InlineWords.split(line);
    if (words == null) {
      surroundings.print("Invalid argument(s)\n");
      lines.remember(text);
      return;
    }
    if (words.isEmpty()) {
      return;
    }
    long times = 1;
    String first = new String(words.getFirst(), UTF_8);
    if (words.size() > 1 && first.matches("[+-]?\\d+")) {
      times = repetitions(first);
      if (times <= 0) {
        surroundings.print("Invalid redis-cli repeat command option value.\n");
        return;
      }
      words = words.subList(1, words.size());
    }
    Command command = new Command(words);
    if (!SensitiveLines.isSensitive(command)) {
      lines.remember(text);
    }
    obey(command, times, lines);
  }

  private void obey(Command command, long times, LineSource lines) {
    switch (command.name()) {
      case "QUIT", "EXIT" -> running = false;
      case "RESTART" -> surroundings.print("Use 'restart' only in Lua debugging mode.\n");
      case "HELP", "?" -> {
        conversation.connect(true);
        surroundings.print(help.page(command.words().subList(1, command.words().size())));
      }
      case "CONNECT" -> {
        if (command.words().size() == 3) {
          connectTo(command.text(1), command.text(2));
        } else {
          send(command, times);
        }
      }
      case "CLEAR" -> {
        if (command.words().size() == 1) {
          lines.clearScreen();
        } else {
          send(command, times);
        }
      }
      default -> {
        if (command.name().startsWith(":")) {
          prefer(command);
        } else {
          send(command, times);
        }
      }
    }
  }

  private void connectTo(String host, String port) {
    try {
      conversation.moveTo(new Endpoint(host, Integer.parseInt(port)));
    } catch (IllegalArgumentException _) {
      surroundings.print("Invalid port: " + port + "\n");
    }
  }

  private void prefer(Command command) {
    if (command.startsWith(":SET", "HINTS")) {
      help.showHints(true);
    } else if (command.startsWith(":SET", "NOHINTS")) {
      help.showHints(false);
    } else {
      String what =
          command.text(0).equals(":set") && command.words().size() > 1
              ? "unknown redis-cli preference '" + command.text(1)
              : "unknown redis-cli internal command '" + command.text(0);
      surroundings.print(what + "'\n");
    }
  }

  private void send(Command command, long times) {
    long startNs = clock.monotonicNs();
    conversation.say(command, times, 0);
    long elapsedMs = (clock.monotonicNs() - startNs) / 1_000_000;
    if (elapsedMs >= SLOW_MS && settings.isForPeople() && !conversation.wasInterrupted()) {
      surroundings.print("(%.2fs)\n".formatted(elapsedMs / 1000.0));
    }
  }

  private static long repetitions(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
