package io.hashslot.cli.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.cli.Conversation;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Help and hints on the commands of the very server one talks to, asked for when first needed. */
final class HelpPages {
  private static final String GENERAL =
      """
      cluster-cli 0.1.0
      Help on the server's commands:
            "help @GROUP" for all commands of a group, such as @string
            "help COMMAND" for one command
            "help " and the tab key for what there is
            "quit" to leave

      Preferences, also possible in ~/.redisclirc:
            ":set hints" to show the arguments of a command while it is typed
            ":set nohints" to show none
      """;

  private final Conversation conversation;
  private List<CommandDoc> docs = List.of();
  private boolean asked;
  private boolean hints = true;

  HelpPages(Conversation conversation) {
    this.conversation = conversation;
  }

  void showHints(boolean yes) {
    hints = yes;
  }

  /** The page for the words behind {@code help}. */
  String page(List<byte[]> words) {
    if (words.isEmpty()) {
      return GENERAL;
    }
    String topic =
        words.stream()
            .map(word -> new String(word, UTF_8).toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    var page = new StringBuilder();
    for (CommandDoc doc : docs()) {
      boolean byGroup = topic.equals("@" + doc.group().toUpperCase(Locale.ROOT));
      if (byGroup || doc.name().equals(topic)) {
        page.append(entry(doc, !byGroup));
      }
    }
    if (docs().isEmpty()) {
      return "The server does not tell of its commands (COMMAND DOCS).\n";
    }
    return page.append("\r\n").toString();
  }

  private static String entry(CommandDoc doc, boolean withGroup) {
    String entry =
        "\r\n  \033[1m%s\033[0m \033[90m%s\033[0m\r\n  \033[33msummary:\033[0m %s\r\n  \033[33msince:\033[0m %s\r\n"
            .formatted(doc.name(), doc.parameters(), doc.summary(), doc.since());
    return withGroup ? entry + "  \033[33mgroup:\033[0m " + doc.group() + "\r\n" : entry;
  }

  /**
   * What may follow the line typed so far; empty if that is not known. A word still being typed
   * counts as typed.
   */
  String hint(String line) {
    if (!hints || line.isBlank()) {
      return "";
    }
    String[] words = line.stripLeading().split("\\s+", -1);
    int typed = words.length - 1;
    CommandDoc best = null;
    for (CommandDoc doc : docs()) {
      if (doc.nameWords() <= words.length
          && (best == null || doc.nameWords() > best.nameWords())
          && startsWith(words, doc)) {
        best = doc;
      }
    }
    if (best == null) {
      return "";
    }
    boolean open = typed > 0 && words[typed].isEmpty();
    String rest = best.remaining(words.length - best.nameWords() - (open ? 1 : 0));
    return open || rest.isEmpty() ? rest : " " + rest;
  }

  private static boolean startsWith(String[] words, CommandDoc doc) {
    String[] name = doc.name().split(" ", -1);
    for (int i = 0; i < name.length; i++) {
      if (!words[i].equalsIgnoreCase(name[i])) {
        return false;
      }
    }
    return true;
  }

  /** The names of all commands, in lower or upper case as the beginning is. */
  List<String> completions(String line) {
    boolean help = line.toLowerCase(Locale.ROOT).startsWith("help ");
    String start = help ? line.substring(5) : line;
    boolean lower = start.equals(start.toLowerCase(Locale.ROOT));
    var names = new TreeSet<String>();
    for (CommandDoc doc : docs()) {
      names.add(lower ? doc.name().toLowerCase(Locale.ROOT) : doc.name());
      if (help) {
        names.add("@" + doc.group());
      }
    }
    return names.stream().filter(name -> name.startsWith(start)).toList();
  }

  private List<CommandDoc> docs() {
    if (!asked) {
      try {
        Reply reply = conversation.ask(Command.of("COMMAND", "DOCS"));
        docs = reply.isFailure() ? List.of() : CommandDoc.all(reply);
        asked = true;
      } catch (IOException _) {
        // Without a connection there is nothing to tell; asked again next time.
      }
    }
    return docs;
  }
}
