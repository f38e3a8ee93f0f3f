package io.hashslot.command.server;

import static io.hashslot.command.AclCategory.CONNECTION;
import static io.hashslot.command.AclCategory.DANGEROUS;
import static io.hashslot.command.CommandFlag.ADMIN;
import static io.hashslot.command.CommandFlag.ALLOW_BUSY;
import static io.hashslot.command.CommandFlag.ALL_SHARDS;
import static io.hashslot.command.CommandFlag.FAST;
import static io.hashslot.command.CommandFlag.LOADING;
import static io.hashslot.command.CommandFlag.NOSCRIPT;
import static io.hashslot.command.CommandFlag.NO_ASYNC_LOADING;
import static io.hashslot.command.CommandFlag.NO_MULTI;
import static io.hashslot.command.CommandFlag.READONLY;
import static io.hashslot.command.CommandFlag.SLOW_LANE;
import static io.hashslot.command.CommandFlag.STALE;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.KeyFlag;
import io.hashslot.command.KeySpec;
import io.hashslot.config.Config;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlotUse;
import io.hashslot.journal.Journal;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.replication.Replication;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The commands about the server, in alphabetical order. */
public final class ServerCommands {
  private ServerCommands() {}

  /**
   * What these commands tell of, or change.
   *
   * @param version the version of Redis that clients may take this server for
   * @param table all commands; asked for when the first command runs
   * @param slotUse what commands have cost by slot; null outside a cluster
   */
  public record Parts(
      String version,
      Supplier<CommandTable> table,
      io.hashslot.observe.Info info,
      Config config,
      NodeState state,
      MemoryLimit memory,
      Sessions sessions,
      Statistics statistics,
      @Nullable SlotUse slotUse,
      SlowLog slowLog,
      LatencyEvents latency,
      Monitors monitors,
      Clock clock,
      Journal journal,
      Saver saver,
      Replication replication,
      AppendOnlyFiles appendOnly,
      Ending ending) {}

