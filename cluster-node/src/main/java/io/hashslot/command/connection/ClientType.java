package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.session.Session;
import java.util.Locale;

/**
 * What kind of client the other side is, as {@code CLIENT LIST} and {@code KILL} tell them apart.
 */
enum ClientType {
  NORMAL,
  PRIMARY,
  REPLICA,
  PUBSUB;

  /** Returns the kind of a client. */
  static ClientType of(Session session) {
    if (session.primaryLink()) {
      return PRIMARY;
    }
    if (session.replicaLink()) {
      return REPLICA;
    }
    return session.subscriber() ? PUBSUB : NORMAL;
  }

  /**
   * Returns the kind that an argument names; the old names go on to be understood.
   *
   * @throws CommandException if there is no such kind
   */
  static ClientType of(Args args, int i) {
    return switch (args.text(i).toLowerCase(Locale.ROOT)) {
      case "normal" -> NORMAL;
      case "master", "primary" -> PRIMARY;
      case "slave", "replica" -> REPLICA;
      case "pubsub" -> PUBSUB;
      default -> throw CommandException.err("Unknown client type '" + args.text(i) + "'");
    };
  }
}
