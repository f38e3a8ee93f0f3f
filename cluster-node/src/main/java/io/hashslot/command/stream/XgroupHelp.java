package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** XGROUP HELP */
final class XgroupHelp {
  private static final List<String> LINES =
      List.of(
          "XGROUP <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CREATE <key> <groupname> <id|$> [option]",
          "    Make a group that begins to read behind an id. Options are:",
          "    * MKSTREAM",
          "      Make an empty stream if there is none.",
          "    * ENTRIESREAD entries_read",
          "      Say how many entries the group has read (for internal use).",
          "CREATECONSUMER <key> <groupname> <consumer>",
          "    Make a consumer in a group.",
          "DELCONSUMER <key> <groupname> <consumer>",
          "    Remove a consumer with all that it has pending.",
          "DESTROY <key> <groupname>",
          "    Remove a group.",
          "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
          "    Say up to which id, and how many entries, a group has read.",
          "HELP",
          "    Print this help.");

  private XgroupHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
