package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.LatencyReport;
import java.nio.charset.StandardCharsets;

/** LATENCY DOCTOR */
final class LatencyDoctor {
  private final LatencyEvents events;

  LatencyDoctor(LatencyEvents events) {
    this.events = events;
  }

  void execute(Context ctx, Args args) {
    String text = LatencyReport.doctor(events);
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
