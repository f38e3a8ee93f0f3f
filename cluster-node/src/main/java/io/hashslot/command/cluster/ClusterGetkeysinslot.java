package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** CLUSTER GETKEYSINSLOT slot count */
final class ClusterGetkeysinslot {
  private final ClusterCall call;

  ClusterGetkeysinslot(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    String problem = "Invalid slot or number of keys";
    int slot = SlotArguments.slot(args, 2, problem);
    long most = args.integer(3);
    if (most < 0) {
      throw CommandException.err(problem);
    }
    List<byte[]> names = new ArrayList<>();
    if (!ctx.keys().keyspace().hides(slot)) {
      ctx.keys()
          .inSlot(
              slot,
              (int) Math.min(most, Integer.MAX_VALUE),
              (_, entry) -> names.add(Memory.bytes(entry.keyAddress(), entry.keyLength())));
    }
    ctx.reply().array(names.size());
    names.forEach(ctx.reply()::bulk);
  }
}
