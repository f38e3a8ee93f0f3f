package io.hashslot.cli.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.cli.Conversation;
import io.hashslot.cli.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/**
 * Lines typed at a terminal: with editing, history, completion of command names and hints on their
 * arguments.
 */
final class TypedLines implements LineSource {
  private final Terminal terminal;
  private final LineReader reader;
  private final HistoryFile history;

  private TypedLines(Terminal terminal, LineReader reader, HistoryFile history) {
    this.terminal = terminal;
    this.reader = reader;
    this.history = history;
  }

  static TypedLines open(Surroundings surroundings, Conversation conversation, HelpPages help) {
    try {
      return on(
          TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build(),
          surroundings,
          conversation,
          help);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads from the given terminal, which it closes in the end. */
  static TypedLines on(
      Terminal terminal, Surroundings surroundings, Conversation conversation, HelpPages help) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer(
                (_, line, candidates) ->
                    help.completions(line.line().substring(0, line.cursor()))
                        .forEach(
                            name ->
                                candidates.add(
                                    new Candidate(lastWords(name, line.words().size())))))
            .highlighter(new Hints(help))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.BELL_STYLE, "none")
            .build();
    reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
    bindArrows(reader);
    HistoryFile history = HistoryFile.of(surroundings);
    Preferences.read(surroundings, help);
    // While a command runs, Ctrl-C ends the wait for its replies and not the program.
    terminal.handle(Terminal.Signal.INT, _ -> conversation.interrupt());
    var lines = new TypedLines(terminal, reader, history);
    history.lines().forEach(lines::recallable);
    return lines;
  }

  /** Not every terminal changes to the arrow keys' other codes when it is asked to. */
  private static void bindArrows(LineReader reader) {
    KeyMap<Binding> keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
    keys.bind(new Reference(LineReader.UP_LINE_OR_HISTORY), "\033[A");
    keys.bind(new Reference(LineReader.DOWN_LINE_OR_HISTORY), "\033[B");
    keys.bind(new Reference(LineReader.FORWARD_CHAR), "\033[C");
    keys.bind(new Reference(LineReader.BACKWARD_CHAR), "\033[D");
  }

  /**
   * Completion replaces the word under the cursor only, so of a name with several words it may
   * offer just the rest.
   */
  private static String lastWords(String name, int typedWords) {
    String[] words = name.split(" ", -1);
    return typedWords > 1 && words.length >= typedWords
        ? String.join(" ", java.util.Arrays.asList(words).subList(typedWords - 1, words.length))
        : name;
  }

  @Override
  public byte @Nullable [] next(String prompt) {
    try {
      return reader.readLine(prompt).getBytes(UTF_8);
    } catch (EndOfFileException | UserInterruptException _) {
      return null;
    }
  }

  @Override
  public void remember(String line) {
    recallable(line);
    history.add(line);
  }

  /**
   * The reader's own habit of keeping every line is off, because some hold passwords; it is
   * switched on for the lines that do not.
   */
  private void recallable(String line) {
    reader.setVariable(LineReader.DISABLE_HISTORY, false);
    reader.getHistory().add(line);
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
  }

  @Override
  public void clearScreen() {
    terminal.puts(InfoCmp.Capability.clear_screen);
    terminal.flush();
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Shows the open arguments behind the line, in grey. The line reader asks for the colours of a
   * line whenever it has changed: that is the moment to work out the hint.
   */
  private record Hints(HelpPages help) implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
      if (reader instanceof LineReaderImpl visible) {
        visible.setTailTip(help.hint(buffer));
      }
      return new AttributedStringBuilder()
          .style(AttributedStyle.DEFAULT)
          .append(buffer)
          .toAttributedString();
    }
  }
}
