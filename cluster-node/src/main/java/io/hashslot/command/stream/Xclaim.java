package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * XCLAIM key group consumer min-idle-time id [id ...] [IDLE ms] [TIME unix-time-milliseconds]
 * [RETRYCOUNT count] [FORCE] [JUSTID] [LASTID last-id]
 */
final class Xclaim {
  private static final CommandException BAD_MIN_IDLE =
      CommandException.err("Invalid min-idle-time argument for XCLAIM");

  private Xclaim() {}

  /** What is to be made of the entries claimed; without a time, they are delivered now. */
  private record Options(
      int behindIds,
      long deliveredAtMs,
      long deliveries,
      boolean force,
      boolean justId,
      @Nullable StreamId last) {

    static Options of(Args args, long nowMs) {
      int behindIds = 5;
      while (behindIds < args.count() && StreamId.isId(args, behindIds)) {
        behindIds++;
      }
      long deliveredAtMs = nowMs;
      long deliveries = -1;
      boolean force = false;
      boolean justId = false;
      StreamId last = null;
      for (int i = behindIds; i < args.count(); i++) {
        boolean more = i + 1 < args.count();
        if (args.is(i, "FORCE")) {
          force = true;
        } else if (args.is(i, "JUSTID")) {
          justId = true;
        } else if (more && args.is(i, "IDLE")) {
          deliveredAtMs = nowMs - number(args, ++i, "IDLE");
        } else if (more && args.is(i, "TIME")) {
          deliveredAtMs = number(args, ++i, "TIME");
        } else if (more && args.is(i, "RETRYCOUNT")) {
          deliveries = number(args, ++i, "RETRYCOUNT");
        } else if (more && args.is(i, "LASTID")) {
          last = StreamId.of(args, ++i, 0);
        } else {
          throw CommandException.err("Unrecognized XCLAIM option '" + Groups.shown(args, i) + "'");
        }
      }
      boolean possible = deliveredAtMs >= 0 && deliveredAtMs <= nowMs;
      return new Options(
          behindIds, possible ? deliveredAtMs : nowMs, deliveries, force, justId, last);
    }

    private static long number(Args args, int i, String option) {
      return args.integer(
          i, CommandException.err("Invalid " + option + " option argument for XCLAIM"));
    }
  }

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    StreamValue stream = ctx.values().streamForWrite(key);
    StreamGroup group = Groups.find(stream, args, 2);
    if (stream == null || group == null) {
      throw Groups.none(args, 1, 2, "");
    }
    long minIdleMs = Math.max(0, args.integer(4, BAD_MIN_IDLE));
    Options options = Options.of(args, ctx.nowMs());
    ctx.nothingToRepeat();
    boolean lastToRepeat = false;
    StreamId last = options.last;
    if (last != null && last.compareTo(new StreamId(group.lastMs(), group.lastSequence())) > 0) {
      group.last(last.ms(), last.sequence());
      lastToRepeat = true;
    }
    long consumer = Groups.seen(ctx, args, key, group, 3);
    int start = ctx.reply().output().position();
    int claimed = 0;
    boolean repeated = false;
    for (int i = 5; i < options.behindIds; i++) {
      StreamId id = StreamId.of(args, i, 0);
      if (!stream.has(id.ms(), id.sequence()) && !restores(ctx, group, id, options)) {
        repeated |= forget(ctx, key, group, id);
      } else if (claim(ctx, group, id, consumer, minIdleMs, options)) {
        reply(ctx.reply(), stream, id.ms(), id.sequence(), options.justId);
        Groups.repeatClaim(ctx, key, group);
        repeated = true;
        claimed++;
      }
    }
    if (lastToRepeat && !repeated) {
      Groups.repeatLast(ctx, key, group);
    }
    ctx.reply().arrayAt(start, claimed);
  }

  /**
   * Whether an entry is to become pending though it is no more. For clients that cannot be; but a
   * primary's stream, a file or the source of a slot says so of what was pending before, entry by
   * entry, and a primary that wants an entry forgotten names one that is pending.
   */
  private static boolean restores(Context ctx, StreamGroup group, StreamId id, Options options) {
    return options.force
        && ctx.session().applied()
        && !group.pending().seek(id.ms(), id.sequence());
  }

  /** Takes an entry that is no more from what is pending; false if it was not. */
  static boolean forget(Context ctx, Key key, StreamGroup group, StreamId id) {
    PendingEntries pending = group.pending();
    if (!pending.seek(id.ms(), id.sequence())) {
      return false;
    }
    Groups.repeatClaim(ctx, key, group);
    pending.remove();
    return true;
  }

  /** Gives an entry to the consumer, if it may have it; then the flyweight stands on it. */
  private static boolean claim(
      Context ctx, StreamGroup group, StreamId id, long consumer, long minIdleMs, Options options) {
    PendingEntries pending = group.pending();
    if (pending.seek(id.ms(), id.sequence())) {
      if (minIdleMs > 0 && ctx.nowMs() - pending.deliveredAtMs() < minIdleMs) {
        return false;
      }
    } else if (options.force) {
      pending.addUnowned(id.ms(), id.sequence(), ctx.nowMs(), 1);
    } else {
      return false;
    }
    pending.giveTo(consumer);
    long deliveries = options.deliveries;
    if (deliveries < 0) {
      deliveries = pending.deliveries() + (options.justId ? 0 : 1);
    }
    pending.delivered(options.deliveredAtMs, deliveries);
    StreamConsumer.activeAtMs(consumer, ctx.nowMs());
    return true;
  }

  /** Replies with an entry, or its id. */
  static void reply(ReplyWriter reply, StreamValue stream, long ms, long sequence, boolean justId) {
    if (justId) {
      EntryReply.id(reply, ms, sequence);
    } else if (!EntryReply.one(reply, stream, ms, sequence)) {
      reply.nil();
    }
  }
}
