package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** RANDOMKEY */
final class Randomkey {
  private Randomkey() {}

  static void execute(Context ctx, Args args) {
    boolean found =
        ctx.keys().random((_, entry) -> ctx.reply().bulk(entry.keyAddress(), entry.keyLength()));
    if (!found) {
      ctx.reply().nil();
    }
  }
}
