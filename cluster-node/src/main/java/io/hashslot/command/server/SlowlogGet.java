package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.observe.SlowLog;
import java.util.List;

/** SLOWLOG GET [count] */
final class SlowlogGet {
  private static final CommandException BAD_COUNT =
      CommandException.err("count should be greater than or equal to -1");
  private static final int USUAL_COUNT = 10;

  private final SlowLog slowLog;

  SlowlogGet(SlowLog slowLog) {
    this.slowLog = slowLog;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw SlowlogHelp.wrongArguments(args);
    }
    long count = args.count() == 3 ? args.integer(2, BAD_COUNT) : USUAL_COUNT;
    if (count < -1) {
      throw BAD_COUNT;
    }
    List<SlowLog.Entry> entries = slowLog.entries();
    if (count >= 0 && count < entries.size()) {
      entries = entries.subList(0, (int) count);
    }
    ctx.reply().array(entries.size());
    for (SlowLog.Entry entry : entries) {
      ctx.reply().array(6);
      ctx.reply().integer(entry.id());
      ctx.reply().integer(entry.atSeconds());
      ctx.reply().integer(entry.tookUs());
      ctx.reply().array(entry.arguments().size());
      entry.arguments().forEach(ctx.reply()::bulk);
      ctx.reply().bulk(entry.peer());
      ctx.reply().bulk(entry.client());
    }
  }
}
