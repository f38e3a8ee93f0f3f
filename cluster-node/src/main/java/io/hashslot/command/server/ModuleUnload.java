package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.config.Config;

/**
 * MODULE UNLOAD name
 *
 * <p>There never is a module to unload.
 */
final class ModuleUnload {

  private final Config config;

  ModuleUnload(Config config) {
    this.config = config;
  }

  void execute(Context ctx, Args args) {
    Permissions.requireModules(config, ctx.session());
    throw CommandException.err("Error unloading module: no such module with that name");
  }
}
