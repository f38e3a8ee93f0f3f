package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** FUNCTION DELETE library-name */
final class FunctionDelete {
  private FunctionDelete() {}

  static void execute(Context ctx, Args args) {
    Kept.change(ctx, args);
  }
}
