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
          "HELP",
          "    Print this help.");

  private ModuleHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
