package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.Value;

/** TYPE key */
final class Type {
  private Type() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    Value value = ctx.keys().exists(key) ? ctx.keys().peek(key) : null;
    ctx.reply().simple(value == null ? "none" : value.kind().typeName());
  }
}
