package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.structure.Bits;
import io.hashslot.value.StringValue;

/** BITPOS key bit [start [end [BYTE|BIT]]] */
final class Bitpos {
  private Bitpos() {}

  static void execute(Context ctx, Args args) {
    long bit = args.integer(2);
    if (bit != 0 && bit != 1) {
      throw CommandException.err("The bit argument must be 1 or 0.");
    }
    BitRange range = BitRange.of(args, 3);
    StringValue value = ctx.keys().string(ctx.key(1));
    if (value == null) {
      ctx.reply().integer(bit == 1 ? -1 : 0);
    } else {
      ctx.reply().integer(find(value, (int) bit, range));
    }
  }

  private static long find(StringValue value, int bit, BitRange range) {
    int length = value.length();
    if (length == 0 || range.isEmpty(length)) {
      return -1;
    }
    long found = Bits.find(value.address(), bit, range.firstBit(length), range.lastBit(length));
    if (found < 0 && bit == 0 && !range.endGiven()) {
      // A string goes on with zeros, as it were, unless the user has said where to end.
      return (long) length << 3;
    }
    return found;
  }
}
