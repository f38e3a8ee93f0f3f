package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** AUTH [username] password */
final class Auth {
  private final Login login;

  Auth(Login login) {
    this.login = login;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw CommandException.SYNTAX;
    }
    if (args.count() == 2) {
      if (!login.needed()) {
        throw CommandException.err(
            "AUTH <password> called without any password configured for the default user. Are you"
                + " sure your configuration is correct?");
      }
      login.login(ctx, args, 0, 1);
    } else {
      login.login(ctx, args, 1, 2);
    }
    ctx.reply().ok();
  }
}
