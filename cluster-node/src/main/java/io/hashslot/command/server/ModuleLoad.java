package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MODULE LOAD path [arg [arg ...]]; also MODULE LOADEX path [CONFIG name value ...] [ARGS arg ...]
 *
 * <p>Modules are C libraries, which a JVM cannot load: whoever has the permission is told so, too.
 */
final class ModuleLoad {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleLoad.class);

  private ModuleLoad() {}

  static void execute(Context ctx, Args args) {
    LOG.warn("Modules are C libraries; {} cannot be loaded", args.text(2));
    throw CommandException.err("Error loading the extension. Please check the server logs.");
  }

  /** MODULE LOADEX. */
  static void extended(Context ctx, Args args) {
    execute(ctx, args);
  }
}
