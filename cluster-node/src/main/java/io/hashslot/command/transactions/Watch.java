package io.hashslot.command.transactions;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Transaction;
import io.hashslot.dispatch.Watches;

/** WATCH key [key ...] */
final class Watch {
  private final Watches watches;

  Watch(Watches watches) {
    this.watches = watches;
  }

  void execute(Context ctx, Args args) {
    Transaction transaction = ctx.session().get(Transaction.SLOT);
    if (transaction == null) {
      transaction = new Transaction();
      ctx.session().set(Transaction.SLOT, transaction);
    }
    if (transaction.open()) {
      throw CommandException.err("WATCH inside MULTI is not allowed");
    }
    if (!transaction.touched()) {
      for (int i = 1; i < args.count(); i++) {
        watches.watch(transaction, ctx.database(), ctx.key(i), ctx.keys());
      }
    }
    ctx.reply().ok();
  }
}
