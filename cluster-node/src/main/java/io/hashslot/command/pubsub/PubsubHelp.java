package io.hashslot.command.pubsub;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.util.List;

/** PUBSUB HELP */
final class PubsubHelp {
  private static final List<String> LINES =
      List.of(
          "PUBSUB <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CHANNELS [<pattern>]",
          "    The channels with subscribers, all or those that match.",
          "NUMPAT",
          "    How many patterns are subscribed to.",
          "NUMSUB [<channel> ...]",
          "    How many clients are subscribed to each channel; patterns do not count.",
          "SHARDCHANNELS [<pattern>]",
          "    The shard channels with subscribers, all or those that match.",
          "SHARDNUMSUB [<shardchannel> ...]",
          "    How many clients are subscribed to each shard channel.",
          "HELP",
          "    Print this help.");

  private PubsubHelp() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(LINES.size());
    LINES.forEach(ctx.reply()::simple);
  }
}
