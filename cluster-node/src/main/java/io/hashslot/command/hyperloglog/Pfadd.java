package io.hashslot.command.hyperloglog;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.CorruptedHyperLogLogException;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.value.Cell;
import io.hashslot.value.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * PFADD key [element [element ...]]
 *
 * <p>Most elements of a well-filled one change nothing: the string is taken for writing only when
 * one does.
 */
final class Pfadd {
  private Pfadd() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    StringValue value = Sketches.forWrite(ctx, key);
    @Nullable Cell cell = null;
    int changes = 0;
    if (value == null) {
      cell = ctx.values().rawString(key);
      HyperLogLog.create(cell);
      HyperLogLog.forgetCount(cell.address());
      changes++;
    }
    try {
      for (int i = 2; i < args.count(); i++) {
        long hash = HyperLogLog.hash(args.address(i), args.length(i));
        if (cell == null && isLess(value, hash)) {
          cell = ctx.values().rawString(key);
        }
        if (cell != null && raise(cell, hash)) {
          changes++;
        }
      }
    } catch (CorruptedHyperLogLogException problem) {
      // What was raised before stays so, and replicas have to follow.
      ctx.changedMany(changes);
      throw Sketches.CORRUPTED;
    }
    if (changes > 0) {
      ctx.changed(key, KeyEvent.STRING, "pfadd");
      ctx.changedMany(changes - 1);
    }
    ctx.reply().integer(changes > 0 ? 1 : 0);
  }

  private static boolean isLess(@Nullable StringValue value, long hash) {
    return value != null
        && HyperLogLog.get(value.address(), value.length(), HyperLogLog.index(hash))
            < HyperLogLog.value(hash);
  }

  private static boolean raise(Cell cell, long hash) {
    return HyperLogLog.raise(
        cell, HyperLogLog.index(hash), HyperLogLog.value(hash), cell.limits().hllSparseMaxBytes);
  }
}
