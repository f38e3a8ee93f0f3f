package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import java.util.List;
import java.util.function.Supplier;

/** COMMAND GETKEYS command [arg [arg ...]] */
final class CommandGetkeys {
  private final Supplier<CommandTable> table;

  CommandGetkeys(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    List<NamedKeys.NamedKey> keys = NamedKeys.of(table.get(), args);
    ctx.reply().array(keys.size());
    keys.forEach(key -> ctx.reply().bulk(key.name()));
  }
}
