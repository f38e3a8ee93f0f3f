package io.hashslot.command.pubsub;

import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.MAY_REPLICATE;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.PUBSUB;
import static io.hashslot.command.CommandFlag.STALE;
import static io.hashslot.command.KeyFlag.NOT_KEY;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeySpec;
import io.hashslot.pubsub.PubSub;
import java.util.List;

/** The commands of publish/subscribe, in alphabetical order. */
public final class PubsubCommands {
  private PubsubCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(PubSub pubSub, PublishedElsewhere others) {
    Subscribe subscribe = new Subscribe(pubSub);
    Unsubscribe unsubscribe = new Unsubscribe(pubSub);
    return List.of(
        CommandSpec.row("PSUBSCRIBE", -2, subscribe::patterns)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .done(),
        CommandSpec.row("PUBLISH", 3, new Publish(pubSub, others)::execute)
            .flags(PUBSUB, LOADING, STALE, FAST, MAY_REPLICATE)
            .done(),
        CommandSpec.container("PUBSUB", -2)
            .with(
                CommandSpec.row("PUBSUB|CHANNELS", -2, new PubsubChannels(pubSub)::execute)
                    .flags(PUBSUB, LOADING, STALE)
                    .done(),
                CommandSpec.row("PUBSUB|HELP", 2, PubsubHelp::execute).flags(LOADING, STALE).done(),
                CommandSpec.row("PUBSUB|NUMPAT", 2, new PubsubNumpat(pubSub)::execute)
                    .flags(PUBSUB, LOADING, STALE)
                    .done(),
                CommandSpec.row("PUBSUB|NUMSUB", -2, new PubsubNumsub(pubSub)::execute)
                    .flags(PUBSUB, LOADING, STALE)
                    .done(),
                CommandSpec.row(
                        "PUBSUB|SHARDCHANNELS", -2, new PubsubShardchannels(pubSub)::execute)
                    .flags(PUBSUB, LOADING, STALE)
                    .done(),
                CommandSpec.row("PUBSUB|SHARDNUMSUB", -2, new PubsubShardnumsub(pubSub)::execute)
                    .flags(PUBSUB, LOADING, STALE)
                    .done()),
        CommandSpec.row("PUNSUBSCRIBE", -1, unsubscribe::patterns)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .done(),
        CommandSpec.row("SPUBLISH", 3, new Spublish(pubSub, others)::execute)
            .flags(PUBSUB, LOADING, STALE, FAST, MAY_REPLICATE)
            .keys(KeySpec.at(1, NOT_KEY))
            .done(),
        CommandSpec.row("SSUBSCRIBE", -2, subscribe::shardChannels)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .keys(KeySpec.range(1, -1, 1, NOT_KEY))
            .done(),
        CommandSpec.row("SUBSCRIBE", -2, subscribe::channels)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .done(),
        CommandSpec.row("SUNSUBSCRIBE", -1, unsubscribe::shardChannels)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .keys(KeySpec.range(1, -1, 1, NOT_KEY))
            .done(),
        CommandSpec.row("UNSUBSCRIBE", -1, unsubscribe::channels)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .done());
  }
}
