package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.SetMember;
import io.hashslot.value.SetValue;

/**
 * SPOP key [count]
 *
 * <p>Chance must not be repeated elsewhere: replicas get SREM with the members that were taken, or
 * UNLINK when none is left over.
 */
final class Spop {
  /** Members in one SREM. */
  private static final int BATCH = 1024;

  private static final CommandException NEGATIVE =
      CommandException.err("value is out of range, must be positive");

  private Spop() {}

  static void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw CommandException.SYNTAX;
    }
    if (args.count() == 3) {
      several(ctx, args);
      return;
    }
    Key key = ctx.key(1);
    SetValue set = ctx.values().setForWrite(key);
    if (set == null) {
      ctx.reply().nil();
      return;
    }
    SetMember member = set.random(ctx.random());
    MemberReplies.write(ctx.reply(), member);
    ctx.effects()
        .command(ctx.database(), "SREM", 2)
        .argument(key.address(), key.length())
        .argument(member.address(), member.length());
    set.remove(member);
    ctx.changed(key, KeyEvent.SET, "spop");
    Srem.endIfEmpty(ctx, key);
  }

  private static void several(Context ctx, Args args) {
    long count = args.integer(2, NEGATIVE);
    if (count < 0) {
      throw NEGATIVE;
    }
    Key key = ctx.key(1);
    SetValue set = ctx.values().setForWrite(key);
    if (set == null || count == 0) {
      ctx.reply().set(0);
      return;
    }
    if (count >= set.size()) {
      all(ctx, key, set);
      return;
    }
    ctx.reply().set(count);
    Taken taken = new Taken(ctx, key, count);
    set.pop(count, ctx.random(), taken);
    ctx.changed(key, KeyEvent.SET, "spop");
    ctx.changedMany(count - 1);
  }

  private static void all(Context ctx, Key key, SetValue set) {
    long size = set.size();
    MemberReplies.all(ctx.reply(), set);
    ctx.changed(key, KeyEvent.SET, "spop");
    ctx.changedMany(size - 1);
    ctx.keys().remove(key);
    ctx.notify(key, KeyEvent.GENERIC, "del");
    ctx.effects().command(ctx.database(), "UNLINK", 1).argument(key.address(), key.length());
  }

  /** Replies with the members taken, and says which they were. */
  private static final class Taken implements SetValue.Members {
    private final Context ctx;
    private final Key key;
    private long left;
    private int inBatch;

    Taken(Context ctx, Key key, long count) {
      this.ctx = ctx;
      this.key = key;
      left = count;
    }

    @Override
    public boolean member(SetMember member) {
      if (inBatch == 0) {
        inBatch = (int) Math.min(BATCH, left);
        ctx.effects()
            .command(ctx.database(), "SREM", 1 + inBatch)
            .argument(key.address(), key.length());
      }
      ctx.effects().argument(member.address(), member.length());
      MemberReplies.write(ctx.reply(), member);
      inBatch--;
      left--;
      return true;
    }
  }
}
