package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** MEMORY HELP */
final class MemoryHelp {
  private static final List<String> LINES =
      List.of(
          "MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "DOCTOR",
          "    Explain in words how memory is used.",
          "MALLOC-STATS",
          "    What the arena of each shard holds.",
          "PURGE",
          "    Collect garbage.",
          "STATS",
          "    How memory is used, figure by figure.",
          "USAGE <key> [SAMPLES <count>]",
          "    The bytes that a key takes with its value.",
          "HELP",
          "    Print this help.");

  private MemoryHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
