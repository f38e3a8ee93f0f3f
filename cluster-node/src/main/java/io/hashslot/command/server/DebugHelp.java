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
          "LISTPACK <key>",
          "    Write the size of a compact form to the log.",
          "LOADAOF",
          "    Complete the append-only files, forget the data, and load it from them.",
          "LOG <message>",
          "    Write a line to the log.",
          "OBJECT <key> [fast]",
          "    Encoding, age and, unless it is to be fast, size of a value.",
          "PAUSE-CRON <0|1>",
          "    Whether the work that comes round by itself is put off.",
          "POPULATE <count> [<prefix>] [<size>]",
          "    Make keys <prefix>:<number> that do not exist yet; nobody is told.",
          "PROTOCOL <type>",
          "    Reply with an example of a type: string, integer, double, bignum, null, array,",
          "    set, map, attrib, push, verbatim, true, false.",
          "QUICKLIST <key>",
          "    Write to the log into how many chunks a list is cut.",
          "RELOAD [NOSAVE] [NOFLUSH] [MERGE]",
          "    Save the data, forget it, and load it again: without saving, without forgetting,",
          "    or so that keys that are still there are replaced.",
          "SDSLEN <key>",
          "    The bytes of a key and its string.",
          "SEGFAULT, PANIC, ASSERT, OOM",
          "    End the process as a crash would.",
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
