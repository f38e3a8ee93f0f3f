package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.cluster.HeldSlots;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.SlotUse;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** CLUSTER SLOT-STATS SLOTSRANGE start end | ORDERBY metric [LIMIT limit] [ASC | DESC] */
final class ClusterSlotStats {
  private static final CommandException LIMITS =
      CommandException.err("Limit has to lie in between 1 and 16384 (maximum number of slots).");

  private final ClusterCall call;

  ClusterSlotStats(ClusterCall call) {
    this.call = call;
  }

  private record Row(int slot, long keys, long micros, long bytesIn, long bytesOut) {}

  void execute(Context ctx, Args args) {
    ClusterView view = call.cluster().view();
    SlotUse use = call.cluster().routing().use();
    if (args.is(2, "SLOTSRANGE") && args.count() == 5) {
      int first = SlotArguments.slot(args, 3);
      int last = SlotArguments.slot(args, 4);
      if (first > last) {
        throw CommandException.err(
            "Start slot number " + first + " is greater than end slot number " + last);
      }
      write(ctx.reply(), rows(ctx, view, use, first, last), use.enabled());
    } else if (args.is(2, "ORDERBY") && args.count() >= 4) {
      ordered(ctx, args, view, use);
    } else {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.text(1)
              + "'. Try CLUSTER HELP.");
    }
  }

  private static void ordered(Context ctx, Args args, ClusterView view, SlotUse use) {
    ToLongFunction<Row> metric = metric(args, use.enabled());
    long limit = Slots.COUNT;
    boolean ascending = false;
    boolean limited = false;
    boolean directed = false;
    for (int i = 4; i < args.count(); i++) {
      boolean known;
      boolean repeated;
      if (args.is(i, "LIMIT") && i + 1 < args.count()) {
        limit = args.integer(++i, LIMITS);
        if (limit < 1 || limit > Slots.COUNT) {
          throw LIMITS;
        }
        known = true;
        repeated = limited;
        limited = true;
      } else {
        known = args.is(i, "ASC") || args.is(i, "DESC");
        repeated = known && directed;
        directed = true;
        ascending = args.is(i, "ASC");
      }
      if (!known) {
        throw CommandException.SYNTAX;
      }
      if (repeated) {
        throw CommandException.err("Multiple filters of the same type are disallowed.");
      }
    }
    Comparator<Row> order = Comparator.comparingLong(metric);
    List<Row> rows = rows(ctx, view, use, 0, Slots.COUNT - 1);
    // Stable: slots with the same figure stay in the order of their numbers.
    rows.sort(ascending ? order : order.reversed());
    write(ctx.reply(), rows.subList(0, (int) Math.min(limit, rows.size())), use.enabled());
  }

  private static ToLongFunction<Row> metric(Args args, boolean counted) {
    String name = args.text(3).toLowerCase(Locale.ROOT);
    if (name.equals("key-count")) {
      return Row::keys;
    }
    if (counted) {
      switch (name) {
        case "cpu-usec" -> {
          return Row::micros;
        }
        case "network-bytes-in" -> {
          return Row::bytesIn;
        }
        case "network-bytes-out" -> {
          return Row::bytesOut;
        }
        default -> {}
      }
    }
    throw CommandException.err("Unrecognized sort metric for ORDERBY.");
  }

  /** The slots of a range that this shard of the cluster serves. */
  private static List<Row> rows(Context ctx, ClusterView view, SlotUse use, int first, int last) {
    List<Row> rows = new ArrayList<>();
    for (int slot = first; slot <= last; slot++) {
      if (view.inMyShard(slot)) {
        rows.add(
            new Row(
                slot,
                HeldSlots.count(ctx.keys(), slot),
                use.micros(slot),
                use.bytesIn(slot),
                use.bytesOut(slot)));
      }
    }
    return rows;
  }

  private static void write(ReplyWriter reply, List<Row> rows, boolean counted) {
    reply.array(rows.size());
    for (Row row : rows) {
      reply.array(2);
      reply.integer(row.slot());
      reply.map(counted ? 4 : 1);
      figure(reply, "key-count", row.keys());
      if (counted) {
        figure(reply, "cpu-usec", row.micros());
        figure(reply, "network-bytes-in", row.bytesIn());
        figure(reply, "network-bytes-out", row.bytesOut());
      }
    }
  }

  private static void figure(ReplyWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
