package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.pubsub.PubSub;
import io.hashslot.structure.Glob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBSUB CHANNELS [pattern] */
final class PubsubChannels {
  private final PubSub pubSub;

  PubsubChannels(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  void execute(Context ctx, Args args) {
    List<byte[]> names = pubSub.channels(filter(ctx, args));
    ctx.reply().array(names.size());
    names.forEach(ctx.reply()::bulk);
  }

  static @Nullable Glob filter(Context ctx, Args args) {
    if (args.count() > 3) {
      throw CommandException.err(
          "wrong number of arguments for '" + ctx.command().name() + "' command");
    }
    return args.count() == 3 ? new Glob(args.bytes(2)) : null;
  }
}
