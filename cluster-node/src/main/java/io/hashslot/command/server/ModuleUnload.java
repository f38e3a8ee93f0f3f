package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/**
 * MODULE UNLOAD name
 *
 * <p>There never is a module to unload.
 */
final class ModuleUnload {
  private ModuleUnload() {}

  static void execute(Context ctx, Args args) {
    throw CommandException.err("Error unloading module: no such module with that name");
  }
}
