package io.hashslot.cli;

import io.hashslot.cli.cluster.ClusterOperations;
import io.hashslot.cli.repl.Repl;
import io.hashslot.cli.tryout.TryOut;
import io.hashslot.resp.InlineWords;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The program {@code cluster-cli}: one command and its reply, lines typed or piped in, or a cluster
 * operation.
 *
 * <p>Options are parsed by a table of ours ({@link Option}) and not by a library: redis-cli's rules
 * (options end at the first other word, a trailing {@code -h} asks for help, any word may be a
 * value) are simple but peculiar, and picocli alone, without annotations and with everything
 * cached, took longer to parse a line (50 ms and more) than the rest of a PING takes from start to
 * end.
 */
public final class Main {
  private static final String VERSION = "cluster-cli 0.1.0\n";

  private final Surroundings surroundings;
  private final Clock clock;

  private Main(Surroundings surroundings, Clock clock) {
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /** Runs the program and ends the process with its exit status. */
  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofProcess();
    int status = run(RawWords.of(args), surroundings, Clock.system());
    surroundings.out().flush();
    surroundings.err().flush();
    Runtime.getRuntime().halt(status);
  }

  /**
   * Runs the program.
   *
   * @param commandLine the words behind the program's name
   * @return the exit status: 0 if all went well, else 1
   */
  public static int run(List<byte[]> commandLine, Surroundings surroundings, Clock clock) {
    try {
      return new Main(surroundings, clock).run(Arguments.parse(commandLine));
    } catch (UsageException e) {
      surroundings.complain(String.valueOf(e.getMessage()));
      return 1;
    } catch (IOException | UncheckedIOException e) {
      surroundings.complain("Error: " + e.getMessage());
      return 1;
    } catch (OutputClosedException _) {
      return 1;
    }
  }

  private int run(Arguments arguments) throws UsageException, IOException {
    if (arguments.has(Option.VERSION) || arguments.has(Option.VERSION_SHORT)) {
      surroundings.print(VERSION);
      return 0;
    }
    if (arguments.has(Option.HELP)) {
      surroundings.print(Help.text());
      return 0;
    }
    Settings settings = Settings.of(arguments, surroundings);
    if (arguments.has(Option.CLUSTER)) {
      return new ClusterOperations(arguments, settings, surroundings, clock, new SplittableRandom())
          .run();
    }
    String tryOut = arguments.text(Option.TRY_OUT);
    if (tryOut != null) {
      return new TryOut(surroundings, clock).run(endpoint(tryOut), settings.connect());
    }
    if (arguments.words().isEmpty()) {
      try (var conversation = new Conversation(settings, surroundings, true)) {
        return new Repl(conversation, surroundings, settings, clock).run();
      }
    }
    try (var conversation = new Conversation(settings, surroundings, false)) {
      return oneCommand(arguments, conversation);
    }
  }

  private static Endpoint endpoint(String text) throws UsageException {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException _) {
      throw new UsageException("Invalid address: " + text);
    }
  }

  private int oneCommand(Arguments arguments, Conversation conversation)
      throws UsageException, IOException {
    long times = arguments.number(Option.REPEAT, 1);
    int intervalMs = arguments.seconds(Option.INTERVAL);
    conversation.connect(true);
    List<byte[]> words = new ArrayList<>(arguments.words());
    if (arguments.has(Option.QUOTED_INPUT)) {
      words = unquoted(words);
      if (words.isEmpty()) {
        surroundings.print("Invalid quoted string\n");
        return 1;
      }
    }
    if (arguments.has(Option.STDIN_LAST)) {
      words.add(surroundings.in().readAllBytes());
    }
    if (arguments.has(Option.STDIN_TAG)) {
      replaceTag(words, arguments.bytes(Option.STDIN_TAG, new byte[0]));
    }
    return conversation.say(new Command(words), times, intervalMs) ? 0 : 1;
  }

  /** The words without their quotes; none if one of them is quoted wrongly. */
  private static List<byte[]> unquoted(List<byte[]> words) {
    List<byte[]> plain = new ArrayList<>();
    for (byte[] word : words) {
      List<byte[]> parts = word.length == 0 ? List.of(word) : InlineWords.split(word);
      if (parts == null || parts.size() != 1) {
        return List.of();
      }
      plain.add(parts.getFirst());
    }
    return plain;
  }

  private void replaceTag(List<byte[]> words, byte[] tag) throws UsageException, IOException {
    for (int i = 1; i < words.size(); i++) {
      if (Arrays.equals(words.get(i), tag)) {
        words.set(i, surroundings.in().readAllBytes());
        return;
      }
    }
    throw new UsageException("Using -X option but stdin tag not match.");
  }
}
