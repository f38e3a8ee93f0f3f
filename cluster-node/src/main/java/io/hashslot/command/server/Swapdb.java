package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Watches;
import io.hashslot.keyspace.Keyspace;

/** SWAPDB index1 index2 */
final class Swapdb {
  private final Watches watches;

  Swapdb(Watches watches) {
    this.watches = watches;
  }

  void execute(Context ctx, Args args) {
    Keyspace keyspace = ctx.keys().keyspace();
    if (keyspace.settings().cluster()) {
      throw CommandException.err("SWAPDB is not allowed in cluster mode");
    }
    long one = index(args, 1, "invalid first DB index");
    long other = index(args, 2, "invalid second DB index");
    if (Math.min(one, other) < 0 || Math.max(one, other) >= keyspace.databases()) {
      throw CommandException.err("DB index is out of range");
    }
    if (one != other) {
      watches.swapping((int) one, (int) other, ctx.keys());
      keyspace.swap((int) one, (int) other);
      ctx.signalAll((int) one);
      ctx.signalAll((int) other);
    }
    ctx.changedMany(1);
    ctx.reply().ok();
  }

  private static long index(Args args, int argument, String problem) {
    CommandException invalid = CommandException.err(problem);
    long index = args.integer(argument, invalid);
    if (index != (int) index) {
      throw invalid;
    }
    return index;
  }
}
