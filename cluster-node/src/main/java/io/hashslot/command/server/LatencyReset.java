package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyEvents;

/** LATENCY RESET [event [event ...]] */
final class LatencyReset {
  private final LatencyEvents events;

  LatencyReset(LatencyEvents events) {
    this.events = events;
  }

  void execute(Context ctx, Args args) {
    if (args.count() == 2) {
      ctx.reply().integer(events.forgetAll());
      return;
    }
    int forgotten = 0;
    for (int i = 2; i < args.count(); i++) {
      forgotten += events.forget(args.text(i)) ? 1 : 0;
    }
    ctx.reply().integer(forgotten);
  }
}
