package io.hashslot.command.hash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.LongDouble;
import io.hashslot.value.HashValue;

/** HINCRBYFLOAT key field increment */
final class Hincrbyfloat {
  private Hincrbyfloat() {}

  static void execute(Context ctx, Args args) {
    LongDouble amount = parse(args.bytes(3), CommandException.NOT_FLOAT);
    if (!amount.finite()) {
      throw CommandException.err("value is NaN or Infinity");
    }
    Key key = ctx.key(1);
    HashValue hash = ctx.values().hashOrNew(key);
    LongDouble before =
        hash.get(args.address(2), args.length(2))
            ? parse(hash.found().bytes(), CommandException.err("hash value is not a float"))
            : LongDouble.ZERO;
    LongDouble after = before.plus(amount);
    if (!after.finite()) {
      throw CommandException.err("increment would produce NaN or Infinity");
    }
    byte[] text = after.toString().getBytes(ISO_8859_1);
    hash.putBytes(args.address(2), args.length(2), text);
    ctx.changed(key, KeyEvent.HASH, "hincrbyfloat");
    // The result, not the sum: whoever repeats it may round in another way.
    ctx.effects()
        .command(ctx.database(), "HSET", 3)
        .argument(key.address(), key.length())
        .argument(args.address(2), args.length(2))
        .argument(text);
    ctx.reply().bulk(text);
  }

  private static LongDouble parse(byte[] text, CommandException problem) {
    LongDouble number = LongDouble.parse(new String(text, ISO_8859_1));
    if (number == null) {
      throw problem;
    }
    return number;
  }
}
