package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyEvents;

/** LATENCY HISTORY event */
final class LatencyHistory {
  private final LatencyEvents events;

  LatencyHistory(LatencyEvents events) {
    this.events = events;
  }

  void execute(Context ctx, Args args) {
    LatencyEvents.Series series = events.all().get(args.text(2));
    if (series == null) {
      ctx.reply().array(0);
      return;
    }
    ctx.reply().array(series.samples().size());
    for (LatencyEvents.Sample sample : series.samples()) {
      ctx.reply().array(2);
      ctx.reply().integer(sample.atSeconds());
      ctx.reply().integer(sample.tookMs());
    }
  }
}
