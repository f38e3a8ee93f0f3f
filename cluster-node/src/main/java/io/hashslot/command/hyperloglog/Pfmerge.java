package io.hashslot.command.hyperloglog;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.CorruptedHyperLogLogException;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.value.Cell;
import io.hashslot.value.StringValue;

/**
 * PFMERGE destkey [sourcekey [sourcekey ...]]
 *
 * <p>The destination is a source, too. If one of them is dense, so is the result.
 */
final class Pfmerge {
  private Pfmerge() {}

  static void execute(Context ctx, Args args) {
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    Key destination = ctx.key(1);
    boolean present = false;
    boolean dense = false;
    try {
      for (int i = 1; i < args.count(); i++) {
        StringValue value = Sketches.read(ctx, ctx.key(i));
        if (value != null) {
          present |= i == 1;
          dense |= !HyperLogLog.isSparse(value.address());
          HyperLogLog.raiseAll(registers, value.address(), value.length());
        }
      }
    } catch (CorruptedHyperLogLogException problem) {
      throw Sketches.CORRUPTED;
    }
    Cell cell = ctx.values().rawString(destination);
    if (!present) {
      HyperLogLog.create(cell);
    }
    if (dense) {
      HyperLogLog.toDense(cell);
    }
    for (int i = 0; i < registers.length; i++) {
      if (registers[i] != 0) {
        HyperLogLog.raise(cell, i, registers[i], cell.limits().hllSparseMaxBytes);
      }
    }
    HyperLogLog.forgetCount(cell.address());
    ctx.changed(destination, KeyEvent.STRING, "pfadd");
    ctx.reply().ok();
  }
}
