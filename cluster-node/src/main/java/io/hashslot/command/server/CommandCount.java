package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import java.util.function.Supplier;

/** COMMAND COUNT */
final class CommandCount {
  private final Supplier<CommandTable> table;

  CommandCount(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().integer(table.get().commands().size());
  }
}
