package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.Value;

/** DUMP key */
final class Dump {
  private final PayloadForm form;

  Dump(PayloadForm form) {
    this.form = form;
  }

  void execute(Context ctx, Args args) {
    Value value = ctx.keys().find(ctx.key(1));
    if (value == null) {
      ctx.reply().nil();
      return;
    }
    form.write(value, payload -> ctx.reply().bulk(payload.address(), payload.position()));
  }
}
