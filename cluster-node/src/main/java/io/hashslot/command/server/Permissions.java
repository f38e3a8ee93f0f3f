package io.hashslot.command.server;

import io.hashslot.command.CommandSpec;
import io.hashslot.config.Choice;
import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.session.Session;

/** Directives that say who may do something dangerous. */
final class Permissions {
  private Permissions() {}

  /** The permission to use DEBUG. */
  static CommandSpec.Permission debug(Config config) {
    return unlessGranted(
        config, SecurityDirectives.ENABLE_DEBUG_COMMAND, "DEBUG", "enable-debug-command");
  }

  /** The permission to load and unload modules. */
  static CommandSpec.Permission modules(Config config) {
    return unlessGranted(
        config, SecurityDirectives.ENABLE_MODULE_COMMAND, "MODULE", "enable-module-command");
  }

  private static CommandSpec.Permission unlessGranted(
      Config config, Choice<Choices.Permission> directive, String command, String name) {
    String refusal =
        "ERR "
            + command
            + " command not allowed. If the "
            + name
            + " option is set to \"local\", you can run it from a local connection, otherwise you"
            + " need to set this option in the configuration file, and then restart the server.";
    return session -> granted(config.get(directive), session) ? null : refusal;
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
