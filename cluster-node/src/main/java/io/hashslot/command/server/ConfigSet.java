package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.ConfigSetException;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.dispatch.NodeState;
import java.util.ArrayList;
import java.util.List;

/** CONFIG SET parameter value [parameter value ...] */
final class ConfigSet {
  private final Config config;
  private final NodeState state;

  ConfigSet(Config config, NodeState state) {
    this.config = config;
    this.state = state;
  }

  void execute(Context ctx, Args args) {
    List<String> pairs = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      pairs.add(args.text(i));
    }
    Choices.Permission guarded = config.get(SecurityDirectives.ENABLE_PROTECTED_CONFIGS);
    try {
      config.set(pairs, Permissions.granted(guarded, ctx.session()), state.loading());
    } catch (ConfigSetException refusal) {
      throw new CommandException(String.valueOf(refusal.getMessage()));
    }
    ctx.reply().ok();
  }
}
