package io.hashslot.command.transactions;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Transaction;

/** MULTI */
final class Multi {
  private Multi() {}

  static void execute(Context ctx, Args args) {
    Transaction transaction = ctx.session().get(Transaction.SLOT);
    if (transaction == null) {
      transaction = new Transaction();
      ctx.session().set(Transaction.SLOT, transaction);
    }
    if (transaction.open()) {
      throw CommandException.err("MULTI calls can not be nested");
    }
    transaction.begin();
    ctx.reply().ok();
  }
}
