package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;
import org.agrona.collections.LongHashSet;

/** HRANDFIELD key [count [WITHVALUES]] */
final class Hrandfield {
  /** From a third of all fields on, looking at each costs less than drawing until they differ. */
  private static final long MANY = 3;

  private Hrandfield() {}

  static void execute(Context ctx, Args args) {
    if (args.count() == 2) {
      one(ctx);
      return;
    }
    long count = args.integerBetween(2, -Long.MAX_VALUE, Long.MAX_VALUE);
    if (args.count() > 4 || args.count() == 4 && !args.is(3, "WITHVALUES")) {
      throw CommandException.SYNTAX;
    }
    boolean withValues = args.count() == 4;
    if (withValues && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw CommandException.err("value is out of range");
    }
    HashValue hash = ctx.values().hash(ctx.key(1));
    if (hash == null || count == 0) {
      ctx.reply().array(0);
      return;
    }
    long replies = count < 0 ? -count : Math.min(count, hash.size());
    HashValue.PairVisitor to = begin(ctx.reply(), replies, withValues);
    if (count < 0) {
      hash.sample(ctx.random(), replies, to);
    } else if (replies == hash.size()) {
      hash.forEach(to);
    } else if (hash.isCompact() || replies * MANY > hash.size()) {
      select(hash, ctx.random(), replies, to);
    } else {
      draw(hash, ctx.random(), (int) replies, to);
    }
  }

  private static void one(Context ctx) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    if (hash == null) {
      ctx.reply().nil();
      return;
    }
    ReplyWriter reply = ctx.reply();
    hash.sample(ctx.random(), 1, (field, _) -> reply.bulk(field.address(), field.length()));
  }

  /** Begins a reply of so many fields; returns what takes them. */
  private static HashValue.PairVisitor begin(ReplyWriter reply, long replies, boolean withValues) {
    if (!withValues) {
      reply.array(replies);
      return (field, _) -> reply.bulk(field.address(), field.length());
    }
    boolean pairs = reply.resp3();
    reply.array(pairs ? replies : replies * 2);
    return (field, value) -> {
      if (pairs) {
        reply.array(2);
      }
      reply.bulk(field.address(), field.length());
      reply.bulk(value.address(), value.length());
    };
  }

  /** Looks at every field, and takes it with the chance that makes all choices equally likely. */
  private static void select(
      HashValue hash, ScanTable.RandomBits random, long count, HashValue.PairVisitor to) {
    hash.forEach(
        new HashValue.PairVisitor() {
          private long left = hash.size();
          private long wanted = count;

          @Override
          public void pair(Slice field, Slice value) {
            if (Math.unsignedMultiplyHigh(random.next(), left--) < wanted) {
              wanted--;
              to.pair(field, value);
            }
          }
        });
  }

  /** Draws until there are enough different ones. */
  private static void draw(
      HashValue hash, ScanTable.RandomBits random, int count, HashValue.PairVisitor to) {
    LongHashSet drawn = new LongHashSet();
    while (drawn.size() < count) {
      hash.sample(
          random,
          1,
          (field, value) -> {
            if (drawn.add(field.address())) {
              to.pair(field, value);
            }
          });
    }
  }
}
