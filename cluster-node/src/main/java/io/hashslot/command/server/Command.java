package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import java.util.function.Supplier;

/** COMMAND */
final class Command {
  private final Supplier<CommandTable> table;

  Command(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 1) {
      throw CommandException.err("unknown subcommand '" + args.text(1) + "'. Try COMMAND HELP.");
    }
    var commands = table.get().commands();
    ctx.reply().array(commands.size());
    commands.forEach(row -> RowReply.write(ctx.reply(), row));
  }
}
