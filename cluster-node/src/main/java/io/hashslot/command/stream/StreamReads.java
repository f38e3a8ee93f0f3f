package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.memory.Memory;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;
import io.hashslot.value.Kind;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamProgress;
import io.hashslot.value.StreamValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What XREAD and XREADGROUP want to read: some streams, each from behind some id. The ids are
 * settled when the request comes ({@code $} is the last one at that time), so the same object is
 * asked again later if the client waits, whenever one of the streams may have grown.
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

  /** Returns the argument that is the key of a stream. */
  private int keyArgument(int stream) {
    return firstKey + stream;
  }

  /** Replies with what is there; if nothing is, waits for it, or replies so. */
  void serveOrWait(Context ctx, Args args) {
    if (serve(ctx, args)) {
      return;
    }
    if (blockMs >= 0 && ctx.mayWait()) {
      ctx.await(firstKey, behind.length, blockMs, new Growth(this), this::serveAgain);
    } else {
      ctx.reply().nilArray();
    }
  }

  /** What readers wait for. */
  private record Growth(StreamReads reads) implements WaitCondition {
    @Override
    public boolean holds(Keys keys, Key key, Request request) {
      if (!(keys.peek(key) instanceof StreamValue stream)) {
        return reads.inGroup;
      }
      for (int i = 0; i < reads.behind.length; i++) {
        int at = reads.firstKey + i;
        boolean its =
            request.length(at) == key.length()
                && Memory.equal(request.address(at), key.address(), key.length());
        if (its && reads.hasNews(stream, request, i)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean endsWithKey() {
      return reads.inGroup;
    }
  }

  private boolean hasNews(StreamValue stream, Request request, int i) {
    if (!inGroup) {
      return hasBehind(stream, behind[i]);
    }
    StreamGroup group = stream.group(request.address(groupArgument), request.length(groupArgument));
    return group == null || hasBehind(stream, new StreamId(group.lastMs(), group.lastSequence()));
  }

  /** A stream has grown, or a group is gone: of that the client learns before it gets entries. */
  private void serveAgain(Context ctx, Args args) {
    if (inGroup) {
      ctx.nothingToRepeat();
      for (int i = 0; i < behind.length; i++) {
        requireGroup(ctx, args, i);
      }
    }
    if (!serve(ctx, args)) {
      throw new IllegalStateException("a reader of streams was woken for nothing");
    }
  }

  private void requireGroup(Context ctx, Args args, int i) {
    Key key = ctx.key(keyArgument(i));
    if (!ctx.offers(key)) {
      return;
    }
    Value value = ctx.keys().peek(key);
    if (value != null && value.kind() != Kind.STREAM) {
      throw CommandException.WRONG_TYPE;
    }
    if (Groups.find((StreamValue) value, args, groupArgument) == null) {
      throw noGroup(args, i);
    }
  }

  /**
   * Replies with what is there, or says that nothing is: then nothing was written, but in a group
   * the consumer has been seen, and was made if it was missing.
   *
   * @throws CommandException if a key holds something else, or has lost its group
   */
  private boolean serve(Context ctx, Args args) {
    ReplyWriter reply = ctx.reply();
    int start = reply.output().position();
    int served = 0;
    for (int i = 0; i < behind.length; i++) {
      if (ctx.offers(ctx.key(keyArgument(i)))) {
        served += (inGroup ? serveGroup(ctx, args, i) : servePlain(ctx, i)) ? 1 : 0;
      }
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
    if (id.compareTo(new StreamId(stream.lastMs(), stream.lastSequence())) >= 0) {
      return false;
    }
    // The last entry may have been deleted.
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
