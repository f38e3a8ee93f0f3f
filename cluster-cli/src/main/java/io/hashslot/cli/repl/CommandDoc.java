package io.hashslot.cli.repl;

import io.hashslot.resp.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells of one of its commands in reply to COMMAND DOCS.
 *
 * @param name in upper case; of a sub-command both words
 * @param summary one sentence
 * @param since the version it came with
 * @param group such as {@code string}
 * @param syntax the arguments in the usual notation, one element for each argument at the top
 */
record CommandDoc(String name, String summary, String since, String group, List<String> syntax) {

  /**
   * All commands of a reply, sub-commands too, by name. Understands RESP2's flat arrays and RESP3's
   * maps.
   */
  static List<CommandDoc> all(Reply docs) {
    List<CommandDoc> found = new ArrayList<>();
    collect(docs, found);
    found.sort(Comparator.comparing(CommandDoc::name));
    return found;
  }

  private static void collect(Reply docs, List<CommandDoc> found) {
    List<Reply> items = docs.asItems();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      String name = items.get(i).asText().toUpperCase(Locale.ROOT).replace('|', ' ');
      Map<String, Reply> fields = fields(items.get(i + 1));
      Reply subcommands = fields.get("subcommands");
      found.add(
          new CommandDoc(
              name,
              text(fields, "summary"),
              text(fields, "since"),
              text(fields, "group"),
              syntaxes(fields.get("arguments"))));
      if (subcommands != null) {
        collect(subcommands, found);
      }
    }
  }

  private static Map<String, Reply> fields(Reply reply) {
    Map<String, Reply> fields = new HashMap<>();
    List<Reply> items = reply.asItems();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      fields.put(items.get(i).asText(), items.get(i + 1));
    }
    return fields;
  }

  private static String text(Map<String, Reply> fields, String name) {
    Reply value = fields.get(name);
    return value == null ? "" : value.asText();
  }

  private static List<String> syntaxes(@Nullable Reply arguments) {
    List<String> syntaxes = new ArrayList<>();
    if (arguments != null) {
      for (Reply argument : arguments.asItems()) {
        syntaxes.add(syntax(fields(argument)));
      }
    }
    return syntaxes;
  }

  private static String syntax(Map<String, Reply> argument) {
    String token =
        text(argument, "token").isEmpty() && argument.containsKey("token")
            ? "\"\""
            : text(argument, "token");
    String body =
        switch (text(argument, "type")) {
          case "pure-token" -> "";
          case "oneof" -> String.join("|", syntaxes(argument.get("arguments")));
          case "block" -> String.join(" ", syntaxes(argument.get("arguments")));
          default ->
              argument.containsKey("display_text")
                  ? text(argument, "display_text")
                  : text(argument, "name");
        };
    List<Reply> flags = argument.containsKey("flags") ? argument.get("flags").asItems() : List.of();
    String whole = token.isEmpty() ? body : body.isEmpty() ? token : token + ' ' + body;
    if (has(flags, "multiple_token")) {
      whole = whole + " [" + whole + " ...]";
    } else if (has(flags, "multiple")) {
      whole = whole + " [" + body + " ...]";
    }
    return has(flags, "optional") ? "[" + whole + "]" : whole;
  }

  private static boolean has(List<Reply> flags, String flag) {
    return flags.stream().anyMatch(it -> it.asText().equals(flag));
  }

  /** The whole syntax behind the name. */
  String parameters() {
    return String.join(" ", syntax);
  }

  /** The part of the syntax that {@code typed} complete words behind the name leave open. */
  String remaining(int typed) {
    int from = 0;
    for (int word = 0; word < typed && from < syntax.size(); word++) {
      if (syntax.get(from).endsWith("...]") || syntax.get(from).startsWith("[")) {
        break;
      }
      from++;
    }
    return String.join(" ", syntax.subList(from, syntax.size()));
  }

  /** How many words the name has. */
  int nameWords() {
    return name.split(" ", -1).length;
  }
}
