package io.hashslot.command.server;

import io.hashslot.command.CommandException;
import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.session.Session;

/** Directives that say who may do something dangerous. */
final class Permissions {
  private Permissions() {}

  /**
   * Asks for the permission to handle modules.
   *
   * @throws CommandException if the client has none
   */
  static void requireModules(Config config, Session session) {
    if (!granted(config.get(SecurityDirectives.ENABLE_MODULE_COMMAND), session)) {
      throw CommandException.err(
          "MODULE command not allowed. If the enable-module-command option is set to \"local\", you"
              + " can run it from a local connection, otherwise you need to set this option in the"
              + " configuration file, and then restart the server.");
    }
  }

  /** Tells whether a client has the permission; {@code local} means clients of this machine. */
  static boolean granted(Choices.Permission permission, Session session) {
    return switch (permission) {
      case NO -> false;
      case YES -> true;
      case LOCAL -> session.link().fromThisMachine();
    };
  }
}
