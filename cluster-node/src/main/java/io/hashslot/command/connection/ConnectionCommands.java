package io.hashslot.command.connection;

import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.CommandFlag.FAST;

import io.hashslot.command.CommandSpec;
import java.util.List;

/** The commands about the connection, in alphabetical order. */
public final class ConnectionCommands {
  private ConnectionCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.row("PING", -1, Ping::execute)
            .flags(FAST)
            .acl(CONNECTION)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .done());
  }
}
