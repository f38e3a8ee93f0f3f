package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.Transaction;
import io.hashslot.dispatch.Watches;
import io.hashslot.pubsub.PubSub;
import io.hashslot.session.ReplyMode;
import io.hashslot.session.Session;

/** RESET */
final class Reset {
  private final Watches watches;
  private final PubSub pubSub;
  private final NodeState state;

  Reset(Watches watches, PubSub pubSub, NodeState state) {
    this.watches = watches;
    this.pubSub = pubSub;
    this.state = state;
  }

  void execute(Context ctx, Args args) {
    Session session = ctx.session();
    Transaction transaction = session.get(Transaction.SLOT);
    if (transaction != null) {
      watches.unwatch(transaction);
      transaction.clear();
    }
    pubSub.forget(session);
    session.database(0);
    session.name("");
    session.asking(false);
    session.readOnlyMode(false);
    session.monitor(false);
    session.noEvict(false);
    session.noTouch(false);
    session.replyMode(ReplyMode.ON);
    ctx.reply().resp3(false);
    if (state.password() == null) {
      session.authenticate("default");
    } else {
      session.forgetAuthentication();
    }
    ctx.reply().simple("RESET");
  }
}
