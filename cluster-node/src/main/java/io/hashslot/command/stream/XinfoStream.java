package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;

/** XINFO STREAM key [FULL [COUNT count]] */
final class XinfoStream {
  private static final long DEFAULT_COUNT = 10;

  private XinfoStream() {}

  static void execute(Context ctx, Args args) {
    StreamValue stream = ctx.values().stream(ctx.key(2));
    if (stream == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    if (args.count() > 3) {
      full(ctx.reply(), stream, count(args));
    } else {
      summary(ctx.reply(), stream);
    }
  }

  /** Most elements of each list, 0 for any number. */
  private static long count(Args args) {
    boolean counted = args.count() == 6 && args.is(4, "COUNT");
    if (!args.is(3, "FULL") || args.count() != 4 && !counted) {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.text(1)
              + "'. Try XINFO HELP.");
    }
    long count = counted ? args.integer(5) : DEFAULT_COUNT;
    return count < 0 ? DEFAULT_COUNT : count;
  }

  /** Writes seven pairs. */
  private static void counters(ReplyWriter reply, StreamValue stream) {
    reply.bulk("length");
    reply.integer(stream.size());
    reply.bulk("radix-tree-keys");
    reply.integer(stream.chunkCount());
    reply.bulk("radix-tree-nodes");
    reply.integer(stream.indexNodes());
    reply.bulk("last-generated-id");
    EntryReply.id(reply, stream.lastMs(), stream.lastSequence());
    reply.bulk("max-deleted-entry-id");
    EntryReply.id(reply, stream.maxDeletedMs(), stream.maxDeletedSequence());
    reply.bulk("entries-added");
    reply.integer(stream.entriesAdded());
    reply.bulk("recorded-first-entry-id");
    EntryReply.id(reply, stream.firstMs(), stream.firstSequence());
  }

  private static void summary(ReplyWriter reply, StreamValue stream) {
    reply.map(10);
    counters(reply, stream);
    reply.bulk("groups");
    reply.integer(stream.groupCount());
    reply.bulk("first-entry");
    end(reply, stream, false);
    reply.bulk("last-entry");
    end(reply, stream, true);
  }

  private static void end(ReplyWriter reply, StreamValue stream, boolean last) {
    StreamEntries entries = EntryReply.walk(stream, StreamId.LEAST, StreamId.GREATEST, last);
    if (entries.next()) {
      EntryReply.entry(reply, entries);
    } else {
      reply.nil();
    }
  }

  private static void full(ReplyWriter reply, StreamValue stream, long count) {
    reply.map(9);
    counters(reply, stream);
    reply.bulk("entries");
    EntryReply.range(reply, stream, StreamId.LEAST, StreamId.GREATEST, false, count);
    reply.bulk("groups");
    reply.array(stream.groupCount());
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      reply.map(7);
      reply.bulk("name");
      reply.bulk(group.nameAddress(), group.nameLength());
      XinfoGroups.progress(reply, stream, group);
      pending(reply, group, count);
      consumers(reply, group, count);
    }
  }

  private static void pending(ReplyWriter reply, StreamGroup group, long count) {
    PendingEntries pending = group.pending();
    reply.bulk("pel-count");
    reply.integer(pending.size());
    reply.bulk("pending");
    int start = reply.output().position();
    long written = 0;
    boolean more = pending.walkFrom(0, 0);
    for (; more && (count == 0 || written < count); more = pending.next()) {
      reply.array(4);
      EntryReply.id(reply, pending.ms(), pending.sequence());
      Xpending.name(reply, pending.consumer());
      delivery(reply, pending);
      written++;
    }
    reply.arrayAt(start, written);
  }

  private static void delivery(ReplyWriter reply, PendingEntries pending) {
    reply.integer(pending.deliveredAtMs());
    reply.integer(pending.deliveries());
  }

  private static void consumers(ReplyWriter reply, StreamGroup group, long count) {
    PendingEntries pending = group.pending();
    reply.bulk("consumers");
    reply.array(group.consumerCount());
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      reply.map(5);
      reply.bulk("name");
      Xpending.name(reply, consumer);
      reply.bulk("seen-time");
      reply.integer(StreamConsumer.seenAtMs(consumer));
      reply.bulk("active-time");
      reply.integer(StreamConsumer.activeAtMs(consumer));
      reply.bulk("pel-count");
      reply.integer(StreamConsumer.pendingCount(consumer));
      reply.bulk("pending");
      int start = reply.output().position();
      long written = 0;
      boolean more = pending.walkFrom(consumer, 0, 0);
      for (; more && (count == 0 || written < count); more = pending.next()) {
        reply.array(3);
        EntryReply.id(reply, pending.ms(), pending.sequence());
        delivery(reply, pending);
        written++;
      }
      reply.arrayAt(start, written);
    }
  }
}
