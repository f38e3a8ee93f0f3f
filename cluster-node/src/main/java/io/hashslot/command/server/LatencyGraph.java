package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.LatencyReport;
import java.nio.charset.StandardCharsets;

/** LATENCY GRAPH event */
final class LatencyGraph {
  private final LatencyEvents events;

  LatencyGraph(LatencyEvents events) {
    this.events = events;
  }

  void execute(Context ctx, Args args) {
    String event = args.text(2);
    LatencyEvents.Series series = events.all().get(event);
    if (series == null) {
      throw CommandException.err("No samples available for event '" + event + "'");
    }
    String text = LatencyReport.graph(event, series, ctx.nowMs());
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
