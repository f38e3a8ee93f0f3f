package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT NO-EVICT ON | OFF */
final class ClientNoEvict {
  private ClientNoEvict() {}

  static void execute(Context ctx, Args args) {
    ctx.session().noEvict(OnOff.of(args, 2));
    ctx.reply().ok();
  }
}
