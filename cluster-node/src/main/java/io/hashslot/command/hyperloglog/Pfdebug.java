package io.hashslot.command.hyperloglog;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.Output;
import io.hashslot.structure.CorruptedHyperLogLogException;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.value.StringValue;

/** PFDEBUG GETREG | DECODE | ENCODING | TODENSE key */
final class Pfdebug {
  private Pfdebug() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(2);
    StringValue value = Sketches.forWrite(ctx, key);
    if (value == null) {
      throw CommandException.err("The specified key does not exist");
    }
    try {
      if (args.is(1, "GETREG")) {
        registers(ctx, key, value);
      } else if (args.is(1, "DECODE")) {
        runs(ctx, value);
      } else if (args.is(1, "ENCODING")) {
        ctx.reply().simple(HyperLogLog.isSparse(value.address()) ? "sparse" : "dense");
      } else if (args.is(1, "TODENSE")) {
        ctx.reply().integer(toDense(ctx, key, value) ? 1 : 0);
      } else {
        throw CommandException.err("Unknown PFDEBUG subcommand '" + args.text(1) + "'");
      }
    } catch (CorruptedHyperLogLogException problem) {
      throw Sketches.CORRUPTED;
    }
  }

  private static void registers(Context ctx, Key key, StringValue value) {
    toDense(ctx, key, value);
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    long address = ctx.values().rawString(key).address();
    HyperLogLog.raiseAll(registers, address, HyperLogLog.DENSE_BYTES);
    ctx.reply().array(registers.length);
    for (byte register : registers) {
      ctx.reply().integer(register);
    }
  }

  private static void runs(Context ctx, StringValue value) {
    if (!HyperLogLog.isSparse(value.address())) {
      throw CommandException.err("HLL encoding is not sparse");
    }
    Output out = ctx.reply().output();
    int start = out.position();
    HyperLogLog.runs(value.address(), value.length(), out::putLatin);
    out.insertLatin(start, "$" + (out.position() - start) + "\r\n");
    out.putLineEnd();
  }

  private static boolean toDense(Context ctx, Key key, StringValue value) {
    if (!HyperLogLog.isSparse(value.address())) {
      return false;
    }
    HyperLogLog.toDense(ctx.values().rawString(key));
    // The encoding is seen by clients, so replicas have to follow.
    ctx.changedMany(1);
    return true;
  }
}
