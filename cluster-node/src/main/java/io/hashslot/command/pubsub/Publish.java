package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;

/** PUBLISH channel message */
final class Publish {
  private final PubSub pubSub;
  private final PublishedElsewhere others;

  Publish(PubSub pubSub, PublishedElsewhere others) {
    this.pubSub = pubSub;
    this.others = others;
  }

  void execute(Context ctx, Args args) {
    byte[] channel = args.bytes(1);
    byte[] message = args.bytes(2);
    int receivers = pubSub.publish(channel, message);
    if (!others.publish(channel, message, false)) {
      // Outside a cluster the replicas' subscribers hear it through the stream.
      ctx.effects()
          .command(-1, "PUBLISH", 2)
          .argument(args.address(1), args.length(1))
          .argument(args.address(2), args.length(2));
    }
    ctx.reply().integer(receivers);
  }
}
