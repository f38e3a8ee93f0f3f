package io.hashslot.command.server;

import io.hashslot.config.Choices;
import io.hashslot.session.Session;

/** Directives that say who may do something dangerous. */
final class Permissions {
  private Permissions() {}

  /** Tells whether a client has the permission; {@code local} means clients of this machine. */
  static boolean granted(Choices.Permission permission, Session session) {
    return switch (permission) {
      case NO -> false;
      case YES -> true;
      case LOCAL -> session.link().fromThisMachine();
    };
  }
}
