package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;
import io.hashslot.pubsub.Topic;

/**
 * UNSUBSCRIBE [channel [channel ...]]; PUNSUBSCRIBE [pattern [pattern ...]]; SUNSUBSCRIBE
 * [shardchannel [shardchannel ...]]
 */
final class Unsubscribe {
  private final PubSub pubSub;

  Unsubscribe(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void channels(Context ctx, Args args) {
    pubSub.unsubscribe(ctx.session(), ctx.reply(), Topic.CHANNEL, Subscribe.names(args));
  }

  void patterns(Context ctx, Args args) {
    pubSub.unsubscribe(ctx.session(), ctx.reply(), Topic.PATTERN, Subscribe.names(args));
  }

  void shardChannels(Context ctx, Args args) {
    pubSub.unsubscribe(ctx.session(), ctx.reply(), Topic.SHARD_CHANNEL, Subscribe.names(args));
  }
}
