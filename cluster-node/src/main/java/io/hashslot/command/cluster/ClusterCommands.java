package io.hashslot.command.cluster;

import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.CommandFlag.ADMIN;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.MAY_REPLICATE;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.NO_ASYNC_LOADING;
import static io.hashslot.command.CommandFlag.STALE;

import io.hashslot.cluster.Cluster;
import io.hashslot.command.CommandSpec;
import io.hashslot.migration.SlotMigrations;
import io.hashslot.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The commands of the cluster, in alphabetical order: what each may touch, and what runs. */
public final class ClusterCommands {
  private ClusterCommands() {}

  /**
   * Returns the rows; the cluster is null on a server outside one.
   *
   * @param migrations asked for each command; gives null outside a cluster
   */
  public static List<CommandSpec> table(
      @Nullable Cluster cluster, Supplier<@Nullable SlotMigrations> migrations, Clock clock) {
    ClusterCall call = new ClusterCall(cluster, clock);
    MigrationCall moves = new MigrationCall(migrations);
    return List.of(
        CommandSpec.row("ASKING", 1, new Asking(call)::execute).flags(FAST).acl(CONNECTION).done(),
        CommandSpec.container("CLUSTER", -2)
            .with(
                CommandSpec.row("CLUSTER|ADDSLOTS", -3, new ClusterAddslots(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row(
                        "CLUSTER|ADDSLOTSRANGE", -4, new ClusterAddslotsrange(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|BUMPEPOCH", 2, new ClusterBumpepoch(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row(
                        "CLUSTER|CANCELSLOTMIGRATIONS",
                        2,
                        new ClusterCancelslotmigrations(moves)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row(
                        "CLUSTER|COUNT-FAILURE-REPORTS",
                        3,
                        new ClusterCountFailureReports(call)::execute)
                    .flags(ADMIN, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row(
                        "CLUSTER|COUNTKEYSINSLOT", 3, new ClusterCountkeysinslot(call)::execute)
                    .flags(STALE, ALL_SHARDS)
                    .done(),
                CommandSpec.row("CLUSTER|DELSLOTS", -3, new ClusterDelslots(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row(
                        "CLUSTER|DELSLOTSRANGE", -4, new ClusterDelslotsrange(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|FAILOVER", -2, new ClusterFailover(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|FLUSHSLOTS", 2, new ClusterFlushslots(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|FORGET", 3, new ClusterForget(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|GETKEYSINSLOT", 4, new ClusterGetkeysinslot(call)::execute)
                    .flags(STALE, ALL_SHARDS)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row(
                        "CLUSTER|GETSLOTMIGRATIONS",
                        2,
                        new ClusterGetslotmigrations(moves)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|HELP", 2, new ClusterHelp(call)::execute)
                    .flags(LOADING, STALE)
                    .done(),
                CommandSpec.row("CLUSTER|INFO", 2, new ClusterInfo(call)::execute)
                    .flags(LOADING, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|KEYSLOT", 3, new ClusterKeyslot(call)::execute)
                    .flags(STALE)
                    .done(),
                CommandSpec.row("CLUSTER|LINKS", 2, new ClusterLinks(call)::execute)
                    .flags(STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|MEET", -4, new ClusterMeet(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|MIGRATESLOTS", -7, new ClusterMigrateslots(moves)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|MYID", 2, new ClusterMyid(call)::execute)
                    .flags(LOADING, STALE)
                    .done(),
                CommandSpec.row("CLUSTER|MYSHARDID", 2, new ClusterMyshardid(call)::execute)
                    .flags(LOADING, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|NODES", 2, new ClusterNodes(call)::execute)
                    .flags(LOADING, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|REPLICAS", 3, new ClusterReplicas(call)::execute)
                    .flags(ADMIN, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|REPLICATE", 3, new ClusterReplicate(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|RESET", -2, new ClusterReset(call)::execute)
                    .flags(ADMIN, NOSCRIPT, STALE)
                    .done(),
                CommandSpec.row("CLUSTER|SAVECONFIG", 2, new ClusterSaveconfig(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row(
                        "CLUSTER|SET-CONFIG-EPOCH", 3, new ClusterSetConfigEpoch(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING)
                    .done(),
                CommandSpec.row("CLUSTER|SETSLOT", -4, new ClusterSetslot(call)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING, MAY_REPLICATE, ALL_SHARDS)
                    .done(),
                CommandSpec.row("CLUSTER|SHARDS", 2, new ClusterShards(call)::execute)
                    .flags(LOADING, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|SLAVES", 3, new ClusterReplicas(call)::execute)
                    .flags(ADMIN, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|SLOT-STATS", -4, new ClusterSlotStats(call)::execute)
                    .flags(LOADING, STALE, ALL_SHARDS)
                    .tips("nondeterministic_output", "request_policy:all_shards")
                    .done(),
                CommandSpec.row("CLUSTER|SLOTS", 2, new ClusterSlots(call)::execute)
                    .flags(LOADING, STALE)
                    .tips("nondeterministic_output")
                    .done(),
                CommandSpec.row("CLUSTER|SYNCSLOTS", -3, new ClusterSyncslots(moves)::execute)
                    .flags(ADMIN, STALE, NO_ASYNC_LOADING, ALL_SHARDS)
                    .done()),
        CommandSpec.row("READONLY", 1, Readonly::execute)
            .flags(LOADING, STALE, FAST)
            .acl(CONNECTION)
            .done(),
        CommandSpec.row("READWRITE", 1, Readwrite::execute)
            .flags(LOADING, STALE, FAST)
            .acl(CONNECTION)
            .done());
  }
}
