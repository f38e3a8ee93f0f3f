package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import org.jspecify.annotations.Nullable;

/** HELLO [protover [AUTH username password] [SETNAME clientname]] */
final class Hello {
  private final Login login;
  private final ServerIdentity server;

  Hello(Login login, ServerIdentity server) {
    this.login = login;
    this.server = server;
  }

  void execute(Context ctx, Args args) {
    int version = 0;
    if (args.count() > 1) {
      long asked =
          args.integer(
              1, CommandException.err("Protocol version is not an integer or out of range"));
      if (asked < 2 || asked > 3) {
        throw new CommandException("NOPROTO unsupported protocol version");
      }
      version = (int) asked;
    }
    int authArgument = 0;
    @Nullable String name = null;
    for (int i = 2; i < args.count(); i++) {
      int more = args.count() - 1 - i;
      if (args.is(i, "AUTH") && more >= 2) {
        authArgument = i + 1;
        i += 2;
      } else if (args.is(i, "SETNAME") && more >= 1) {
        name = ClientName.of(args, ++i, "Client names");
      } else {
        throw CommandException.err("Syntax error in HELLO option '" + args.text(i) + "'");
      }
    }
    if (authArgument > 0) {
      login.login(ctx, args, authArgument, authArgument + 1);
    }
    if (!ctx.session().authenticated()) {
      throw new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");
    }
    if (name != null) {
      ctx.session().name(name);
    }
    if (version > 0) {
      ctx.reply().resp3(version == 3);
    }
    write(ctx, ctx.reply());
  }

  private void write(Context ctx, ReplyWriter reply) {
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(server.version());
    reply.bulk("proto");
    reply.integer(reply.resp3() ? 3 : 2);
    reply.bulk("id");
    reply.integer(ctx.session().id());
    reply.bulk("mode");
    reply.bulk(server.mode());
    reply.bulk("role");
    reply.bulk(server.role());
    reply.bulk("modules");
    reply.array(0);
  }
}
