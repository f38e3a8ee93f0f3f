package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.SlowLog;

/** SLOWLOG RESET */
final class SlowlogReset {
  private final SlowLog slowLog;

  SlowlogReset(SlowLog slowLog) {
    this.slowLog = slowLog;
  }

  void execute(Context ctx, Args args) {
    slowLog.clear();
    ctx.reply().ok();
  }
}
