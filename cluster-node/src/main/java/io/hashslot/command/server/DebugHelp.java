package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** DEBUG HELP */
final class DebugHelp {
  private static final List<String> LINES =
      List.of(
          "DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CHANGE-REPL-ID",
          "    Begin a history under a new name: replicas cannot resume.",
          "DIGEST",
          "    A fingerprint of all data, equal on servers with equal data.",
          "DIGEST-VALUE <key> [<key> ...]",
          "    A fingerprint of each value.",
          "ERROR <string>",
          "    Reply with an error.",
          "LOG <message>",
          "    Write a line to the log.",
          "OBJECT <key>",
          "    Encoding, size and age of a value.",
          "POPULATE <count> [<prefix>] [<size>]",
          "    Make keys <prefix>:<number> that do not exist yet; nobody is told.",
          "PROTOCOL <type>",
          "    Reply with an example of a type: string, integer, double, bignum, null, array,",
          "    set, map, attrib, push, verbatim, true, false.",
          "RELOAD [NOSAVE]",
          "    Save the data, and load it again.",
          "SET-ACTIVE-EXPIRE <0|1>",
          "    Whether keys whose time has come are looked for in the background.",
          "SLEEP <seconds>",
          "    Do nothing for some time, and let nobody at the data.",
          "STRINGMATCH-LEN <length> <pattern>",
          "    Match a pattern with a string of so many letters 'a'.",
          "HELP",
          "    Print this help.");

  private DebugHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
