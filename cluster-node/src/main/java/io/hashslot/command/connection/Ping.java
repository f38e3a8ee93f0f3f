package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** PING [message] */
final class Ping {
  private Ping() {}

  static void execute(Context ctx, Args args) {
    if (args.count() > 2) {
      throw CommandException.err("wrong number of arguments for 'ping' command");
    }
    if (ctx.session().subscriber() && !ctx.reply().resp3()) {
      ctx.reply().array(2);
      ctx.reply().bulk("pong");
      if (args.count() == 1) {
        ctx.reply().bulk("");
      } else {
        ctx.reply().bulk(args.address(1), args.length(1));
      }
    } else if (args.count() == 1) {
      ctx.reply().simple("PONG");
    } else {
      ctx.reply().bulk(args.address(1), args.length(1));
    }
  }
}
