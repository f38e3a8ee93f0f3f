package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;
import java.util.List;

/** PUBSUB SHARDCHANNELS [pattern] */
final class PubsubShardchannels {
  private final PubSub pubSub;

  PubsubShardchannels(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void execute(Context ctx, Args args) {
    List<byte[]> names = pubSub.shardChannels(PubsubChannels.filter(ctx, args));
    ctx.reply().array(names.size());
    names.forEach(ctx.reply()::bulk);
  }
}
