package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;

/** PUBSUB NUMPAT */
final class PubsubNumpat {
  private final PubSub pubSub;

  PubsubNumpat(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().integer(pubSub.patternCount());
  }
}