  /** Returns the rows. */
  public static List<CommandSpec> table(Parts parts) {
    return List.of(
        CommandSpec.row("COMMAND", -1, new Command(parts.table)::execute)
            .flags(LOADING, STALE)
            .acl(CONNECTION)
            .tips("nondeterministic_output_order")
            .with(
                CommandSpec.row("COMMAND|COUNT", 2, new CommandCount(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("COMMAND|DOCS", -2, new CommandDocs(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("nondeterministic_output_order")
                    .done(),
                CommandSpec.row("COMMAND|GETKEYS", -3, new CommandGetkeys(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row(
                        "COMMAND|GETKEYSANDFLAGS",
                        -3,
                        new CommandGetkeysandflags(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("COMMAND|HELP", 2, CommandHelp::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .done(),
                CommandSpec.row("COMMAND|INFO", -2, new CommandInfo(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("nondeterministic_output_order")
                    .done(),
                CommandSpec.row("COMMAND|LIST", -2, new CommandList(parts.table)::execute)
                    .flags(LOADING, STALE)
                    .acl(CONNECTION)
                    .tips("nondeterministic_output_order")
                    .done()),
        CommandSpec.container("CONFIG", -2)
            .with(
                CommandSpec.row("CONFIG|GET", -3, new ConfigGet(parts.config)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .done(),
                CommandSpec.row("CONFIG|HELP", 2, ConfigHelp::execute).flags(LOADING, STALE).done(),
                CommandSpec.row(
                        "CONFIG|RESETSTAT",
                        2,
                        new ConfigResetstat(
                                parts.statistics, parts.sessions, parts.memory, parts.slotUse)
                            ::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE, ALL_SHARDS)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("CONFIG|REWRITE", 2, new ConfigRewrite(parts.config)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row("CONFIG|SET", -4, new ConfigSet(parts.config, parts.state)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done()),
        CommandSpec.row(
                "DEBUG",
                -2,
                new Debug(parts.state, parts.saver, parts.replication, parts.appendOnly)::execute)
            .flags(ADMIN, NOSCRIPT, LOADING, STALE, SLOW_LANE)
            .permission(Permissions.debug(parts.config))
            .done(),
        CommandSpec.row("INFO", -1, new Info(parts.info)::execute)
            .flags(LOADING, STALE)
            .acl(DANGEROUS)
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .done(),
        CommandSpec.container("LATENCY", -2)
            .with(
                CommandSpec.row("LATENCY|DOCTOR", 2, new LatencyDoctor(parts.latency)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_nodes",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("LATENCY|GRAPH", 3, new LatencyGraph(parts.latency)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_nodes",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("LATENCY|HELP", 2, LatencyHelp::execute)
                    .flags(LOADING, STALE)
                    .done(),
                CommandSpec.row(
                        "LATENCY|HISTOGRAM",
                        -2,
                        new LatencyHistogram(parts.table, parts.statistics)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_nodes",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("LATENCY|HISTORY", 3, new LatencyHistory(parts.latency)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_nodes",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("LATENCY|LATEST", 2, new LatencyLatest(parts.latency)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_nodes",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("LATENCY|RESET", -2, new LatencyReset(parts.latency)::execute)
                    .flags(ADMIN, NOSCRIPT, LOADING, STALE)
                    .tips("request_policy:all_nodes", "response_policy:agg_sum")
                    .done()),
        CommandSpec.row("LOLWUT", -1, new Lolwut(parts.version)::execute)
            .flags(READONLY, FAST)
            .done(),
        CommandSpec.container("MEMORY", -2)
            .with(
                CommandSpec.row(
                        "MEMORY|DOCTOR",
                        2,
                        new MemoryDoctor(parts.journal, parts.sessions)::execute)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_shards",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("MEMORY|HELP", 2, MemoryHelp::execute).flags(LOADING, STALE).done(),
                CommandSpec.row("MEMORY|MALLOC-STATS", 2, MemoryMallocStats::execute)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_shards",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("MEMORY|PURGE", 2, MemoryPurge::execute)
                    .flags(SLOW_LANE)
                    .tips("request_policy:all_shards", "response_policy:all_succeeded")
                    .done(),
                CommandSpec.row(
                        "MEMORY|STATS", 2, new MemoryStats(parts.journal, parts.sessions)::execute)
                    .tips(
                        "nondeterministic_output",
                        "request_policy:all_shards",
                        "response_policy:special")
                    .done(),
                CommandSpec.row("MEMORY|USAGE", -3, MemoryUsage::execute)
                    .flags(READONLY)
                    .keys(KeySpec.at(2, KeyFlag.RO))
                    .done()),
        CommandSpec.container("MODULE", -2)
            .with(
                CommandSpec.row("MODULE|HELP", 2, ModuleHelp::execute).flags(LOADING, STALE).done(),
                CommandSpec.row("MODULE|LIST", 2, ModuleList::execute)
                    .flags(ADMIN, NOSCRIPT)
                    .tips("nondeterministic_output_order")
                    .done(),
                CommandSpec.row("MODULE|LOAD", -3, ModuleLoad::execute)
                    .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                    .permission(Permissions.modules(parts.config))
                    .done(),
                CommandSpec.row("MODULE|LOADEX", -3, ModuleLoad::extended)
                    .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                    .permission(Permissions.modules(parts.config))
                    .done(),
                CommandSpec.row("MODULE|UNLOAD", 3, ModuleUnload::execute)
                    .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                    .permission(Permissions.modules(parts.config))
                    .done()),
        CommandSpec.row("MONITOR", 1, new Monitor(parts.monitors)::execute)
            .flags(ADMIN, NOSCRIPT, LOADING, STALE)
            .done(),
        CommandSpec.row("SHUTDOWN", -1, new Shutdown(parts.ending)::execute)
            .flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY)
            .done(),
        CommandSpec.container("SLOWLOG", -2)
            .with(
                CommandSpec.row("SLOWLOG|GET", -2, new SlowlogGet(parts.slowLog)::execute)
                    .flags(ADMIN, LOADING, STALE)
                    .tips("request_policy:all_nodes", "nondeterministic_output")
                    .done(),
                CommandSpec.row("SLOWLOG|HELP", 2, SlowlogHelp::execute)
                    .flags(LOADING, STALE)
                    .done(),
                CommandSpec.row("SLOWLOG|LEN", 2, new SlowlogLen(parts.slowLog)::execute)
                    .flags(ADMIN, LOADING, STALE)
                    .tips(
                        "request_policy:all_nodes",
                        "response_policy:agg_sum",
                        "nondeterministic_output")
                    .done(),
                CommandSpec.row("SLOWLOG|RESET", 2, new SlowlogReset(parts.slowLog)::execute)
                    .flags(ADMIN, LOADING, STALE)
                    .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                    .done()),
        CommandSpec.row("TIME", 1, new Time(parts.clock)::execute)
            .flags(LOADING, STALE, FAST)
            .tips("nondeterministic_output")
            .done());
  }
}
