package io.hashslot.command.transactions;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Transaction;
import io.hashslot.dispatch.Watches;

/** EXEC */
final class Exec {
  private final Watches watches;

  Exec(Watches watches) {
    this.watches = watches;
  }

  void execute(Context ctx, Args args) {
    Transaction transaction = ctx.session().get(Transaction.SLOT);
    if (transaction == null || !transaction.open()) {
      throw CommandException.err("EXEC without MULTI");
    }
    boolean spoiled = transaction.spoiled();
    boolean lost =
        !spoiled && (transaction.touched() || watches.anyExpired(transaction, ctx.keys()));
    watches.unwatch(transaction);
    try {
      if (spoiled) {
        throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
      }
      if (lost) {
        ctx.reply().nilArray();
        return;
      }
      ctx.reply().array(transaction.size());
      ctx.inTransaction(true);
      ctx.session().holdPushes(true);
      for (Transaction.Queued queued : transaction.queued()) {
        ctx.nested().call(queued.command(), queued.request());
      }
    } finally {
      ctx.inTransaction(false);
      ctx.session().holdPushes(false);
      transaction.clear();
    }
  }
}
