package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** MOVE key db */
final class Move {
  private Move() {}

  static void execute(Context ctx, Args args) {
    Keys keys = ctx.keys();
    if (keys.keyspace().settings().onlyDatabase()) {
      throw CommandException.err("MOVE is not allowed in cluster mode");
    }
    int target = Databases.require(keys, args.int32(2));
    if (target == ctx.database()) {
      throw CommandException.err("source and destination objects are the same");
    }
    Key key = ctx.key(1);
    if (keys.findForWrite(key) == null || Databases.has(keys, target, key)) {
      ctx.reply().integer(0);
      return;
    }
    keys.copy(key, key, target);
    keys.remove(key);
    ctx.changed(key, KeyEvent.GENERIC, "move_from");
    ctx.changed(key, KeyEvent.GENERIC, "move_to", target);
    ctx.reply().integer(1);
  }
}
