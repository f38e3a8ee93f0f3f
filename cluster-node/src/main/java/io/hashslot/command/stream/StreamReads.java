package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamProgress;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * What XREAD and XREADGROUP want to read: some streams, each from behind some id. The ids are
 * settled when the request comes ({@code $} is the last one at that time), so the same object can
 * be {@linkplain #serve asked to serve} again later, whenever one of the streams may have grown.
 */
final class StreamReads {
  private final boolean inGroup;
  private final int count;
  private final boolean noAck;
  private final long blockMs;
  private final int firstKey;
  private final int groupArgument;
  private final StreamId[] behind;

  StreamReads(ReadOptions options, StreamId[] behind) {
    inGroup = options.inGroup();
    count = options.count();
    noAck = options.noAck();
    blockMs = options.blockMs();
    firstKey = options.firstKey();
    groupArgument = options.groupArgument();
    this.behind = behind;
  }

  /** Returns how many streams are read. */
  int streams() {
    return behind.length;
  }

  /** Returns the argument that is the key of a stream. */
  int keyArgument(int stream) {
    return firstKey + stream;
  }

  /**
   * Returns the id behind which a stream is read; {@link StreamId#GREATEST} stands for what the
   * group has not delivered to anybody.
   */
  StreamId behind(int stream) {
    return behind[stream];
  }

  /** Returns how long to wait if nothing is there: 0 for ever, -1 not at all. */
  long blockMs() {
    return blockMs;
  }

  /**
   * Replies with what is there, or says that nothing is: then nothing was written, but in a group
   * the consumer has been seen, and was made if it was missing.
   *
   * @throws CommandException if a key holds something else, or has lost its group
   */
  boolean serve(Context ctx, Args args) {
    ReplyWriter reply = ctx.reply();
    int start = reply.output().position();
    int served = 0;
    for (int i = 0; i < behind.length; i++) {
      served += (inGroup ? serveGroup(ctx, args, i) : servePlain(ctx, i)) ? 1 : 0;
    }
    if (served == 0) {
      return false;
    }
    reply.output().insertLatin(start, (reply.resp3() ? "%" : "*") + served + "\r\n");
    return true;
  }

  private boolean servePlain(Context ctx, int i) {
    Key key = ctx.key(keyArgument(i));
    StreamValue stream = ctx.values().stream(key);
    if (stream == null || !hasBehind(stream, behind[i])) {
      return false;
    }
    begin(ctx.reply(), key);
    EntryReply.range(ctx.reply(), stream, behind[i].next(), StreamId.GREATEST, false, count);
    return true;
  }

  private static boolean hasBehind(StreamValue stream, StreamId id) {
    StreamEntries last = EntryReply.walk(stream, StreamId.LEAST, StreamId.GREATEST, true);
    return last.next() && id.compareTo(new StreamId(last.ms(), last.sequence())) < 0;
  }

  private static void begin(ReplyWriter reply, Key key) {
    if (!reply.resp3()) {
      reply.array(2);
    }
    reply.bulk(key.address(), key.length());
  }

  // Groups

  private boolean serveGroup(Context ctx, Args args, int i) {
    Key key = ctx.key(keyArgument(i));
    StreamValue stream = ctx.values().streamForWrite(key);
    StreamGroup group = Groups.find(stream, args, groupArgument);
    if (stream == null || group == null) {
      throw noGroup(args, i);
    }
    int name = groupArgument + 1;
    boolean known = group.consumer(args.address(name), args.length(name)) != 0;
    long consumer = Groups.seen(ctx, args, key, group, name);
    if (!known && noAck) {
      Groups.repeatCreation(ctx, key, group, consumer);
    }
    if (!behind[i].equals(StreamId.GREATEST)) {
      begin(ctx.reply(), key);
      serveHistory(ctx, stream, group.pending(), consumer, behind[i].next());
      return true;
    }
    StreamId last = new StreamId(group.lastMs(), group.lastSequence());
    if (!hasBehind(stream, last)) {
      return false;
    }
    begin(ctx.reply(), key);
    serveNew(ctx, key, stream, group, consumer, last.next());
    return true;
  }

  /** The error of a read in a group that is not there. */
  CommandException noGroup(Args args, int stream) {
    return Groups.none(
        args, keyArgument(stream), groupArgument, " in XREADGROUP with GROUP option");
  }

  /** Replies with entries that nobody of the group has got, which are pending from now on. */
  private void serveNew(
      Context ctx, Key key, StreamValue stream, StreamGroup group, long consumer, StreamId from) {
    StreamEntries entries = EntryReply.walk(stream, from, StreamId.GREATEST, false);
    PendingEntries pending = group.pending();
    int start = ctx.reply().output().position();
    int written = 0;
    while ((count <= 0 || written < count) && entries.next()) {
      StreamProgress.advance(stream, group, entries.ms(), entries.sequence());
      EntryReply.entry(ctx.reply(), entries);
      written++;
      if (noAck) {
        continue;
      }
      if (pending.seek(entries.ms(), entries.sequence())) {
        pending.giveTo(consumer);
        pending.delivered(ctx.nowMs(), 1);
      } else {
        pending.add(entries.ms(), entries.sequence(), consumer, ctx.nowMs(), 1);
      }
      StreamConsumer.activeAtMs(consumer, ctx.nowMs());
      Groups.repeatClaim(ctx, key, group);
    }
    ctx.reply().arrayAt(start, written);
    Groups.repeatLast(ctx, key, group);
  }

  /** Replies with what is pending for a consumer; entries that are gone are shown as null. */
  private void serveHistory(
      Context ctx, StreamValue stream, PendingEntries pending, long consumer, StreamId from) {
    ReplyWriter reply = ctx.reply();
    int start = reply.output().position();
    int written = 0;
    boolean more = pending.walkFrom(consumer, from.ms(), from.sequence());
    for (; more && (count <= 0 || written < count); more = pending.next()) {
      if (EntryReply.one(reply, stream, pending.ms(), pending.sequence())) {
        pending.delivered(ctx.nowMs(), pending.deliveries() + 1);
      } else {
        reply.array(2);
        EntryReply.id(reply, pending.ms(), pending.sequence());
        reply.nilArray();
      }
      written++;
    }
    reply.arrayAt(start, written);
  }

  /** Settles where to read one stream from, and checks that it can be read. */
  static StreamId settle(Context ctx, Args args, ReadOptions options, int i) {
    int keyAt = options.firstKey() + i;
    int idAt = keyAt + options.streams();
    StreamValue stream = ctx.values().stream(ctx.key(keyAt));
    if (options.inGroup() && Groups.find(stream, args, options.groupArgument()) == null) {
      throw Groups.none(args, keyAt, options.groupArgument(), " in XREADGROUP with GROUP option");
    }
    if (StreamId.isSign(args, idAt, '$')) {
      options.refuseInGroup('$');
      return GroupOptions.last(stream);
    }
    if (StreamId.isSign(args, idAt, '+')) {
      options.refuseInGroup('+');
      return beforeLast(stream);
    }
    if (StreamId.isSign(args, idAt, '>')) {
      if (!options.inGroup()) {
        throw CommandException.err(
            "The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
                + " <consumer> option.");
      }
      return StreamId.GREATEST;
    }
    return StreamId.of(args, idAt, 0);
  }

  /** The id right before the last one given. */
  private static StreamId beforeLast(@Nullable StreamValue stream) {
    StreamId last = GroupOptions.last(stream);
    if (stream != null && last.equals(StreamId.LEAST)) {
      throw CommandException.err("the stream last element ID is 0-0");
    }
    return stream == null ? last : last.previous();
  }
}
