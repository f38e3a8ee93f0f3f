package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** FUNCTION FLUSH [ASYNC | SYNC] */
final class FunctionFlush {
  private FunctionFlush() {}

  static void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw Kept.wrongArguments(args);
    }
    if (args.count() == 3 && !args.is(2, "ASYNC") && !args.is(2, "SYNC")) {
      throw CommandException.err("FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    Kept.change(ctx, args);
  }
}
