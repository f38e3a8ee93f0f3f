package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.structure.Bits;
import io.hashslot.value.StringValue;

/** GETBIT key offset */
final class Getbit {
  private final BitOffset offsets;

  Getbit(BitOffset offsets) {
    this.offsets = offsets;
  }

  void execute(Context ctx, Args args) {
    long place = offsets.read(ctx, args, 2);
    StringValue value = ctx.keys().string(ctx.key(1));
    boolean there = value != null && place >>> 3 < value.length();
    ctx.reply().integer(value != null && there ? Bits.get(value.address(), place) : 0);
  }
}
