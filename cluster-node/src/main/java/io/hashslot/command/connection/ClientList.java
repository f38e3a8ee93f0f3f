package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** CLIENT LIST [TYPE NORMAL | MASTER | REPLICA | PUBSUB] [ID client-id [client-id ...]] */
final class ClientList {
  private static final CommandException INVALID_ID = CommandException.err("Invalid client ID");

  private final Sessions sessions;

  ClientList(Sessions sessions) {
    this.sessions = sessions;
  }

  void execute(Context ctx, Args args) {
    StringBuilder text = new StringBuilder();
    for (Session session : chosen(args)) {
      text.append(ClientLine.of(session, ctx)).append('\n');
    }
    ctx.reply().verbatim("txt", text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<Session> chosen(Args args) {
    List<Session> chosen = new ArrayList<>();
    if (args.count() == 2) {
      chosen.addAll(sessions.all());
    } else if (args.count() == 4 && args.is(2, "TYPE")) {
      ClientType type = ClientType.of(args, 3);
      sessions.all().stream().filter(one -> ClientType.of(one) == type).forEach(chosen::add);
    } else if (args.count() > 3 && args.is(2, "ID")) {
      for (int i = 3; i < args.count(); i++) {
        Session session = sessions.find(args.integer(i, INVALID_ID));
        if (session != null) {
          chosen.add(session);
        }
      }
      return chosen;
    } else {
      throw CommandException.SYNTAX;
    }
    chosen.sort(Comparator.comparingLong(Session::id));
    return chosen;
  }
}
