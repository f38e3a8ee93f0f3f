package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListValue;

/** LSET key index element */
final class Lset {
  private static final CommandException OUT_OF_RANGE = CommandException.err("index out of range");

  private Lset() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    // As Valkey 8.0 does, the low 32 bits are taken for the place.
    long asked = args.integer(2);
    int index = (int) asked;
    list.expect(args.length(3), 1);
    if (!list.seek(index)) {
      throw OUT_OF_RANGE;
    }
    list.replace(args.address(3), args.length(3));
    list.shrink();
    ctx.changed(key, KeyEvent.LIST, "lset");
    if (index != asked) {
      // Redis 7.0 takes all 64: as a replica it shall find the same place.
      ctx.effects()
          .command(ctx.database(), "LSET", 3)
          .argument(args.address(1), args.length(1))
          .argument(index)
          .argument(args.address(3), args.length(3));
    }
    ctx.reply().ok();
  }
}
