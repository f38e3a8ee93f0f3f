package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** CONFIG HELP */
final class ConfigHelp {
  private static final List<String> LINES =
      List.of(
          "CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GET <pattern> [<pattern> ...]",
          "    The directives with names that match, and their values.",
          "RESETSTAT",
          "    Start the counters of INFO anew.",
          "REWRITE",
          "    Write the directives in force to the file the server was started with.",
          "SET <directive> <value> [<directive> <value> ...]",
          "    Change directives, all or none.",
          "HELP",
          "    Print this help.");

  private ConfigHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
