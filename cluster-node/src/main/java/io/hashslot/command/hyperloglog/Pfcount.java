package io.hashslot.command.hyperloglog;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.CorruptedHyperLogLogException;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.value.StringValue;

/**
 * PFCOUNT key [key ...]
 *
 * <p>Of a single key the count is kept in the string until that changes: a read that writes, and is
 * repeated by replicas.
 */
final class Pfcount {
  private Pfcount() {}

  static void execute(Context ctx, Args args) {
    try {
      ctx.reply().integer(args.count() == 2 ? one(ctx) : union(ctx, args));
    } catch (CorruptedHyperLogLogException problem) {
      throw Sketches.CORRUPTED;
    }
  }

  private static long one(Context ctx) {
    Key key = ctx.key(1);
    StringValue value = Sketches.read(ctx, key);
    if (value == null) {
      return 0;
    }
    // Clients of a replica do not write.
    boolean writes = ctx.keys().expiryMode() != ExpiryMode.HIDE;
    if (writes) {
      Sketches.asRaw(ctx, key, value);
    }
    long count = HyperLogLog.lastCount(value.address());
    if (count >= 0) {
      return count;
    }
    count = HyperLogLog.count(value.address(), value.length());
    if (writes) {
      HyperLogLog.putLastCount(ctx.values().rawString(key).address(), count);
      ctx.changed(key);
    }
    return count;
  }

  private static long union(Context ctx, Args args) {
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    for (int i = 1; i < args.count(); i++) {
      StringValue value = Sketches.read(ctx, ctx.key(i));
      if (value != null) {
        HyperLogLog.raiseAll(registers, value.address(), value.length());
      }
    }
    return HyperLogLog.count(registers);
  }
}
