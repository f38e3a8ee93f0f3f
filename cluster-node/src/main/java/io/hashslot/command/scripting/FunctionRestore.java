package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** FUNCTION RESTORE serialized-value [FLUSH | APPEND | REPLACE] */
final class FunctionRestore {
  private FunctionRestore() {}

  static void execute(Context ctx, Args args) {
    if (args.count() > 4) {
      throw Kept.wrongArguments(args);
    }
    Kept.change(ctx, args);
  }
}
