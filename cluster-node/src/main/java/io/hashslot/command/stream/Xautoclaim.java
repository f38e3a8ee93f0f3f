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
import java.util.ArrayList;
import java.util.List;

/** XAUTOCLAIM key group consumer min-idle-time start [COUNT count] [JUSTID] */
final class Xautoclaim {
  private static final CommandException BAD_MIN_IDLE =
      CommandException.err("Invalid min-idle-time argument for XAUTOCLAIM");
  private static final CommandException BAD_COUNT = CommandException.err("COUNT must be > 0");
  private static final long DEFAULT_COUNT = 100;

  /** The C servers keep that many ids in memory at most. */
  private static final long MOST_COUNT = Long.MAX_VALUE / 16;

  /** How many entries are looked at for each that is wanted. */
  private static final int ATTEMPTS = 10;

  private Xautoclaim() {}

  private record Options(long minIdleMs, StreamId start, long count, boolean justId) {
    static Options of(Args args) {
      long minIdleMs = Math.max(0, args.integer(4, BAD_MIN_IDLE));
      StreamId start = StreamRange.start(args, 5);
      long count = DEFAULT_COUNT;
      boolean justId = false;
      for (int i = 6; i < args.count(); i++) {
        if (args.is(i, "COUNT") && i + 1 < args.count()) {
          count = args.integer(++i, BAD_COUNT);
          if (count < 1 || count > MOST_COUNT) {
            throw BAD_COUNT;
          }
        } else if (args.is(i, "JUSTID")) {
          justId = true;
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Options(minIdleMs, start, count, justId);
    }
  }

  static void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    Key key = ctx.key(1);
    StreamValue stream = ctx.values().streamForWrite(key);
    StreamGroup group = Groups.find(stream, args, 2);
    if (stream == null || group == null) {
      throw Groups.none(args, 1, 2, "");
    }
    ctx.nothingToRepeat();
    long consumer = Groups.seen(ctx, args, key, group, 3);
    PendingEntries pending = group.pending();
    ReplyWriter reply = ctx.reply();
    reply.array(3);
    int start = reply.output().position();
    List<StreamId> gone = new ArrayList<>();
    int claimed = 0;
    long attempts = options.count * ATTEMPTS;
    StreamId at = options.start;
    boolean more = pending.walkFrom(at.ms(), at.sequence());
    while (more && attempts-- > 0 && claimed + gone.size() < options.count) {
      at = new StreamId(pending.ms(), pending.sequence());
      if (!stream.has(at.ms(), at.sequence())) {
        Xclaim.forget(ctx, key, group, at);
        gone.add(at);
        more = pending.walkFrom(at.ms(), at.sequence());
        continue;
      }
      if (ctx.nowMs() - pending.deliveredAtMs() >= options.minIdleMs || options.minIdleMs == 0) {
        pending.giveTo(consumer);
        pending.delivered(ctx.nowMs(), pending.deliveries() + (options.justId ? 0 : 1));
        StreamConsumer.activeAtMs(consumer, ctx.nowMs());
        Xclaim.reply(reply, stream, at.ms(), at.sequence(), options.justId);
        Groups.repeatClaim(ctx, key, group);
        claimed++;
      }
      more = pending.next();
    }
    reply.arrayAt(start, claimed);
    String next = more ? StreamId.text(pending.ms(), pending.sequence()) : "0-0";
    reply.bulkAt(start, next);
    reply.array(gone.size());
    gone.forEach(id -> EntryReply.id(reply, id.ms(), id.sequence()));
  }
}
