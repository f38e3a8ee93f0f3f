package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** LATENCY HELP */
final class LatencyHelp {
  private static final List<String> LINES =
      List.of(
          "LATENCY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "DOCTOR",
          "    Explain in words what took long.",
          "GRAPH <event>",
          "    Draw the times of an event.",
          "HISTOGRAM [<command> ...]",
          "    How the times of commands are spread, in microseconds.",
          "HISTORY <event>",
          "    The times of an event, in milliseconds.",
          "LATEST",
          "    The latest and the worst time of each event, in milliseconds.",
          "RESET [<event> ...]",
          "    Forget events, by default all.",
          "HELP",
          "    Print this help.");

  private LatencyHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
