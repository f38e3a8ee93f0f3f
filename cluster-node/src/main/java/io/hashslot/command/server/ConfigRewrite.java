package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.config.Config;
import io.hashslot.config.ConfigSetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CONFIG REWRITE */
final class ConfigRewrite {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigRewrite.class);

  private final Config config;

  ConfigRewrite(Config config) {
    this.config = config;
  }

  void execute(Context ctx, Args args) {
    try {
      config.rewrite();
    } catch (ConfigSetException refusal) {
      LOG.warn("CONFIG REWRITE failed: {}", refusal.getMessage());
      throw new CommandException(String.valueOf(refusal.getMessage()));
    }
    LOG.info("CONFIG REWRITE executed with success.");
    ctx.reply().ok();
  }
}
