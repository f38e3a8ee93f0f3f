package io.hashslot.command.server;

import io.hashslot.command.AclCategory;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeyFlag;
import io.hashslot.command.KeySpec;
import io.hashslot.resp.ReplyWriter;
import java.util.List;
import java.util.Set;

/** A row of the command table as {@code COMMAND INFO} shows it: ten elements. */
final class RowReply {
  /** The place of the first key, of the last one, and the distance between keys. */
  private record Span(int first, int last, int step) {
    static final Span NONE = new Span(0, 0, 0);
  }

  private RowReply() {}

  /** Writes one row with its subcommands. */
  static void write(ReplyWriter reply, CommandSpec row) {
    Span span = span(row.keys());
    reply.array(10);
    reply.bulk(row.name());
    reply.integer(row.arity());
    List<CommandFlag> flags = row.flags().stream().filter(CommandFlag::shown).toList();
    reply.set(flags.size());
    flags.forEach(flag -> reply.simple(flag.label()));
    reply.integer(span.first);
    reply.integer(span.last);
    reply.integer(span.step);
    Set<AclCategory> categories = row.categories();
    reply.set(categories.size());
    categories.forEach(category -> reply.simple(category.label()));
    reply.set(row.tips().size());
    row.tips().forEach(reply::bulk);
    reply.set(row.keys().size());
    row.keys().forEach(spec -> write(reply, spec));
    reply.set(row.subcommands().size());
    row.subcommands().forEach(child -> write(reply, child));
  }

  /** Writes what a command does with keys. */
  static void write(ReplyWriter reply, Set<KeyFlag> flags) {
    reply.set(flags.size());
    flags.forEach(flag -> reply.simple(flag.label()));
  }

  private static void write(ReplyWriter reply, KeySpec spec) {
    reply.map(3);
    reply.bulk("flags");
    write(reply, spec.flags());
    reply.bulk("begin_search");
    reply.map(2);
    reply.bulk("type");
    switch (spec.begin()) {
      case KeySpec.Begin.Index(int index) -> {
        typeAndSpec(reply, "index", 1);
        field(reply, "index", index);
      }
      case KeySpec.Begin.Keyword(String word, int startFrom) -> {
        typeAndSpec(reply, "keyword", 2);
        reply.bulk("keyword");
        reply.bulk(word);
        field(reply, "startfrom", startFrom);
      }
      case KeySpec.Begin.Unknown() -> typeAndSpec(reply, "unknown", 0);
    }
    reply.bulk("find_keys");
    reply.map(2);
    reply.bulk("type");
    switch (spec.find()) {
      case KeySpec.Find.Range(int last, int step, int limit) -> {
        typeAndSpec(reply, "range", 3);
        field(reply, "lastkey", last);
        field(reply, "keystep", step);
        field(reply, "limit", limit);
      }
      case KeySpec.Find.Counted(int countIndex, int first, int step) -> {
        typeAndSpec(reply, "keynum", 3);
        field(reply, "keynumidx", countIndex);
        field(reply, "firstkey", first);
        field(reply, "keystep", step);
      }
      case KeySpec.Find.Unknown() -> typeAndSpec(reply, "unknown", 0);
    }
  }

  private static void typeAndSpec(ReplyWriter reply, String type, int fields) {
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(fields);
  }

  private static void field(ReplyWriter reply, String name, int value) {
    reply.bulk(name);
    reply.integer(value);
  }

  /**
   * What clients from before Redis 7 ask for: one range of keys. Specifications that stand side by
   * side are taken together; those that are no such range are left out.
   */
  private static Span span(List<KeySpec> specs) {
    int first = 0;
    int last = 0;
    int step = 0;
    for (KeySpec spec : specs) {
      if (!(spec.begin() instanceof KeySpec.Begin.Index(int index))
          || !(spec.find() instanceof KeySpec.Find.Range(int specLast, int specStep, _))
          || specs.size() > 1 && specStep != 1
          || first > 0 && (last < 0 || last != index - 1)) {
        continue;
      }
      first = first == 0 ? index : first;
      last = specLast < 0 ? specLast : index + specLast;
      step = specStep;
    }
    return first == 0 ? Span.NONE : new Span(first, last, step);
  }
}
