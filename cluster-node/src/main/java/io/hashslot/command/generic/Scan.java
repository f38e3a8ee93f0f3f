package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;
import io.hashslot.structure.Glob;
import io.hashslot.value.Kind;
import org.jspecify.annotations.Nullable;

/**
 * SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]
 *
 * <p>Holds the shard that the cursor stands in, and goes on to others one at a time, as far as they
 * are free.
 */
final class Scan {
  private static final int DEFAULT_COUNT = 10;

  private Scan() {}

  private record Filter(int count, @Nullable Glob pattern, @Nullable Kind kind) {
    static Filter of(Args args) {
      long count = DEFAULT_COUNT;
      Glob pattern = null;
      Kind kind = null;
      for (int i = 2; i < args.count(); i += 2) {
        boolean more = i + 1 < args.count();
        if (args.is(i, "COUNT") && more) {
          count = args.integer(i + 1);
          if (count < 1) {
            throw CommandException.SYNTAX;
          }
        } else if (args.is(i, "MATCH") && more) {
          pattern = new Glob(args.bytes(i + 1));
        } else if (args.is(i, "TYPE") && more) {
          kind = kind(args.text(i + 1));
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Filter((int) Math.min(Integer.MAX_VALUE, count), pattern, kind);
    }

    private static Kind kind(String name) {
      for (Kind kind : Kind.values()) {
        if (kind.typeName().equalsIgnoreCase(name)) {
          return kind;
        }
      }
      throw CommandException.err("unknown type name '" + name + "'");
    }

    boolean takes(Entry entry) {
      return (kind == null || entry.kind() == kind)
          && (pattern == null || pattern.matches(entry.keyAddress(), entry.keyLength()));
    }
  }

  /** Says which shard a request has to enter first. */
  static long shard(Request request, Keyspace keyspace) {
    Long cursor = request.count() > 1 ? cursor(request.text(1)) : null;
    return keyspace.shardOfCursor(cursor == null ? 0 : cursor);
  }

  static void execute(Context ctx, Args args) {
    Long cursor = cursor(args.text(1));
    if (cursor == null) {
      throw CommandException.err("invalid cursor");
    }
    Filter filter = Filter.of(args);
    ReplyWriter reply = ctx.reply();
    reply.array(2);
    int start = reply.output().position();
    int[] count = {0};
    long next =
        ctx.keys()
            .scan(
                cursor,
                filter.count,
                (_, entry) -> {
                  if (filter.takes(entry)) {
                    reply.bulk(entry.keyAddress(), entry.keyLength());
                    count[0]++;
                  }
                });
    reply.arrayAt(start, count[0]);
    reply.bulkAt(start, Long.toUnsignedString(next));
  }

  private static @Nullable Long cursor(String text) {
    try {
      return text.startsWith("-") ? null : Long.parseUnsignedLong(text.strip());
    } catch (NumberFormatException notOne) {
      return null;
    }
  }
}
