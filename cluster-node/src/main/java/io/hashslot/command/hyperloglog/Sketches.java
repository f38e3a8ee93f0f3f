package io.hashslot.command.hyperloglog;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.HyperLogLog;
import io.hashslot.value.Cell;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;
import org.jspecify.annotations.Nullable;

/** How the commands of this group come to their strings, and what they say of others. */
final class Sketches {
  /** The registers do not add up. */
  static final CommandException CORRUPTED =
      new CommandException("INVALIDOBJ Corrupted HLL object detected");

  private static final CommandException NONE =
      new CommandException("WRONGTYPE Key is not a valid HyperLogLog string value.");

  private Sketches() {}

  /** Looks one up in order to read it; null if there is no such key. */
  static @Nullable StringValue read(Context ctx, Key key) {
    return checked(ctx.keys().string(key));
  }

  /** Looks one up in order to change it; null if there is no such key. */
  static @Nullable StringValue forWrite(Context ctx, Key key) {
    StringValue value = checked(ctx.keys().stringForWrite(key));
    if (value != null) {
      asRaw(ctx, key, value);
    }
    return value;
  }

  /** Makes a string raw: in Redis it is one of its own from now on, whether it changes or not. */
  static void asRaw(Context ctx, Key key, StringValue value) {
    if (value.encoding() != StringEncoding.RAW) {
      Cell raw = ctx.values().rawString(key);
      value.wrap(raw.address(), raw.length(), StringEncoding.RAW);
    }
  }

  private static @Nullable StringValue checked(@Nullable StringValue value) {
    if (value != null && !HyperLogLog.isOne(value.address(), value.length())) {
      throw NONE;
    }
    return value;
  }
}
