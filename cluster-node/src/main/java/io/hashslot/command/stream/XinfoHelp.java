package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** XINFO HELP */
final class XinfoHelp {
  private static final List<String> LINES =
      List.of(
          "XINFO <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CONSUMERS <key> <groupname>",
          "    Tell about the consumers of a group.",
          "GROUPS <key>",
          "    Tell about the groups of a stream.",
          "STREAM <key> [FULL [COUNT <count>]",
          "    Tell about a stream.",
          "HELP",
          "    Print this help.");

  private XinfoHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
