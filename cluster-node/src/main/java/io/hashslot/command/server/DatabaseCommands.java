package io.hashslot.command.server;

import static io.hashslot.command.AclCategory.DANGEROUS;
import static io.hashslot.command.AclCategory.KEYSPACE;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.WRITE;

import io.hashslot.command.CommandSpec;
import io.hashslot.dispatch.Watches;
import java.util.List;

/** The commands on whole databases, in alphabetical order. */
public final class DatabaseCommands {
  private DatabaseCommands() {}

  /**
   * Returns the rows.
   *
   * @param allGone runs when all databases have been emptied
   */
  public static List<CommandSpec> table(Watches watches, Runnable allGone) {
    Flushall flush = new Flushall(watches, allGone);
    return List.of(
        CommandSpec.row("DBSIZE", 1, Dbsize::execute)
            .flags(READONLY, FAST)
            .acl(KEYSPACE)
            .tips("request_policy:all_shards", "response_policy:agg_sum")
            .done(),
        CommandSpec.row("FLUSHALL", -1, flush::execute)
            .flags(WRITE, ALL_SHARDS, SLOW_LANE)
            .acl(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .done(),
        CommandSpec.row("FLUSHDB", -1, flush::one)
            .flags(WRITE, ALL_SHARDS, SLOW_LANE)
            .acl(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .done(),
        CommandSpec.row("SWAPDB", 3, new Swapdb(watches)::execute)
            .flags(WRITE, FAST, ALL_SHARDS)
            .acl(KEYSPACE, DANGEROUS)
            .done());
  }
}
