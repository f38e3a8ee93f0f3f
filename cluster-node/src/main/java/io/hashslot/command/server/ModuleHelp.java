package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** MODULE HELP */
final class ModuleHelp {
  private static final List<String> LINES =
      List.of(
          "MODULE <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "LIST",
          "    The modules that are loaded: none, for this server takes no modules.",
          "LOAD <path> [<arg> ...]",
          "    Refused: modules are C libraries.",
          "LOADEX <path> [[CONFIG <name> <value>] ...] [ARGS ...]",
          "    Refused as well.",
          "UNLOAD <name>",
          "    There is none to unload.",
          "HELP",
          "    Print this help.");

  private ModuleHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
