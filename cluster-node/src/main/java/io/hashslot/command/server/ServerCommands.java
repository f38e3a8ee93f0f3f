package io.hashslot.command.server;

import static io.hashslot.command.AclCategory.DANGEROUS;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.STALE;

import io.hashslot.command.CommandSpec;
import java.util.List;

/** The commands about the server, in alphabetical order. */
public final class ServerCommands {
  private ServerCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(io.hashslot.observe.Info info) {
    return List.of(
        CommandSpec.row("INFO", -1, new Info(info)::execute)
            .flags(LOADING, STALE)
            .acl(DANGEROUS)
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .done());
  }
}
