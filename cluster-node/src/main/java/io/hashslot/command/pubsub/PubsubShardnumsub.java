package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;

/** PUBSUB SHARDNUMSUB [shardchannel [shardchannel ...]] */
final class PubsubShardnumsub {
  private final PubSub pubSub;

  PubsubShardnumsub(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().array((args.count() - 2) * 2L);
    for (int i = 2; i < args.count(); i++) {
      byte[] channel = args.bytes(i);
      ctx.reply().bulk(channel);
      ctx.reply().integer(pubSub.shardSubscribers(channel));
    }
  }
}
