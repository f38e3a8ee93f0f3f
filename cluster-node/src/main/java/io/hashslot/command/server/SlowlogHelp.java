package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import java.util.List;

/** SLOWLOG HELP */
final class SlowlogHelp {
  private static final List<String> LINES =
      List.of(
          "SLOWLOG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GET [<count>]",
          "    The latest slow commands (default: 10, -1 for all), each with id, time in Unix"
              + " seconds,",
          "    duration in microseconds, arguments, address and name of the client.",
          "LEN",
          "    How many slow commands are kept.",
          "RESET",
          "    Forget them.",
          "HELP",
          "    Print this help.");

  private SlowlogHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }

  /** The error for too many arguments after a subcommand that takes a varying number. */
  static CommandException wrongArguments(Args args) {
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '"
            + args.text(1)
            + "'. Try SLOWLOG HELP.");
  }
}
