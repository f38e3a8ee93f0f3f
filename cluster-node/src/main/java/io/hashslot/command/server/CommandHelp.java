package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** COMMAND HELP */
final class CommandHelp {
  private static final List<String> LINES =
      List.of(
          "COMMAND <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "(no subcommand)",
          "    All commands: arity, flags, keys, categories.",
          "COUNT",
          "    How many commands there are.",
          "DOCS [<command-name> ...]",
          "    What commands are for and which arguments they take; without names all of them.",
          "GETKEYS <full-command>",
          "    The keys that a full command names.",
          "GETKEYSANDFLAGS <full-command>",
          "    The keys that a full command names, and what it does with them.",
          "INFO [<command-name> ...]",
          "    Arity, flags, keys, categories of commands; without names of all.",
          "LIST [FILTERBY (MODULE <module-name>|ACLCAT <category>|PATTERN <pattern>)]",
          "    The names of the commands.",
          "HELP",
          "    Print this help.");

  private CommandHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
