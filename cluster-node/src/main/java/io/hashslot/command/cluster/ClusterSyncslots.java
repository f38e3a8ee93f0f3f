package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * CLUSTER SYNCSLOTS ESTABLISH SOURCE node-id NAME name SLOTSRANGE start end [start end ...] |
 * FINISH STATE state NAME name | ACK | SNAPSHOT-EOF | PAUSED | FAILOVER-GRANTED
 *
 * <p>Spoken between nodes: the source of a migration sends all but FINISH, a replica hears
 * ESTABLISH and FINISH from its primary. Nothing but ESTABLISH is answered.
 */
final class ClusterSyncslots {
  private final MigrationCall call;

  ClusterSyncslots(MigrationCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    if (ctx.replaying() && call.source().get() == null) {
      return; // from the files of a node of a cluster
    }
    if (args.is(2, "ESTABLISH")) {
      establish(ctx, args);
    } else if (args.is(2, "FINISH")) {
      finish(ctx, args);
    } else {
      if (args.count() != 3) {
        throw CommandException.SYNTAX;
      }
      fail(call.migrations().heard(ctx.session(), args.text(2)));
    }
  }

  private void establish(Context ctx, Args args) {
    if (args.count() < 10
        || !args.is(3, "SOURCE")
        || !args.is(5, "NAME")
        || !args.is(7, "SLOTSRANGE")) {
      throw CommandException.SYNTAX;
    }
    SlotSet slots = new SlotSet();
    ClusterMigrateslots.ranges(args, 8, slots);
    String name = args.text(6);
    if (ctx.replaying()) {
      call.migrations().established(name, slots);
    } else if (ctx.inTransaction()) {
      throw CommandException.err("Command not allowed inside a transaction");
    } else {
      fail(call.migrations().establish(ctx, args.text(4), name, slots));
    }
  }

  private void finish(Context ctx, Args args) {
    if (args.count() != 7 || !args.is(3, "STATE") || !args.is(5, "NAME")) {
      throw CommandException.SYNTAX;
    }
    if (!ctx.replaying()) {
      throw CommandException.err("FINISH comes from a primary only");
    }
    call.migrations().ended(args.text(6), args.is(4, "SUCCESS"));
  }

  private static void fail(@Nullable String problem) {
    if (problem != null) {
      throw new CommandException(problem);
    }
  }
}
