package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.observe.SlowLog;

/** SLOWLOG LEN */
final class SlowlogLen {
  private final SlowLog slowLog;

  SlowlogLen(SlowLog slowLog) {
    this.slowLog = slowLog;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().integer(slowLog.entries().size());
  }
}
