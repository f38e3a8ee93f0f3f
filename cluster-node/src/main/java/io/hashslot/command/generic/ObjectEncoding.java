package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.Value;

/** OBJECT ENCODING key */
final class ObjectEncoding {
  private ObjectEncoding() {}

  static void execute(Context ctx, Args args) {
    Value value = ctx.keys().peek(ctx.key(2));
    if (value == null) {
      ctx.reply().nil();
    } else {
      ctx.reply().bulk(value.encodingName());
    }
  }
}
