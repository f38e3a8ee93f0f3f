package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** MODULE LIST */
final class ModuleList {
  private ModuleList() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(0); // modules are shared libraries of C, which this server cannot load
  }
}
