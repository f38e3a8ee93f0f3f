package io.hashslot.command.transactions;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Transaction;
import io.hashslot.dispatch.Watches;

/** DISCARD */
final class Discard {
  private final Watches watches;

  Discard(Watches watches) {
    this.watches = watches;
  }

  void execute(Context ctx, Args args) {
    Transaction transaction = ctx.session().get(Transaction.SLOT);
    if (transaction == null || !transaction.open()) {
      throw CommandException.err("DISCARD without MULTI");
    }
    watches.unwatch(transaction);
    transaction.clear();
    ctx.reply().ok();
  }
}
