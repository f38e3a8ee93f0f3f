package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyEvents;

/** LATENCY LATEST */
final class LatencyLatest {
  private final LatencyEvents events;

  LatencyLatest(LatencyEvents events) {
    this.events = events;
  }

  void execute(Context ctx, Args args) {
    var all = events.all();
    ctx.reply().array(all.size());
    all.forEach(
        (event, series) -> {
          ctx.reply().array(4);
          ctx.reply().bulk(event);
          ctx.reply().integer(series.latest().atSeconds());
          ctx.reply().integer(series.latest().tookMs());
          ctx.reply().integer(series.worstMs());
        });
  }
}
