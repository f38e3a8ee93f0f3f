package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;
import io.hashslot.observe.Statistics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What AUTH and HELLO share: the default user's password, compared in constant time. */
public final class Login {
  private final NodeState state;
  private final Statistics statistics;

  /** Makes it for a node. */
  public Login(NodeState state, Statistics statistics) {
    this.state = state;
    this.statistics = statistics;
  }

  /** Tells whether a password is asked for. */
  boolean needed() {
    return state.password() != null;
  }

  /**
   * Logs the client in with the name and password given as two arguments.
   *
   * @throws CommandException {@code WRONGPASS …}
   */
  void login(Context ctx, Args args, int nameArgument, int passwordArgument) {
    String name = nameArgument == 0 ? "default" : args.text(nameArgument);
    @Nullable String password = state.password();
    boolean right =
        name.equals("default")
            && (password == null
                || MessageDigest.isEqual(
                    password.getBytes(StandardCharsets.ISO_8859_1), args.bytes(passwordArgument)));
    if (!right) {
      statistics.refusedLogin();
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    ctx.session().authenticate("default");
  }
}
