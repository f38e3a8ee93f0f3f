package io.hashslot.command.transactions;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Transaction;
import io.hashslot.dispatch.Watches;

/** UNWATCH */
final class Unwatch {
  private final Watches watches;

  Unwatch(Watches watches) {
    this.watches = watches;
  }

  void execute(Context ctx, Args args) {
    Transaction transaction = ctx.session().get(Transaction.SLOT);
    if (transaction != null) {
      watches.unwatch(transaction);
      transaction.forgetTouches();
    }
    ctx.reply().ok();
  }
}
