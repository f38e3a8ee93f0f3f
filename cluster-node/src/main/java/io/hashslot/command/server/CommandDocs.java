package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.Context;
import io.hashslot.manual.Argument;
import io.hashslot.manual.Manual;
import io.hashslot.manual.Page;
import io.hashslot.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** COMMAND DOCS [command-name [command-name ...]] */
final class CommandDocs {
  private final Supplier<CommandTable> table;

  CommandDocs(Supplier<CommandTable> table) {
    this.table = table;
  }

  void execute(Context ctx, Args args) {
    Collection<CommandSpec> rows = table.get().commands();
    if (args.count() > 2) {
      rows = new ArrayList<>();
      for (int i = 2; i < args.count(); i++) {
        CommandSpec row = table.get().find(args.text(i));
        if (row != null) {
          rows.add(row);
        }
      }
    }
    write(ctx.reply(), rows);
  }

  private static void write(ReplyWriter reply, Collection<CommandSpec> rows) {
    List<CommandSpec> known =
        rows.stream().filter(row -> Manual.standard().find(row.name()) != null).toList();
    reply.map(known.size());
    for (CommandSpec row : known) {
      Page page = Manual.standard().find(row.name());
      if (page != null) {
        reply.bulk(row.name());
        write(reply, row, page);
      }
    }
  }

  private static void write(ReplyWriter reply, CommandSpec row, Page page) {
    int fields = 3;
    fields += page.complexity() == null ? 0 : 1;
    fields += page.flags().isEmpty() ? 0 : 1;
    fields += page.deprecatedSince() == null ? 0 : 1;
    fields += page.replacedBy() == null ? 0 : 1;
    fields += page.arguments().isEmpty() ? 0 : 1;
    fields += row.subcommands().isEmpty() ? 0 : 1;
    reply.map(fields);
    text(reply, "summary", page.summary());
    text(reply, "since", page.since());
    text(reply, "group", page.group());
    text(reply, "complexity", page.complexity());
    if (!page.flags().isEmpty()) {
      reply.bulk("doc_flags");
      reply.set(page.flags().size());
      page.flags().forEach(reply::simple);
    }
    text(reply, "deprecated_since", page.deprecatedSince());
    text(reply, "replaced_by", page.replacedBy());
    if (!page.arguments().isEmpty()) {
      arguments(reply, page.arguments());
    }
    if (!row.subcommands().isEmpty()) {
      reply.bulk("subcommands");
      write(reply, row.subcommands());
    }
  }

  private static void text(ReplyWriter reply, String name, @Nullable String value) {
    if (value != null) {
      reply.bulk(name);
      reply.bulk(value);
    }
  }

  private static void arguments(ReplyWriter reply, List<Argument> arguments) {
    reply.bulk("arguments");
    reply.array(arguments.size());
    arguments.forEach(argument -> write(reply, argument));
  }

  private static void write(ReplyWriter reply, Argument argument) {
    List<String> flags = new ArrayList<>();
    add(flags, argument.optional(), "optional");
    add(flags, argument.multiple(), "multiple");
    add(flags, argument.multipleToken(), "multiple_token");
    int fields = 2;
    fields += argument.type().isContainer() ? 0 : 1;
    fields += argument.keySpec() < 0 ? 0 : 1;
    fields += argument.token() == null ? 0 : 1;
    fields += argument.since() == null ? 0 : 1;
    fields += argument.deprecatedSince() == null ? 0 : 1;
    fields += flags.isEmpty() ? 0 : 1;
    fields += argument.arguments().isEmpty() ? 0 : 1;
    reply.map(fields);
    text(reply, "name", argument.name());
    text(reply, "type", argument.type().label());
    text(reply, "display_text", argument.type().isContainer() ? null : argument.display());
    if (argument.keySpec() >= 0) {
      reply.bulk("key_spec_index");
      reply.integer(argument.keySpec());
    }
    text(reply, "token", argument.token());
    text(reply, "since", argument.since());
    text(reply, "deprecated_since", argument.deprecatedSince());
    if (!flags.isEmpty()) {
      reply.bulk("flags");
      reply.set(flags.size());
      flags.forEach(reply::simple);
    }
    if (!argument.arguments().isEmpty()) {
      arguments(reply, argument.arguments());
    }
  }

  private static void add(List<String> flags, boolean holds, String flag) {
    if (holds) {
      flags.add(flag);
    }
  }
}
