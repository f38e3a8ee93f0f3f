package io.hashslot.command.connection;

import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.CommandFlag.ADMIN;
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
import io.hashslot.session.Sessions;
import java.util.List;

/** The commands about the connection, in alphabetical order. */
public final class ConnectionCommands {
  private ConnectionCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(
      Login login,
      ServerIdentity server,
      Watches watches,
      PubSub pubSub,
      NodeState state,
      Sessions sessions) {
    return List.of(
        CommandSpec.row("AUTH", -2, new Auth(login)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
            .acl(CONNECTION)
            .done(),
        CommandSpec.container("CLIENT", -2)
            .with(
                CommandSpec.row("CLIENT|CAPA", -3, ClientCapa::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|GETNAME", 2, ClientGetname::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|HELP", 2, ClientHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|ID", 2, ClientId::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|INFO", 2, ClientInfo::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLIENT|KILL", -3, new ClientKill(sessions)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|LIST", -2, new ClientList(sessions)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLIENT|NO-EVICT", 3, ClientNoEvict::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|NO-TOUCH", 3, ClientNoTouch::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|PAUSE", -3, new ClientPause(state)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|REPLY", 3, ClientReply::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|SETINFO", 4, ClientSetinfo::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("CLIENT|SETNAME", 3, ClientSetname::execute)
                    .flags(NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("CLIENT|UNBLOCK", -3, new ClientUnblock(sessions)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("CLIENT|UNPAUSE", 2, new ClientUnpause(state)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .acl(CONNECTION)
                    .done()),
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
