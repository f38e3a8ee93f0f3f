package io.hashslot.command;

import static io.hashslot.command.CommandFlag.BLOCKING;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.WRITE;

import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.Request;
import io.hashslot.value.Kind;
import io.hashslot.value.StringValue;
import java.util.List;

/**
 * Commands that wait for strings, so that waiting can be specified without any particular type:
 * TAKE deletes the first of some strings, PASS moves one to another key, SPOT reads one of them and
 * ends with its key.
 */
public final class TakeCommands {
  private TakeCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("TAKE", -3, TakeCommands::take)
            .flags(WRITE, BLOCKING)
            .keys(KeySpec.range(1, -2, 1, KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.DELETE))
            .done(),
        CommandSpec.row("PASS", 4, TakeCommands::pass)
            .flags(WRITE, DENYOOM, BLOCKING)
            .keys(KeySpec.range(1, 2, 1, KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.DELETE))
            .done(),
        CommandSpec.row("SPOT", 3, TakeCommands::spot)
            .flags(CommandFlag.READONLY, BLOCKING)
            .keys(KeySpec.at(1, KeyFlag.RO, KeyFlag.ACCESS))
            .done());
  }

  private static void take(Context ctx, Args args) {
    int last = args.count() - 2;
    long timeoutMs = WaitTime.seconds(ctx, args, last + 1);
    for (int i = 1; i <= last; i++) {
      Key key = ctx.key(i);
      StringValue value = ctx.offers(key) ? ctx.keys().stringForWrite(key) : null;
      if (value == null) {
        continue;
      }
      ctx.reply().array(2);
      ctx.reply().bulk(key.address(), key.length());
      ctx.reply().bulk(value.address(), value.length());
      ctx.keys().remove(key);
      ctx.changed(key, KeyEvent.GENERIC, "take");
      ctx.effects().command(ctx.database(), "DEL", 1).argument(key.address(), key.length());
      return;
    }
    if (ctx.mayWait()) {
      ctx.await(1, last, timeoutMs, WaitCondition.has(Kind.STRING));
    } else {
      ctx.reply().nilArray();
    }
  }

  private static void pass(Context ctx, Args args) {
    long timeoutMs = WaitTime.seconds(ctx, args, 3);
    Key from = ctx.key(1);
    StringValue value = ctx.keys().stringForWrite(from);
    if (value != null) {
      ctx.reply().bulk(value.address(), value.length());
      ctx.keys().rename(from, ctx.key(2));
      ctx.changed(from, KeyEvent.GENERIC, "pass");
      ctx.changed(ctx.key(2), KeyEvent.GENERIC, "got");
      ctx.effects()
          .command(ctx.database(), "RENAME", 2)
          .argument(from.address(), from.length())
          .argument(ctx.key(2).address(), ctx.key(2).length());
    } else if (ctx.mayWait()) {
      ctx.await(1, 1, timeoutMs, WaitCondition.has(Kind.STRING));
    } else {
      ctx.reply().nil();
    }
  }

  private static void spot(Context ctx, Args args) {
    long timeoutMs = WaitTime.milliseconds(ctx, args, 2);
    Key key = ctx.key(1);
    StringValue value = ctx.keys().string(key);
    if (value == null) {
      throw new CommandException("GONE the key is not there");
    }
    if (value.length() > 3) {
      ctx.reply().bulk(value.address(), value.length());
      return;
    }
    ctx.await(1, 1, timeoutMs, new Longer());
  }

  /** Waits until a string is longer than three bytes, or gone. */
  private record Longer() implements WaitCondition {
    @Override
    public boolean holds(Keys keys, Key key, Request request) {
      return !(keys.peek(key) instanceof StringValue string) || string.length() > 3;
    }

    @Override
    public boolean endsWithKey() {
      return true;
    }
  }
}
