package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.HashValue;

/** HLEN key */
final class Hlen {
  private Hlen() {}

  static void execute(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    ctx.reply().integer(hash == null ? 0 : hash.size());
  }
}
