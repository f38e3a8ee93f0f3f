package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import org.jspecify.annotations.Nullable;

/**
 * CLUSTER SETSLOT slot IMPORTING node-id | MIGRATING node-id | NODE node-id | STABLE [TIMEOUT ms]
 */
final class ClusterSetslot {
  private final ClusterCall call;

  ClusterSetslot(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    int slot = SlotArguments.slot(args, 2);
    int count = countWithoutTimeout(args);
    SlotChange change;
    if (args.is(3, "STABLE") && count == 4) {
      change = SlotChange.STABLE;
    } else if (count != 5) {
      throw invalid();
    } else if (args.is(3, "MIGRATING")) {
      change = SlotChange.MIGRATING;
    } else if (args.is(3, "IMPORTING")) {
      change = SlotChange.IMPORTING;
    } else if (args.is(3, "NODE")) {
      change = SlotChange.NODE;
    } else {
      throw invalid();
    }
    @Nullable String node = change == SlotChange.STABLE ? null : args.text(4);
    boolean hasKeys = ctx.keys().countInSlot(slot) > 0;
    call.ask(ctx, new ClusterRequest.SetSlot(slot, change, node, hasKeys, ctx.replaying()));
  }

  private static int countWithoutTimeout(Args args) {
    int last = args.count() - 1;
    if (args.is(last, "TIMEOUT")) {
      throw CommandException.err("Missing timeout value");
    }
    if (last >= 5 && args.is(last - 1, "TIMEOUT")) {
      args.integer(last);
      return args.count() - 2;
    }
    return args.count();
  }

  private static CommandException invalid() {
    return CommandException.err(
        "Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP");
  }
}
