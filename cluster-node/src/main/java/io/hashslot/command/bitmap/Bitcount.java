package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.structure.Bits;
import io.hashslot.value.StringValue;

/** BITCOUNT key [start [end [BYTE|BIT]]] */
final class Bitcount {
  private Bitcount() {}

  static void execute(Context ctx, Args args) {
    BitRange range = BitRange.of(args, 2);
    StringValue value = ctx.keys().string(ctx.key(1));
    if (value == null || range.isReversed() || range.isEmpty(value.length())) {
      ctx.reply().integer(0);
      return;
    }
    int length = value.length();
    ctx.reply().integer(Bits.count(value.address(), range.firstBit(length), range.lastBit(length)));
  }
}
