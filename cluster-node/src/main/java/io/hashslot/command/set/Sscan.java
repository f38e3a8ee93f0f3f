package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.ScanOptions;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.Kind;
import io.hashslot.value.SetValue;

/**
 * SSCAN key cursor [MATCH pattern] [COUNT count]
 *
 * <p>A set in compact form is returned as a whole.
 */
final class Sscan {
  /** Buckets looked at for each member asked for, at most: many may be empty. */
  private static final int PATIENCE = 10;

  private Sscan() {}

  static void execute(Context ctx, Args args) {
    long cursor = ScanOptions.cursor(args, 2);
    ReplyWriter reply = ctx.reply();
    SetValue set = ctx.values().set(ctx.key(1));
    if (set == null) {
      reply.array(2);
      reply.bulk("0");
      reply.array(0);
      return;
    }
    ScanOptions options = ScanOptions.of(args, 3, Kind.SET);
    reply.array(2);
    int start = reply.output().position();
    long next = scan(set, cursor, options, reply);
    reply.bulkAt(start, Long.toUnsignedString(next));
  }

  private static long scan(SetValue set, long from, ScanOptions options, ReplyWriter reply) {
    MemberReplies members = new MemberReplies(reply);
    SetValue.Members matching =
        member -> !options.takes(member.address(), member.length()) || members.member(member);
    long cursor = from;
    long buckets = (long) options.count() * PATIENCE;
    do {
      cursor = set.scan(cursor, matching);
      buckets--;
    } while (cursor != 0 && buckets > 0 && members.count() < options.count());
    members.endArray();
    return cursor;
  }
}
