package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import java.util.List;
import java.util.function.Supplier;

/** COMMAND GETKEYSANDFLAGS command [arg [arg ...]] */
final class CommandGetkeysandflags {
  private final Supplier<CommandTable> table;

  CommandGetkeysandflags(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    List<NamedKeys.NamedKey> keys = NamedKeys.of(table.get(), args);
    ctx.reply().array(keys.size());
    for (NamedKeys.NamedKey key : keys) {
      ctx.reply().array(2);
      ctx.reply().bulk(key.name());
      RowReply.write(ctx.reply(), key.flags());
    }
  }
}
