package io.hashslot.command.connection;

import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.CommandFlag.ALLOW_BUSY;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.IN_TRANSACTION;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.NO_AUTH;
import static io.hashslot.command.CommandFlag.STALE;

import io.hashslot.command.CommandSpec;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.Watches;
import io.hashslot.pubsub.PubSub;
import java.util.List;

/** The commands about the connection, in alphabetical order. */
public final class ConnectionCommands {
  private ConnectionCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(
      Login login, ServerIdentity server, Watches watches, PubSub pubSub, NodeState state) {
    return List.of(
        CommandSpec.row("AUTH", -2, new Auth(login)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("ECHO", 2, Echo::execute)
            .flags(LOADING, STALE, FAST)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("HELLO", -1, new Hello(login, server)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("PING", -1, Ping::execute)
            .flags(FAST)
            .acl(CONNECTION)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .done(),
        CommandSpec.row("QUIT", -1, Quit::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY, IN_TRANSACTION)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("RESET", 1, new Reset(watches, pubSub, state)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY, IN_TRANSACTION)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("SELECT", 2, Select::execute)
            .flags(LOADING, STALE, FAST)
            .acl(CONNECTION)
            .done());
  }
}
