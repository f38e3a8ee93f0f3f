package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.Bits;
import io.hashslot.value.StringValue;

/** SETBIT key offset value */
final class Setbit {
  private static final CommandException NO_BIT =
      CommandException.err("bit is not an integer or out of range");

  private final BitOffset offsets;

  Setbit(BitOffset offsets) {
    this.offsets = offsets;
  }

  void execute(Context ctx, Args args) {
    long place = offsets.read(ctx, args, 2);
    long bit = args.integer(3, NO_BIT);
    if (bit != 0 && bit != 1) {
      throw NO_BIT;
    }
    Key key = ctx.key(1);
    StringValue old = ctx.keys().stringForWrite(key);
    int length = (int) (place >>> 3) + 1;
    boolean grows = old == null || old.length() < length;
    StringValue edited = ctx.keys().edit(key, length - 1, length);
    int before = Bits.get(edited.address(), place);
    if (grows || before != bit) {
      Bits.set(edited.address(), place, (int) bit);
      ctx.changed(key, KeyEvent.STRING, "setbit");
    }
    ctx.reply().integer(before);
  }
}
