package io.hashslot.command.server;

import static io.hashslot.command.AclCategory.ADMIN;
import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.AclCategory.DANGEROUS;
import static io.hashslot.command.CommandFlag.ALLOW_BUSY;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.BLOCKING;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.NO_ASYNC_LOADING;
import static io.hashslot.command.CommandFlag.NO_MULTI;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.STALE;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.replication.Replication;
import java.util.List;

/** The commands about copies of the data, on replicas and on disk, in alphabetical order. */
public final class ReplicationCommands {
  private ReplicationCommands() {}

  /** Returns the rows. */
  public static List<CommandSpec> table(
      Replication replication, Saver saver, Aof aof, boolean cluster) {
    Psync psync = new Psync(replication, cluster);
    Replicaof replicaof = new Replicaof(replication, cluster);
    return List.of(
        CommandSpec.row("BGREWRITEAOF", 1, new Bgrewriteaof(aof)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
            .done(),
        CommandSpec.row("BGSAVE", -1, new Bgsave(saver)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
            .done(),
        CommandSpec.row("FAILOVER", -1, new Failover(replication, cluster)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, STALE, ALL_SHARDS, SLOW_LANE)
            .done(),
        CommandSpec.row("LASTSAVE", 1, new Lastsave(saver)::execute)
            .flags(LOADING, STALE, FAST)
            .acl(ADMIN, DANGEROUS)
            .tips("nondeterministic_output")
            .done(),
        CommandSpec.row("PSYNC", -3, psync::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI)
            .done(),
        CommandSpec.row("REPLCONF", -1, new Replconf(replication)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, LOADING, STALE, ALLOW_BUSY)
            .done(),
        CommandSpec.row("REPLICAOF", 3, replicaof::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, STALE, NO_ASYNC_LOADING, ALL_SHARDS, SLOW_LANE)
            .done(),
        CommandSpec.row("ROLE", 1, new Role(replication)::execute)
            .flags(NOSCRIPT, LOADING, STALE, FAST)
            .acl(ADMIN, DANGEROUS)
            .done(),
        CommandSpec.row("SAVE", 1, new Save(saver)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI, SLOW_LANE)
            .done(),
        CommandSpec.row("SLAVEOF", 3, replicaof::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, STALE, NO_ASYNC_LOADING, ALL_SHARDS, SLOW_LANE)
            .done(),
        CommandSpec.row("SYNC", 1, new Sync(psync)::execute)
            .flags(CommandFlag.ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI)
            .done(),
        CommandSpec.row("WAIT", 3, new Wait(replication)::execute)
            .flags(NOSCRIPT)
            .acl(CONNECTION)
            .tips("request_policy:all_shards", "response_policy:agg_min")
            .done(),
        CommandSpec.row("WAITAOF", 4, new Waitaof(replication, aof)::execute)
            .flags(BLOCKING)
            .acl(CONNECTION)
            .tips("request_policy:all_shards", "response_policy:agg_min")
            .done());
  }
}
