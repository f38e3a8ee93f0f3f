package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;

/** SPUBLISH shardchannel message */
final class Spublish {
  private final PubSub pubSub;
  private final PublishedElsewhere others;

  Spublish(PubSub pubSub, PublishedElsewhere others) {
    this.pubSub = pubSub;
    this.others = others;
  }

  void execute(Context ctx, Args args) {
    byte[] channel = args.bytes(1);
    byte[] message = args.bytes(2);
    int receivers = pubSub.publishToShard(channel, message);
    if (!others.publish(channel, message, true)) {
      ctx.effects()
          .command(-1, "SPUBLISH", 2)
          .argument(args.address(1), args.length(1))
          .argument(args.address(2), args.length(2));
    }
    ctx.reply().integer(receivers);
  }
}
