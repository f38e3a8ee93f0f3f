package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.resp.NativeOutput;
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
    NativeOutput payload = form.write(value);
    try {
      ctx.reply().bulk(payload.address(), payload.position());
    } finally {
      payload.release();
    }
  }
}
