package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.LongDouble;
import io.hashslot.value.StringValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** INCRBYFLOAT key increment */
final class Incrbyfloat {
  private Incrbyfloat() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    StringValue old = ctx.keys().stringForWrite(key);
    LongDouble before = old == null ? LongDouble.ZERO : required(parse(old.bytes()));
    LongDouble amount = required(parse(args.bytes(2)));
    LongDouble after = before.plus(amount);
    if (!after.finite()) {
      throw CommandException.err("increment would produce NaN or Infinity");
    }
    byte[] text = after.toString().getBytes(StandardCharsets.ISO_8859_1);
    ctx.keys().putText(key, text, Keys.KEEP_EXPIRY);
    ctx.changed(key, KeyEvent.STRING, "incrbyfloat");
    // The result, not the sum: whoever repeats it may round in another way.
    ctx.effects()
        .command(ctx.database(), "SET", 3)
        .argument(key.address(), key.length())
        .argument(text)
        .argument("KEEPTTL");
    ctx.reply().bulk(text);
  }

  private static @Nullable LongDouble parse(byte[] text) {
    return LongDouble.parse(new String(text, StandardCharsets.ISO_8859_1));
  }

  private static LongDouble required(@Nullable LongDouble number) {
    if (number == null) {
      throw CommandException.NOT_FLOAT;
    }
    return number;
  }
}
