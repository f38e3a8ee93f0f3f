package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.persist.aof.Aof;

/** BGREWRITEAOF */
final class Bgrewriteaof {
  private final Aof aof;

  Bgrewriteaof(Aof aof) {
    this.aof = aof;
  }

  void execute(Context ctx, Args args) {
    switch (aof.rewrite(ctx.inTransaction())) {
      case STARTED -> ctx.reply().simple("Background append only file rewriting started");
      case SCHEDULED -> ctx.reply().simple("Background append only file rewriting scheduled");
      case ALREADY_RUNNING ->
          throw CommandException.err("Background append only file rewriting already in progress");
    }
  }
}
