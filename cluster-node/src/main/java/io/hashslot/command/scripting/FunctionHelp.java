package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** FUNCTION HELP */
final class FunctionHelp {
  private static final List<String> LINES =
      List.of(
          "FUNCTION <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "DELETE <library-name>",
          "    Forget a library.",
          "DUMP",
          "    All libraries as one payload for FUNCTION RESTORE.",
          "FLUSH [ASYNC|SYNC]",
          "    Forget all libraries.",
          "LIST [LIBRARYNAME <pattern>] [WITHCODE]",
          "    The libraries that are kept, with their sources if WITHCODE is given.",
          "RESTORE <payload> [FLUSH|APPEND|REPLACE]",
          "    Keep the libraries of a payload: in place of all there are (FLUSH), if none of them",
          "    is there yet (APPEND, the default), or in place of those of the same names"
              + " (REPLACE).",
          "HELP",
          "    Print this help.");

  private FunctionHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
