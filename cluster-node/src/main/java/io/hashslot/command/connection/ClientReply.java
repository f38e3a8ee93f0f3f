package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.session.ReplyMode;
import io.hashslot.session.Session;

/** CLIENT REPLY ON | OFF | SKIP */
final class ClientReply {
  private ClientReply() {}

  static void execute(Context ctx, Args args) {
    Session session = ctx.session();
    if (args.is(2, "ON")) {
      session.replyMode(ReplyMode.ON);
      ctx.reply().ok();
    } else if (args.is(2, "OFF")) {
      session.replyMode(ReplyMode.OFF);
    } else if (args.is(2, "SKIP")) {
      if (session.replyMode() != ReplyMode.OFF) {
        session.replyMode(ReplyMode.SKIP_NEXT);
      }
    } else {
      throw CommandException.SYNTAX;
    }
  }
}
