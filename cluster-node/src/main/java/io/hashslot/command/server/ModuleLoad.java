package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MODULE LOAD path [arg [arg ...]]; also MODULE LOADEX path [CONFIG name value ...] [ARGS arg ...]
 *
 * <p>Modules are C libraries, which a JVM cannot load: whoever has the permission is told so, too.
 */
final class ModuleLoad {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleLoad.class);
  private final Config config;

  ModuleLoad(Config config) {
    this.config = config;
  }

  void execute(Context ctx, Args args) {
    Permissions.requireModules(config, ctx.session());
    LOG.warn("Modules are C libraries; {} cannot be loaded", args.text(2));
    throw CommandException.err("Error loading the extension. Please check the server logs.");
  }

  void extended(Context ctx, Args args) {
    execute(ctx, args);
  }
}
