package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import java.util.function.Supplier;

/** COMMAND INFO [command-name [command-name ...]] */
final class CommandInfo {
  private final Supplier<CommandTable> table;

  CommandInfo(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    if (args.count() == 2) {
      var commands = table.get().commands();
      ctx.reply().array(commands.size());
      commands.forEach(row -> RowReply.write(ctx.reply(), row));
      return;
    }
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      CommandSpec row = table.get().find(args.text(i));
      if (row == null) {
        ctx.reply().nilArray();
      } else {
        RowReply.write(ctx.reply(), row);
      }
    }
  }
}
