package io.hashslot.command.server;

import io.hashslot.command.AclCategory;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import io.hashslot.structure.Glob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** COMMAND LIST [FILTERBY MODULE module-name | ACLCAT category | PATTERN pattern] */
final class CommandList {
  private final Supplier<CommandTable> table;

  CommandList(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    Predicate<CommandSpec> filter = filter(args);
    List<CommandSpec> found = table.get().all().stream().filter(filter).toList();
    ctx.reply().array(found.size());
    found.forEach(row -> ctx.reply().bulk(row.name()));
  }

  private static Predicate<CommandSpec> filter(Args args) {
    if (args.count() == 2) {
      return _ -> true;
    }
    if (args.count() != 5 || !args.is(2, "FILTERBY")) {
      throw CommandException.SYNTAX;
    }
    if (args.is(3, "MODULE")) {
      return _ -> false;
    }
    if (args.is(3, "ACLCAT")) {
      String label = '@' + args.text(4).toLowerCase(Locale.ROOT);
      return row -> row.categories().stream().map(AclCategory::label).anyMatch(label::equals);
    }
    if (args.is(3, "PATTERN")) {
      Glob glob =
          new Glob(args.text(4).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1));
      return row -> glob.matches(row.name().getBytes(StandardCharsets.ISO_8859_1));
    }
    throw CommandException.SYNTAX;
  }
}
