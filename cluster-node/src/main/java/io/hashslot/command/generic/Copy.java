package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** COPY source destination [DB destination-db] [REPLACE] */
final class Copy {
  private Copy() {}

  static void execute(Context ctx, Args args) {
    Keys keys = ctx.keys();
    int target = ctx.database();
    boolean replace = false;
    for (int i = 3; i < args.count(); i++) {
      if (args.is(i, "REPLACE")) {
        replace = true;
      } else if (args.is(i, "DB") && i + 1 < args.count()) {
        target = database(keys, args, ++i);
      } else {
        throw CommandException.SYNTAX;
      }
    }
    Key source = ctx.key(1);
    Key destination = ctx.key(2);
    if (target == ctx.database() && source.sameAs(destination)) {
      throw CommandException.err("source and destination objects are the same");
    }
    if (keys.find(source) == null || !replace && Databases.has(keys, target, destination)) {
      ctx.reply().integer(0);
      return;
    }
    keys.copy(source, destination, target);
    ctx.changed(destination, KeyEvent.GENERIC, "copy_to", target);
    ctx.reply().integer(1);
  }

  private static int database(Keys keys, Args args, int argument) {
    int index = args.int32(argument);
    if (keys.keyspace().settings().onlyDatabase() && index > 0) {
      throw CommandException.err("Copying to another database is not allowed in cluster mode");
    }
    return Databases.require(keys, index);
  }
}
