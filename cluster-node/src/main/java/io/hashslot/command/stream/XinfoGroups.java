package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamProgress;
import io.hashslot.value.StreamValue;

/** XINFO GROUPS key */
final class XinfoGroups {
  private XinfoGroups() {}

  static void execute(Context ctx, Args args) {
    StreamValue stream = ctx.values().stream(ctx.key(2));
    if (stream == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    ReplyWriter reply = ctx.reply();
    reply.array(stream.groupCount());
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      reply.map(6);
      reply.bulk("name");
      reply.bulk(group.nameAddress(), group.nameLength());
      reply.bulk("consumers");
      reply.integer(group.consumerCount());
      reply.bulk("pending");
      reply.integer(group.pending().size());
      progress(reply, stream, group);
    }
  }

  /** Writes three pairs: how far a group has read, and how far it has to go. */
  static void progress(ReplyWriter reply, StreamValue stream, StreamGroup group) {
    reply.bulk("last-delivered-id");
    EntryReply.id(reply, group.lastMs(), group.lastSequence());
    reply.bulk("entries-read");
    unless(reply, StreamGroup.UNKNOWN, group.entriesRead());
    reply.bulk("lag");
    unless(reply, StreamProgress.UNKNOWN_LAG, StreamProgress.lag(stream, group));
  }

  private static void unless(ReplyWriter reply, long unknown, long entries) {
    if (entries == unknown) {
      reply.nil();
    } else {
      reply.integer(entries);
    }
  }
}
