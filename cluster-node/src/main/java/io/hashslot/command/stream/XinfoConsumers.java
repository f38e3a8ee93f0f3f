package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamValue;

/** XINFO CONSUMERS key group */
final class XinfoConsumers {
  private XinfoConsumers() {}

  static void execute(Context ctx, Args args) {
    StreamValue stream = ctx.values().stream(ctx.key(2));
    if (stream == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    StreamGroup group = Groups.find(stream, args, 3);
    if (group == null) {
      throw Groups.noneInKey(args);
    }
    ReplyWriter reply = ctx.reply();
    reply.array(group.consumerCount());
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      long activeAtMs = StreamConsumer.activeAtMs(consumer);
      reply.map(4);
      reply.bulk("name");
      Xpending.name(reply, consumer);
      reply.bulk("pending");
      reply.integer(StreamConsumer.pendingCount(consumer));
      reply.bulk("idle");
      reply.integer(Math.max(0, ctx.nowMs() - StreamConsumer.seenAtMs(consumer)));
      reply.bulk("inactive");
      reply.integer(
          activeAtMs == StreamConsumer.NEVER ? -1 : Math.max(0, ctx.nowMs() - activeAtMs));
    }
  }
}
