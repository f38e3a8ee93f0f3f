package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;

/** XPENDING key group [[IDLE min-idle-time] start end count [consumer]] */
final class Xpending {
  private Xpending() {}

  /** Which entries are to be listed. */
  private record Query(
      StreamId start, StreamId end, long count, long minIdleMs, int consumerArgument) {

    static Query of(Args args) {
      int at = 3;
      long minIdleMs = 0;
      if (args.count() < 6 || args.count() > 9) {
        throw CommandException.SYNTAX;
      }
      if (args.is(3, "IDLE")) {
        minIdleMs = args.integer(4);
        if (args.count() < 8) {
          throw CommandException.SYNTAX;
        }
        at += 2;
      }
      long count = Math.max(0, args.integer(at + 2));
      StreamId start = StreamRange.start(args, at);
      StreamId end = StreamRange.end(args, at + 1);
      return new Query(start, end, count, minIdleMs, args.count() > at + 3 ? at + 3 : 0);
    }
  }

  static void execute(Context ctx, Args args) {
    Query query = args.count() == 3 ? null : Query.of(args);
    StreamGroup group = Groups.find(ctx.values().stream(ctx.key(1)), args, 2);
    if (group == null) {
      throw Groups.none(args, 1, 2, "");
    }
    if (query == null) {
      summary(ctx.reply(), group);
    } else {
      list(ctx, args, group, query);
    }
  }

  private static void summary(ReplyWriter reply, StreamGroup group) {
    PendingEntries pending = group.pending();
    reply.array(4);
    reply.integer(pending.size());
    if (!pending.first()) {
      reply.nil();
      reply.nil();
      reply.nilArray();
      return;
    }
    EntryReply.id(reply, pending.ms(), pending.sequence());
    pending.last();
    EntryReply.id(reply, pending.ms(), pending.sequence());
    int start = reply.output().position();
    int written = 0;
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      if (StreamConsumer.pendingCount(consumer) > 0) {
        reply.array(2);
        name(reply, consumer);
        reply.bulkInteger(StreamConsumer.pendingCount(consumer));
        written++;
      }
    }
    reply.arrayAt(start, written);
  }

  static void name(ReplyWriter reply, long consumer) {
    reply.bulk(StreamConsumer.nameAddress(consumer), StreamConsumer.nameLength(consumer));
  }

  private static void list(Context ctx, Args args, StreamGroup group, Query query) {
    PendingEntries pending = group.pending();
    boolean more;
    if (query.consumerArgument == 0) {
      more = pending.walkFrom(query.start.ms(), query.start.sequence());
    } else {
      int name = query.consumerArgument;
      long consumer = group.consumer(args.address(name), args.length(name));
      more = consumer != 0 && pending.walkFrom(consumer, query.start.ms(), query.start.sequence());
    }
    ReplyWriter reply = ctx.reply();
    int start = reply.output().position();
    long written = 0;
    for (; more && written < query.count; more = pending.next()) {
      if (query.end.compareTo(new StreamId(pending.ms(), pending.sequence())) < 0) {
        break;
      }
      long idleMs = ctx.nowMs() - pending.deliveredAtMs();
      if (query.minIdleMs > 0 && idleMs < query.minIdleMs) {
        continue;
      }
      reply.array(4);
      EntryReply.id(reply, pending.ms(), pending.sequence());
      name(reply, pending.consumer());
      reply.integer(Math.max(0, idleMs));
      reply.integer(pending.deliveries());
      written++;
    }
    reply.arrayAt(start, written);
  }
}
