package io.hashslot.command.cluster;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.migration.SlotMigrations.Order;
import io.hashslot.slot.SlotRange;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;

/**
 * CLUSTER MIGRATESLOTS SLOTSRANGE start end [start end ...] NODE node-id [SLOTSRANGE start end ...
 * NODE node-id ...]
 */
final class ClusterMigrateslots {
  private final MigrationCall call;

  ClusterMigrateslots(MigrationCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    List<Order> orders = new ArrayList<>();
    int at = 2;
    while (at < args.count()) {
      if (!args.is(at, "SLOTSRANGE")) {
        throw CommandException.SYNTAX;
      }
      SlotSet slots = new SlotSet();
      at = ranges(args, at + 1, slots);
      if (at + 1 >= args.count()) {
        throw CommandException.SYNTAX;
      }
      String node = args.text(at + 1);
      if (!NodeId.isValid(node)) {
        throw CommandException.err("Invalid node name: " + node);
      }
      orders.add(new Order(slots, node));
      at += 2;
    }
    String refusal = call.migrations().begin(orders);
    if (refusal != null) {
      throw new CommandException(refusal);
    }
    ctx.reply().ok();
  }

  /** Reads the ranges up to the next word that is NODE; returns where that stands. */
  static int ranges(Args args, int from, SlotSet slots) {
    List<SlotRange> before = new ArrayList<>();
    int at = from;
    while (at < args.count() && !args.is(at, "NODE")) {
      int first = SlotArguments.slot(args, at);
      if (at + 1 >= args.count() || args.is(at + 1, "NODE")) {
        throw CommandException.err("No end slot for final slot range");
      }
      int last = SlotArguments.slot(args, at + 1);
      add(first, last, before);
      slots.addRange(first, last);
      at += 2;
    }
    if (before.isEmpty()) {
      throw CommandException.err("No slot ranges specified");
    }
    return at;
  }

  private static void add(int first, int last, List<SlotRange> before) {
    if (first > last) {
      throw CommandException.err(
          "Start slot number " + first + " is greater than end slot number " + last + '.');
    }
    for (SlotRange range : before) {
      if (first <= range.last() && range.first() <= last) {
        throw CommandException.err(
            "Slot range %d-%d overlaps with previous range %d-%d."
                .formatted(first, last, range.first(), range.last()));
      }
    }
    before.add(new SlotRange(first, last));
  }
}
