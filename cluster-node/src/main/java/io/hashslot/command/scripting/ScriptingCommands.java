package io.hashslot.command.scripting;

import static io.hashslot.command.AclCategory.SCRIPTING;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.DENYOOM;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.STALE;
import static io.hashslot.command.CommandFlag.WRITE;

import io.hashslot.command.CommandSpec;
import java.util.List;

/** The commands on function libraries, in alphabetical order. */
public final class ScriptingCommands {
  private ScriptingCommands() {}

  /** Returns the rows. What changes libraries holds all shards, as a snapshot has them, too. */
  public static List<CommandSpec> table() {
    return List.of(
        CommandSpec.container("FUNCTION", -2)
            .with(
                CommandSpec.row("FUNCTION|DELETE", 3, FunctionDelete::execute)
                    .flags(WRITE, NOSCRIPT, ALL_SHARDS)
                    .acl(SCRIPTING)
                    .tips("request_policy:all_shards", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("FUNCTION|DUMP", 2, FunctionDump::execute)
                    .flags(NOSCRIPT)
                    .acl(SCRIPTING)
                    .done(),
                CommandSpec.row("FUNCTION|FLUSH", -2, FunctionFlush::execute)
                    .flags(WRITE, NOSCRIPT, ALL_SHARDS)
                    .acl(SCRIPTING)
                    .tips("request_policy:all_shards", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("FUNCTION|HELP", 2, FunctionHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(SCRIPTING)
                    .done(),
                CommandSpec.row("FUNCTION|LIST", -2, FunctionList::execute)
                    .flags(NOSCRIPT)
                    .acl(SCRIPTING)
                    .tips("nondeterministic_output_order")
                    .done(),
                CommandSpec.row("FUNCTION|RESTORE", -3, FunctionRestore::execute)
                    .flags(WRITE, DENYOOM, NOSCRIPT, ALL_SHARDS)
                    .acl(SCRIPTING)
                    .tips("request_policy:all_shards", "response_policy:all_succeeded")
                    .done()));
  }
}
