package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;
import io.hashslot.pubsub.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * SUBSCRIBE channel [channel ...]; PSUBSCRIBE pattern [pattern ...]; SSUBSCRIBE shardchannel
 * [shardchannel ...]
 */
final class Subscribe {
  private final PubSub pubSub;

  Subscribe(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void channels(Context ctx, Args args) {
    pubSub.subscribe(ctx.session(), ctx.reply(), Topic.CHANNEL, names(args));
  }

  void patterns(Context ctx, Args args) {
    pubSub.subscribe(ctx.session(), ctx.reply(), Topic.PATTERN, names(args));
  }

  void shardChannels(Context ctx, Args args) {
    pubSub.subscribe(ctx.session(), ctx.reply(), Topic.SHARD_CHANNEL, names(args));
  }

  /** Returns all arguments after the command's name. */
  static List<byte[]> names(Args args) {
    List<byte[]> names = new ArrayList<>(args.count() - 1);
    for (int i = 1; i < args.count(); i++) {
      names.add(args.bytes(i));
    }
    return names;
  }
}
