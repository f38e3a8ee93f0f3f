package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.time.Clock;

/** TIME */
final class Time {
  private final Clock clock;

  Time(Clock clock) {
    this.clock = clock;
  }

  void execute(Context ctx, Args args) {
    long us = clock.wallUs();
    ctx.reply().array(2);
    ctx.reply().bulkInteger(us / 1_000_000);
    ctx.reply().bulkInteger(us % 1_000_000);
  }
}
