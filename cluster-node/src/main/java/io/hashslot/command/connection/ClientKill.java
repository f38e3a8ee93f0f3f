package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.session.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * CLIENT KILL ip:port | [ID client-id] [TYPE NORMAL | MASTER | REPLICA | PUBSUB] [USER username]
 * [ADDR ip:port] [LADDR ip:port] [SKIPME YES | NO] [MAXAGE seconds]
 */
final class ClientKill {
  private final Sessions sessions;

  ClientKill(Sessions sessions) {
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    if (args.count() == 3) {
      String address = args.text(2);
      if (kill(ctx, session -> session.link().peer().equals(address)) == 0) {
        throw CommandException.err("No such client");
      }
      ctx.reply().ok();
      return;
    }
    if (args.count() % 2 != 0) {
      throw CommandException.SYNTAX;
    }
    Predicate<Session> chosen = _ -> true;
    boolean skipMe = true;
    for (int i = 2; i < args.count(); i += 2) {
      if (args.is(i, "SKIPME")) {
        skipMe = yes(args, i + 1);
      } else {
        chosen = chosen.and(filter(ctx, args, i));
      }
    }
    if (skipMe) {
      chosen = chosen.and(session -> session != ctx.session());
    }
    ctx.reply().integer(kill(ctx, chosen));
  }

  private static boolean yes(Args args, int i) {
    if (args.is(i, "YES")) {
      return true;
    }
    if (args.is(i, "NO")) {
      return false;
    }
    throw CommandException.SYNTAX;
  }

  private static Predicate<Session> filter(Context ctx, Args args, int i) {
    String value = args.text(i + 1);
    if (args.is(i, "ID")) {
      long id = positive(args, i + 1, "client-id", "client-id should be greater than 0");
      return session -> session.id() == id;
    }
    if (args.is(i, "TYPE")) {
      ClientType type = ClientType.of(args, i + 1);
      return session -> ClientType.of(session) == type;
    }
    if (args.is(i, "ADDR")) {
      return session -> session.link().peer().equals(value);
    }
    if (args.is(i, "LADDR")) {
      return session -> session.link().local().equals(value);
    }
    if (args.is(i, "USER")) {
      if (!value.equals("default")) {
        throw CommandException.err("No such user '" + value + "'");
      }
      return session -> session.authenticated() && session.userName().equals(value);
    }
    if (args.is(i, "MAXAGE")) {
      long seconds = positive(args, i + 1, "maxage", "maxage is not an integer or out of range");
      return session -> (ctx.nowMs() - session.createdMs()) / 1000 >= seconds;
    }
    throw CommandException.SYNTAX;
  }

  private static long positive(Args args, int i, String what, String notANumber) {
    long value = args.integer(i, CommandException.err(notANumber));
    if (value < 1) {
      throw CommandException.err(what + " should be greater than 0");
    }
    return value;
  }

  /** Closes the clients; our own one only after its reply. Others are closed by their loops. */
  private int kill(Context ctx, Predicate<Session> chosen) {
    List<Session> found = new ArrayList<>();
    for (Session session : sessions.all()) {
      if (!session.closed() && chosen.test(session)) {
        found.add(session);
      }
    }
    for (Session session : found) {
      if (session == ctx.session()) {
        session.closeAfterReply();
      } else {
        Waiting waiting = session.waiting();
        if (waiting != null && waiting.canBeUnblocked()) {
          // From now on nothing may be taken out of a key for it.
          waiting.tryEnd();
        }
        // Its loop may be busy, but from now on nobody sees it, and who kills again counts others.
        sessions.remove(session);
        session.loop().execute(session.link()::closeNow);
      }
    }
    return found.size();
  }
}
