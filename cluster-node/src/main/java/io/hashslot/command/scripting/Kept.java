package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.function.FunctionReplay;

/** Changes of the libraries that are kept: the same as if a file or a primary asked for them. */
final class Kept {
  private Kept() {}

  /** Makes the change that the command names. */
  static void change(Context ctx, Args args) {
    String error = new FunctionReplay(ctx.keys().keyspace().functions()).execute(args.request());
    if (error != null) {
      throw new CommandException(error);
    }
    ctx.changedMany(1);
    ctx.reply().ok();
  }

  /** The error for too many arguments after a subcommand that takes a varying number. */
  static CommandException wrongArguments(Args args) {
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '"
            + args.text(1)
            + "'. Try FUNCTION HELP.");
  }
}
